//! Any text as points: whatever parses survives being written and read again, and every map fitted to it is finite and
//! computed in bounded time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nearfar::{
    PointFormat, Size,
    align::{Coverage, Model, PointList, Transform},
};

const MODELS: [Model; 4] = [Model::Similarity, Model::Affine, Model::Projective, Model::ThinPlate];

fuzz_target!(|text: &str| {
    let files = [PointFormat::Toml, PointFormat::Json].map(|format| format.read(text));
    for list in files.into_iter().map(Result::ok).chain([text.parse().ok()]).flatten() {
        for format in [PointFormat::Toml, PointFormat::Json] {
            let written = format.write(&list);
            assert_eq!(format.read(&written).as_ref(), Ok(&list), "{written}");
        }
        let words = list.to_string();
        assert_eq!(words.parse().as_ref(), Ok(&list), "{words}");
        // Elimination takes the cube of the number of points.
        if list.points.len() <= 40 {
            MODELS.iter().for_each(|&model| fit(&list, model));
        }
    }
});

fn fit(list: &PointList, model: Model) {
    let Ok(map) = Transform::fit(list, model) else { return };
    for pair in &list.points {
        let far = map.apply(pair.near);
        assert!(far.is_finite(), "a {} takes {:?} to {far:?}", model.name(), pair.near);
        let _ = (map.jacobian(pair.near), map.apply_inverse(pair.far));
    }
    assert!(map.misfit(&list.points).is_finite(), "the misfit of a {} is not finite", model.name());
    let size = Size::new(9, 7).expect("it has an area");
    assert!((0.0..=1.0).contains(&Coverage::new(&map, size, size).share()));
}
