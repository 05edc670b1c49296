//! How two pictures are brought into register.

use std::ops::ControlFlow;

use nearfar::{
    Channels, Encoded, Execution, Image, MixError, Note, Phase, Recipe, Size,
    align::{AlignError, Healing, PointList, Transform},
    fit::{Aligned, Edges, FitError, Method, Options, fit},
    image::{ImageError, Landmarks, Point, Rect},
    no_observer,
};

use super::{noise, sample};

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
    // A tiny picture and a huge one, too.
    let aligned = run(&waves(size(300, 200)), &waves(size(5, 4)), &by(Method::Crop)).unwrap();
    assert_eq!(aligned.pair.size(), size(5, 4));
}

#[test]
fn points_come_before_faces_and_faces_before_center_fit() {
    let (near, far) = (waves(size(60, 50)), waves(size(60, 50)));
    let mut options = points("near=10,10 far=12,12 near=40,40 far=42,42");
    options.near_face = Some(face(30.0, 25.0, 8.0));
    options.far_face = Some(face(24.0, 27.0, 9.0));
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
    assert_eq!(aligned.method, Method::None);
    assert_eq!(aligned.notes, []);
}

/// Faces given for both pictures, with the given confidence.
fn faces(near: Option<Landmarks>, far: Option<Landmarks>, confidence: f64) -> Options {
    let sure = |face: Landmarks| Landmarks { confidence, ..face };
    Options { near_face: near.map(sure), far_face: far.map(sure), ..Options::default() }
}

/// Asserts that pictures of the same size come out unchanged and without a warning.
fn assert_untouched(near: &Image<Encoded>, far: &Image<Encoded>, options: &Options) {
    let aligned = run(near, far, options).unwrap();
    assert_eq!((aligned.method, aligned.healing), (Method::None, Healing::Covered));
    assert!(aligned.pair.near() == near && aligned.pair.far() == far);
    assert_eq!(aligned.notes, []);
}

#[test]
fn one_size_is_left_as_it_is_without_two_sure_faces() {
    let (near, far) = (waves(size(120, 100)), noise(size(120, 100), Channels::Rgb, (0.1, 0.9), 3));
    let [a, b] = [face(30.0, 40.0, 10.0), face(80.0, 60.0, 9.0)];
    assert_untouched(&near, &far, &Options::default());
    for (near_face, far_face) in [(Some(a), None), (None, Some(b))] {
        assert_untouched(&near, &far, &faces(near_face, far_face, 0.95));
        // Even if NEAR has details everywhere.
        assert_untouched(&far, &near, &faces(near_face, far_face, 0.95));
    }
    // As confident as the finder is of a dog's nostrils.
    assert_untouched(&near, &far, &faces(Some(a), Some(b), 0.51));
    assert_eq!(run(&near, &far, &faces(Some(a), Some(b), 0.63)).unwrap().method, Method::Faces);
    // Nor does that move pictures of different sizes, for which slightly less is enough.
    let other = waves(size(110, 100));
    assert_eq!(run(&near, &other, &faces(Some(a), Some(b), 0.51)).unwrap().method, Method::CenterFit);
    assert_eq!(run(&near, &other, &faces(Some(a), Some(b), 0.57)).unwrap().method, Method::Faces);
}

#[test]
fn one_size_is_left_as_it_is_where_eyes_lie_on_eyes_already() {
    let (near, far) = (waves(size(120, 100)), waves(size(120, 100)));
    assert_untouched(&near, &far, &faces(Some(face(60.0, 40.0, 10.0)), Some(face(61.0, 41.0, 9.5)), 0.95));
    for name in ["hopper-collins", "cat-raccoon"] {
        let [near, far] = ["near", "far"].map(|role| sample(&format!("aligned/{name}-{role}.jpg")));
        assert_untouched(&near, &far, &Options::default());
    }
}

#[test]
fn one_size_of_different_subjects_is_left_as_it_is() {
    for (near, far) in [("brick.png", "gravel.png"), ("grass.png", "camera.png")] {
        assert_untouched(&sample(near), &sample(far), &Options::default());
    }
}

