//! What two pictures are made to fit by.

use nearfar::{
    Channels, Encoded, Execution, Image, MixError, Recipe, Size,
    align::{AlignError, Healing, PointList, Transform},
    fit::{Aligned, Edges, FitError, Method, Note, Options, fit},
    image::{ImageError, Landmarks, Point},
    no_observer,
};

use super::sample;

fn size(width: usize, height: usize) -> Size {
    Size::new(width, height).unwrap()
}

/// Smooth waves, different in each channel.
fn waves(size: Size) -> Image<Encoded> {
    Image::from_fn(size, Channels::Rgb, |c, x, y| {
        let (x, y) = (x as f64 + 0.5, y as f64 + 0.5);
        let k = 0.11 + 0.03 * c as f64;
        (0.5 + 0.2 * (k * x + 0.04 * y).sin() + 0.2 * (0.13 * y - 0.02 * x).cos()) as f32
    })
}

fn run(near: &Image<Encoded>, far: &Image<Encoded>, options: &Options) -> Result<Aligned, FitError> {
    fit(near.clone(), far.clone(), options, &Execution::parallel())
}

fn points(text: &str) -> Options {
    let PointList { points } = text.parse().unwrap();
    Options { points, ..Options::default() }
}

fn by(method: Method) -> Options {
    Options { method, ..Options::default() }
}

fn face(x: f64, y: f64, unit: f64) -> Landmarks {
    Landmarks {
        eyes: [Point::new(x - unit, y - unit), Point::new(x + unit, y - unit)],
        mouth: Point::new(x, y + unit),
        confidence: 0.9,
        animal: false,
    }
}

#[test]
fn none_takes_equal_sizes_as_they_are_and_refuses_others() {
    let (near, far) = (waves(size(40, 30)), waves(size(40, 30)));
    let aligned = run(&near, &far, &by(Method::None)).unwrap();
    assert!(aligned.pair.near() == &near && aligned.pair.far() == &far);
    let far = waves(size(41, 30));
    let error = run(&near, &far, &by(Method::None)).unwrap_err();
    assert_eq!(error, FitError::SizeMismatch { near: near.size(), far: far.size() });
}

#[test]
fn center_fit_makes_a_pair_of_any_sizes() {
    for (near, far) in [((40, 30), (400, 20)), ((1, 9), (9, 1)), ((33, 50), (7, 7))] {
        let (near, far) = (waves(size(near.0, near.1)), waves(size(far.0, far.1)));
        let aligned = run(&near, &far, &Options::default()).unwrap();
        assert_eq!((aligned.method, aligned.healing), (Method::CenterFit, Healing::Covered));
        assert_eq!(aligned.pair.size(), near.size());
    }
}

#[test]
fn crop_keeps_what_both_have() {
    let (near, far) = (waves(size(40, 30)), waves(size(31, 44)));
    let aligned = run(&near, &far, &by(Method::Crop)).unwrap();
    assert_eq!(aligned.pair.size(), size(31, 30));
    // A tiny picture in a huge one, too.
    let aligned = run(&waves(size(300, 200)), &waves(size(5, 4)), &by(Method::Crop)).unwrap();
    assert_eq!(aligned.pair.size(), size(5, 4));
}

#[test]
fn points_come_before_faces_and_faces_before_center_fit() {
    let (near, far) = (waves(size(60, 50)), waves(size(60, 50)));
    let mut options = points("near=10,10 far=12,12 near=40,40 far=42,42");
    options.near_face = Some(face(30.0, 25.0, 8.0));
    options.far_face = Some(face(28.0, 27.0, 9.0));
    assert_eq!(run(&near, &far, &options).unwrap().method, Method::Points);
    options.points.clear();
    let aligned = run(&near, &far, &options).unwrap();
    assert_eq!(aligned.method, Method::Faces);
    assert!((aligned.confidence - 0.9).abs() < 1e-12);
    let Transform::Similarity(map) = aligned.transform else { panic!("faces keep their shape") };
    assert!((map.scale - 9.0 / 8.0).abs() < 1e-9 && map.radians.abs() < 1e-9);
    options.far_face = None;
    let far = Image::filled(size(60, 50), Channels::Rgb, 0.5);
    options.method = Method::Faces;
    assert_eq!(run(&near, &far, &options).unwrap_err(), FitError::NoFace { near: true, far: false });
    options.near_face = None;
    options.method = Method::Auto;
    let aligned = run(&near, &far, &options).unwrap();
    assert_eq!(aligned.method, Method::CenterFit);
    assert!(aligned.notes.contains(&Note::Faces { near: 0, far: 0 }));
}

