//! Matching by content.

use nearfar_align::{ContentMatch, Resampling, Similarity, Transform, center_fit, match_content, warp};
use nearfar_codec as codec;
use nearfar_image::{Channels, Encoded, Image, Point, Rect};
use nearfar_kernels::Execution;

use crate::{
    pictures::{every_set, size, waves},
    trials::{Random, corner_error, moved},
};

fn execution() -> Execution {
    Execution::parallel()
}

/// A sample picture, reduced so that tests are quick.
fn sample(name: &str) -> Image<Encoded> {
    let path = format!("{}/../../imgs/{name}", env!("CARGO_MANIFEST_DIR"));
    let picture = codec::read(path, &codec::DecodeOptions::default()).expect("a sample picture").image;
    let (w, h) = (picture.size().width(), picture.size().height());
    let small = size(240 * w / w.max(h), 240 * h / w.max(h));
    let map = Transform::Similarity(center_fit(small, picture.size()));
    warp(&picture, &map, Rect::whole(small), &Resampling::default(), &execution())
}

#[test]
fn content_finds_known_transforms() {
    let mut random = Random(1);
    for trial in 0..10 {
        let name = ["hopper.jpg", "cat.png", "rocket.jpg", "coffee.png", "gravel.png"][trial % 5];
        let near = sample(name);
        let (degrees, scale) = (random.between(-30.0, 30.0), random.between(0.6, 1.6));
        let shift = [random.between(-0.2, 0.2), random.between(-0.2, 0.2)];
        let (far, truth) = moved(&near, degrees, scale, shift, &execution());
        for execution in every_set() {
            let found = match_content(&near, &far, &execution);
            let error = corner_error(&near, &found.map, &truth);
            assert!(error < 2.0 && found.is_sure(), "{name} {degrees} {scale} {shift:?}: {error} px, {found:?}");
        }
    }
}

#[test]
fn content_is_found_between_pictures_of_different_sizes_light_and_colour() {
    let near = sample("cat.png");
    let truth = Similarity { scale: 2.3, radians: 0.2, shift: Point::new(60.0, -40.0) };
    let map = Transform::Similarity(truth.inverse());
    let far = warp(&near, &map, Rect::whole(size(500, 400)), &Resampling::default(), &execution());
    let far = Image::from_fn(far.size(), Channels::Grey, |_, x, y| {
        0.1 + 0.6 * (0.5 * far.plane(0).row(y)[x] + 0.5 * far.plane(1).row(y)[x]).powf(1.4)
    });
    let found = match_content(&near, &far, &execution());
    let error = corner_error(&near, &found.map, &truth);
    assert!(error < 2.0 && found.is_sure(), "{error} px, {found:?}");
}

#[test]
fn content_of_different_subjects_is_not_trusted() {
    let pictures = ["hopper.jpg", "cat.png", "rocket.jpg", "grass.png"].map(sample);
    for (i, near) in pictures.iter().enumerate() {
        for far in &pictures[i + 1..] {
            let found = match_content(near, far, &execution());
            assert!(found.confidence < 0.9 * ContentMatch::SURE, "{found:?}");
        }
    }
}

#[test]
fn content_is_bit_equal_for_any_number_of_threads() {
    let (near, far) = (sample("hopper.jpg"), sample("coffee.png"));
    let run = |threads| match_content(&near, &far, &Execution::with_threads(threads).expect("a few threads"));
    let one = run(1);
    for threads in [2, 3, 7] {
        assert_eq!(run(threads), one);
    }
}

#[test]
fn content_of_flat_tiny_and_lopsided_pictures_is_no_match() {
    let flat = |w, h| Image::filled(size(w, h), Channels::Grey, 0.5);
    for (near, far) in [
        (flat(1, 1), flat(1, 1)),
        (flat(300, 2), flat(2, 300)),
        (flat(50, 50), waves(size(40, 30), 1.0)),
        (waves(size(1, 900), 1.0), waves(size(900, 1), 1.0)),
    ] {
        let found = match_content(&near, &far, &execution());
        assert!(!found.is_sure(), "{found:?}");
    }
}