#[test]
fn faces_that_would_enlarge_far_beyond_reason_or_hide_it_move_nothing() {
    let (near, far) = (waves(size(300, 260)), waves(size(280, 260)));
    let (small, large) = (face(140.0, 120.0, 5.0), face(140.0, 120.0, 22.0));
    for (near_face, far_face) in [(large, small), (small, large)] {
        let aligned = run(&near, &far, &faces(Some(near_face), Some(far_face), 0.95)).unwrap();
        assert_eq!((aligned.method, aligned.healing), (Method::CenterFit, Healing::Covered));
    }
    // Within reason they do, and a note states the cost.
    let middle = face(140.0, 120.0, 12.0);
    let note = |near_face, far_face| {
        let aligned = run(&near, &far, &faces(Some(near_face), Some(far_face), 0.95)).unwrap();
        assert_eq!(aligned.method, Method::Faces);
        aligned.notes
    };
    let enlarged = note(middle, small);
    assert!(enlarged.iter().any(|n| matches!(n, Note::FarEnlarged { factor } if (2.3..2.5).contains(factor))));
    let cut = note(face(140.0, 120.0, 8.0), large);
    assert!(cut.iter().any(|n| matches!(n, Note::LittleKept { share, .. } if (0.1..0.5).contains(share))), "{cut:?}");
}

#[test]
fn one_face_fills_a_picture_with_details_everywhere_and_no_other() {
    let hopper = sample("hopper.jpg");
    for name in ["brick.png", "grass.png"] {
        let near = sample(name);
        let aligned = run(&near, &hopper, &Options::default()).unwrap();
        assert_eq!((aligned.method, aligned.healing), (Method::Portrait, Healing::Covered), "{name}");
        let Transform::Similarity(map) = aligned.transform else { panic!("a face keeps its shape") };
        assert!(map.radians.abs() < 1e-12 && map.scale >= 0.5, "{map:?}");
        let face = aligned.far_face_in_pair().unwrap();
        assert!(face.middle().distance(near.size().middle()) < 10.0, "{face:?}");
        assert!((0.2..0.3).contains(&(face.extent() / near.size().shorter_side() as f64)), "{face:?}");
    }
    for name in ["coffee.png", "rocket.jpg", "cat.png"] {
        let method = run(&sample(name), &hopper, &Options::default()).unwrap().method;
        assert_eq!(method, if name == "cat.png" { Method::Faces } else { Method::HideFace }, "{name}");
    }
}

#[test]
fn one_face_slides_to_where_details_hide_it_and_keeps_its_head() {
    // Noise in one third of the picture, plain elsewhere.
    let noisy = |from: usize| {
        let noise = noise(size(90, 60), Channels::Rgb, (0.2, 0.8), 5);
        Image::from_fn(size(90, 60), Channels::Rgb, move |c, x, y| {
            if (from..from + 30).contains(&x) { noise.plane(c).row(y)[x] } else { 0.5 }
        })
    };
    let far = waves(size(180, 60));
    for (from, at, expected) in
        [(0, 90.0, 15.0), (30, 90.0, 45.0), (60, 90.0, 75.0), (60, 20.0, 20.0), (0, 165.0, 75.0)]
    {
        let options = faces(None, Some(face(at, 30.0, 4.0)), 0.9);
        let aligned = run(&noisy(from), &far, &options).unwrap();
        assert_eq!((aligned.method, aligned.healing), (Method::HideFace, Healing::Covered));
        assert!((aligned.far_scale() - 1.0).abs() < 1e-12, "covered, no more and no less");
        let face = aligned.far_face_in_pair().unwrap();
        assert!((face.middle().x - expected).abs() < 9.0 && (face.middle().y - 30.0).abs() < 1e-9, "{from}: {face:?}");
        let (middle, half) = (face.middle(), face.half_width());
        assert!(middle.x - half > -1.0 && middle.x + half < 91.0, "{from}: the head is cut: {face:?}");
    }
    // If nothing extends beyond the frame there is no room to slide, and no note about it.
    let options = faces(None, Some(face(90.0, 60.0, 8.0)), 0.9);
    assert_eq!(run(&noisy(60), &waves(size(180, 120)), &options).unwrap().method, Method::CenterFit);
    // If explicitly asked for, it needs a face; without any details, and in a picture too small for a map, the face is
    // centred.
    let plain = Image::filled(size(90, 60), Channels::Rgb, 0.5);
    let asked = Options { method: Method::HideFace, ..faces(None, Some(face(90.0, 30.0, 4.0)), 0.9) };
    for near in [plain.clone(), Image::filled(size(9, 6), Channels::Rgb, 0.5)] {
        let middle = run(&near, &far, &asked).unwrap().far_face_in_pair().unwrap().middle();
        assert!(middle.distance(near.size().middle()) < 1.0, "{middle:?}");
    }
    let error = run(&plain, &far, &by(Method::HideFace)).unwrap_err();
    assert_eq!(error, FitError::NoFace { near: false, far: false });
}