#[test]
fn one_face_lies_on_the_middle_of_the_other_picture() {
    let (person, thing) = (waves(size(90, 80)), Image::filled(size(50, 60), Channels::Rgb, 0.5));
    let face = face(40.0, 30.0, 6.0);
    let middle = Point::new(24.5, 29.5);
    let aligned = run(&person, &thing, &Options { near_face: Some(face), ..Options::default() }).unwrap();
    assert_eq!(aligned.method, Method::Portrait);
    assert_eq!(aligned.near_face, Some(face));
    assert!(aligned.transform.apply(face.middle()).distance(middle) < 1e-9);
    let aligned = run(&thing, &person, &Options { far_face: Some(face), ..Options::default() }).unwrap();
    assert_eq!(aligned.method, Method::Portrait);
    assert!(aligned.transform.apply(middle).distance(face.middle()) < 1e-9);
    let Transform::Similarity(map) = aligned.transform else { panic!("faces keep their shape") };
    // Half a head: 40 % of 50 pixels in the thing, 1.5 times the distance of the eyes in the person.
    assert!((map.scale - 18.0 / 20.0).abs() < 1e-9);
}

#[test]
fn far_away_points_are_no_overlap() {
    let (near, far) = (waves(size(60, 50)), waves(size(60, 50)));
    let options = points("near=10,10 far=1010,10 near=40,40 far=1040,40");
    let error = run(&near, &far, &options).unwrap_err();
    assert_eq!(error, AlignError::NoOverlap { share: 0.0 }.into());
}

#[test]
fn notes_tell_of_misfit_and_enlargement() {
    let (near, far) = (waves(size(60, 50)), waves(size(30, 25)));
    let options =
        points("near=10,10 far=2,2 near=50,10 far=12,2 near=10,40 far=2,10 near=50,40 far=15,10 near=30,20 far=6,5");
    let notes = run(&near, &far, &options).unwrap().notes;
    let misfit = |n: &Note| matches!(n, Note::PointsMisfit { pixels } if (0.5..2.0).contains(pixels));
    assert!(notes.iter().any(misfit), "{notes:?}");
    let enlarged = |n: &Note| matches!(n, Note::FarEnlarged { factor } if (3.0..5.0).contains(factor));
    assert!(notes.iter().any(enlarged), "{notes:?}");
}

#[test]
fn samples_that_are_not_numbers_are_refused() {
    let near = waves(size(6, 5));
    let mut far = waves(size(6, 5));
    far.samples_mut()[7] = f32::NAN;
    let error = run(&near, &far, &Options::default()).unwrap_err();
    assert!(matches!(error, FitError::Align(AlignError::Image(ImageError::NotFinite { index: 7, .. }))), "{error:?}");
}

#[test]
fn grey_and_colour_make_a_colour_pair() {
    let near = Image::filled(size(8, 8), Channels::Grey, 0.5);
    let aligned = run(&near, &waves(size(8, 8)), &Options::default()).unwrap();
    assert_eq!(aligned.pair.channels(), Channels::Rgb);
}

#[test]
fn options_are_data_and_unknown_names_are_refused() {
    let mut recipe = Recipe { align: points("near=10,10 far=12,12 near=40,40 far=42,42"), ..Recipe::default() };
    recipe.align.near_face = Some(face(30.0, 25.0, 8.0));
    recipe.align.method = Method::CenterFit;
    assert_eq!(Recipe::from_toml(&recipe.to_toml()), Ok(recipe));
    assert_eq!(Recipe::from_toml("[align]\nedges = \"crop\"").unwrap().align.edges, Edges::Crop);
    assert!(Recipe::from_toml("[align]\nedge = \"crop\"").is_err());
}

#[test]
fn content_that_differs_is_not_matched() {
    let (near, far) = (sample("rocket.jpg"), sample("grass.png"));
    let error = run(&near, &far, &by(Method::Content)).unwrap_err();
    assert!(matches!(error, FitError::NoMatch { .. }), "{error:?}");
    let recipe = Recipe { align: by(Method::Content), ..Recipe::default() };
    let error = recipe.mix(near, far, &Execution::parallel(), &mut no_observer).unwrap_err();
    assert!(matches!(error, MixError::Fit(FitError::NoMatch { .. })), "{error:?}");
}