#[test]
fn one_face_is_laid_on_the_middle_if_asked_for_and_never_turned_nor_enlarged_beyond_twice() {
    let (person, thing) = (waves(size(90, 80)), Image::filled(size(50, 60), Channels::Rgb, 0.5));
    let mut leaning = face(45.0, 40.0, 7.0);
    leaning.eyes[1].y += 5.0;
    let options = Options { method: Method::Portrait, ..faces(None, Some(leaning), 0.9) };
    let aligned = run(&thing, &person, &options).unwrap();
    let Transform::Similarity(map) = aligned.transform else { panic!("a face keeps its shape") };
    assert!(map.radians.abs() < 1e-12 && aligned.healing == Healing::Covered);
    assert!(map.apply(thing.size().middle()).distance(leaning.middle()) < 1e-9);
    let tiny = Options { method: Method::Portrait, ..faces(None, Some(face(40.0, 30.0, 1.0)), 0.9) };
    let Transform::Similarity(map) = run(&thing, &person, &tiny).unwrap().transform else { panic!() };
    assert!((map.scale - 0.5).abs() < 1e-12);
    let both = Options { near_face: Some(face(20.0, 20.0, 5.0)), ..tiny };
    let error = run(&thing, &person, &both).unwrap_err();
    assert!(error.to_string().starts_with("a face was found in each picture"), "{error}");
}

#[test]
fn content_that_really_matches_moves_pictures_of_one_size() {
    let whole = sample("rocket.jpg");
    let part = size(whole.size().width() - 60, whole.size().height() - 40);
    let [near, far] = [(0, 0), (60, 40)].map(|(x, y)| whole.crop(Rect::new(x, y, part)));
    let aligned = run(&near, &far, &Options::default()).unwrap();
    assert_eq!(aligned.method, Method::Content);
    let error = aligned.transform.apply(Point::new(200.0, 150.0)).distance(Point::new(140.0, 110.0));
    assert!(error < 1.0, "{error} px");
    // If they are in register already, there is nothing to gain.
    assert_untouched(&near, &near, &Options::default());
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
fn pictures_as_thin_as_lines_are_refused() {
    let picture = |width, height| Image::filled(Size::new(width, height).unwrap(), Channels::Grey, 0.5);
    let options = Options::default();
    for (near, far, which) in
        [((65_535, 1), (40, 30), true), ((40, 30), (1, 65_535), false), ((2, 2001), (2, 2001), true)]
    {
        let error = run(&picture(near.0, near.1), &picture(far.0, far.1), &options).unwrap_err();
        assert!(matches!(error, FitError::TooThin { near, .. } if near == which), "{error}");
    }
    run(&picture(1, 1000), &picture(1, 1000), &options).unwrap();
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
fn a_break_while_far_is_laid_stops_before_there_is_a_hybrid() {
    let (near, far) = (waves(size(700, 600)), waves(size(600, 700)));
    let recipe = Recipe { align: by(Method::CenterFit), ..Recipe::default() };
    let mix = |most: usize| {
        let mut laid = 0;
        let made = recipe.mix(near.clone(), far.clone(), &Execution::single_threaded(), &mut |event| {
            assert_ne!(event.phase, Phase::Mix);
            laid += usize::from(event.phase == Phase::Register);
            if laid > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (made.map(drop), laid)
    };
    for most in 0..5 {
        assert_eq!(mix(most), (Err(MixError::Cancelled), most + 1));
    }
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

/// Eyes as located by a person, left and right, and for people the mouth.
const HOPPER: [[f64; 2]; 3] = [[220.0, 188.0], [305.0, 186.0], [270.0, 280.0]];
const COLLINS: [[f64; 2]; 3] = [[203.0, 101.0], [248.0, 103.0], [224.0, 145.0]];
const CAT: [[f64; 2]; 2] = [[172.0, 116.0], [316.0, 136.0]];
const RACCOON: [[f64; 2]; 2] = [[577.0, 306.0], [722.0, 330.0]];

#[test]
fn faces_of_people_are_laid_on_each_other() {
    let aligned = run(&sample("hopper.jpg"), &sample("collins.png"), &Options::default()).unwrap();
    assert_eq!(aligned.method, Method::Faces);
    assert!(aligned.near_face.is_some() && aligned.far_face.is_some());
    assert_eq!(aligned.searched, [true; 2]);
    // The mouths fit less exactly: the two faces differ in shape.
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
            // The errors of both finders, relative to the distance between the eyes: 8 % of 145 pixels are 12.
            let error = aligned.transform.apply((*near).into()).distance((*far).into());
            assert!(error < 0.08 * apart, "{error} px of {apart}");
        }
    }
}

#[test]
fn far_face_is_known_in_the_pair_whatever_the_pictures_are_fitted_by() {
    // FAR is cropped and shrunk; its face is where the map takes it.
    let (near, far) = (waves(size(300, 300)), sample("hopper.jpg"));
    for method in [Method::CenterFit, Method::Crop] {
        let aligned = run(&near, &far, &by(method)).unwrap();
        assert_eq!(aligned.searched, [true; 2]);
        let face = aligned.far_face_in_pair().unwrap();
        let frame = aligned.frame;
        for (found, expected) in face.eyes.into_iter().zip(HOPPER) {
            let far = aligned.transform.apply(Point::new(found.x + frame.x as f64, found.y + frame.y as f64));
            assert!(far.distance(expected.into()) < 8.5, "{method:?}: {far:?}");
        }
    }
    // Outside the pair the face is unknown.
    let away = points("near=0,0 far=0,0 near=100,100 far=100,100");
    let aligned = run(&waves(size(120, 120)), &far, &away).unwrap();
    assert!(aligned.far_face.is_some() && aligned.far_face_in_pair().is_none());
}

#[test]
fn people_together_are_taken_as_a_whole() {
    let one = sample("hopper.jpg");
    let (width, height) = (one.size().width(), one.size().height());
    let two = Image::from_fn(size(2 * width, height), one.channels(), |c, x, y| one.plane(c).row(y)[x % width]);
    let other = sample("collins.png");
    let aligned = run(&other, &two, &Options::default()).unwrap();
    assert_eq!(aligned.method, Method::CenterFit);
    assert!(aligned.far_is_group && aligned.subject().face().is_none());
    assert!(aligned.notes.contains(&Note::Faces { near: 1, far: 2, far_is_group: true }), "{:?}", aligned.notes);
    // A head may lie on one of two people who are there together only if it reaches to the other.
    let head = other.crop(Rect::between(other.size(), Point::new(130.0, 20.0), Point::new(310.0, 220.0)));
    for (near, expected) in [(&one, Method::Faces), (&two, Method::CenterFit)] {
        let aligned = run(near, &head, &Options::default()).unwrap();
        assert_eq!(aligned.method, expected);
        assert!(!aligned.far_is_group && aligned.subject().face().is_some());
    }
    // A face that is explicitly asked for is used.
    let aligned = run(&other, &two, &by(Method::Faces)).unwrap();
    assert!(!aligned.far_is_group && aligned.subject().face().is_some());
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