/// Eyes as a person sees them, left, right and, of people, the mouth.
const HOPPER: [[f64; 2]; 3] = [[220.0, 188.0], [305.0, 186.0], [270.0, 280.0]];
const COLLINS: [[f64; 2]; 3] = [[203.0, 101.0], [248.0, 103.0], [224.0, 145.0]];
const CAT: [[f64; 2]; 2] = [[172.0, 116.0], [316.0, 136.0]];
const RACCOON: [[f64; 2]; 2] = [[577.0, 306.0], [722.0, 330.0]];

#[test]
fn faces_of_people_are_laid_on_each_other() {
    let aligned = run(&sample("hopper.jpg"), &sample("collins.png"), &Options::default()).unwrap();
    assert_eq!(aligned.method, Method::Faces);
    assert!(aligned.notes.contains(&Note::Faces { near: 1, far: 1 }));
    assert_eq!(aligned.searched, [true; 2]);
    // The mouths less exactly: the two faces are not of one shape.
    for ((near, far), pixels) in HOPPER.into_iter().zip(COLLINS).zip([5.0, 5.0, 8.0]) {
        let error = aligned.transform.apply(near.into()).distance(far.into());
        assert!(error < pixels, "{near:?}: {error} px");
    }
}

#[test]
fn faces_of_animals_are_laid_eye_on_eye_with_animals_and_people() {
    let pictures =
        [("cat.png", &CAT[..]), ("raccoon.png", &RACCOON), ("hopper.jpg", &HOPPER), ("collins.png", &COLLINS)];
    for (near, far) in [(0, 1), (1, 0), (0, 2), (0, 3)] {
        let [(near, near_eyes), (far, far_eyes)] = [pictures[near], pictures[far]];
        let aligned = run(&sample(near), &sample(far), &Options::default()).unwrap();
        assert_eq!(aligned.method, Method::Faces, "{near} {far}");
        assert!(aligned.near_face.is_some_and(|face| face.animal));
        let apart = Point::from(far_eyes[0]).distance(far_eyes[1].into());
        for (near, far) in near_eyes.iter().zip(far_eyes).take(2) {
            // The errors of both finders, as a share of the distance of the eyes: 8 % of 145 pixels are 12.
            let error = aligned.transform.apply((*near).into()).distance((*far).into());
            assert!(error < 0.08 * apart, "{error} px of {apart}");
        }
    }
}

#[test]
fn far_face_is_known_in_the_pair_whatever_the_pictures_are_fitted_by() {
    // FAR is cut and shrunk; its face is where the map takes it.
    let (near, far) = (waves(size(300, 300)), sample("hopper.jpg"));
    for method in [Method::CenterFit, Method::Crop] {
        let aligned = run(&near, &far, &by(method)).unwrap();
        assert_eq!(aligned.searched, [false, true]);
        let face = aligned.far_face_in_pair().unwrap();
        let frame = aligned.frame;
        for (found, expected) in face.eyes.into_iter().zip(HOPPER) {
            let far = aligned.transform.apply(Point::new(found.x + frame.x as f64, found.y + frame.y as f64));
            assert!(far.distance(expected.into()) < 8.5, "{method:?}: {far:?}");
        }
    }
    // Outside of the pair it is not known.
    let away = points("near=0,0 far=0,0 near=100,100 far=100,100");
    let aligned = run(&waves(size(120, 120)), &far, &away).unwrap();
    assert!(aligned.far_face.is_some() && aligned.far_face_in_pair().is_none());
}

#[test]
fn pairs_are_bit_equal_for_any_number_of_threads() {
    let (near, far) = (sample("cat.png"), sample("collins.png"));
    let run = |threads| {
        let execution = Execution::with_threads(threads).unwrap();
        fit(near.clone(), far.clone(), &Options::default(), &execution).unwrap()
    };
    let one = run(1);
    for threads in [2, 3] {
        let more = run(threads);
        assert_eq!((&more.pair, &more.transform, more.confidence), (&one.pair, &one.transform, one.confidence));
    }
}
