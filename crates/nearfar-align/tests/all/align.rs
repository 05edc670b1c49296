//! Whole alignments.

use nearfar_align::{
    AlignError, Edges, Frame, Healing, Landmarks, Method, Note, Options, Point, PointList, Transform, align,
};
use nearfar_image::{Channels, Encoded, Image, ImageError};
use nearfar_kernels::Execution;

use crate::pictures::{size, waves};

fn run(near: &Image<Encoded>, far: &Image<Encoded>, options: &Options) -> Result<nearfar_align::Aligned, AlignError> {
    align(near.clone(), far.clone(), options, &Execution::single_threaded())
}

fn points(text: &str) -> Options {
    let PointList { points } = text.parse().expect("well written");
    Options { points, ..Options::default() }
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
    let (near, far) = (waves(size(40, 30), 1.0), waves(size(40, 30), 2.0));
    let options = Options { method: Method::None, ..Options::default() };
    let aligned = run(&near, &far, &options).expect("one size");
    assert!(aligned.pair.near() == &near);
    assert!(aligned.pair.far().samples().iter().zip(far.samples()).all(|(a, b)| (a - b).abs() < 3e-6));
    let far = waves(size(41, 30), 1.0);
    let error = run(&near, &far, &options).expect_err("two sizes");
    assert_eq!(error, AlignError::SizeMismatch { near: near.size(), far: far.size() });
}

#[test]
fn center_fit_makes_a_pair_of_any_sizes() {
    for (near, far) in [((40, 30), (400, 20)), ((1, 9), (9, 1)), ((33, 50), (7, 7)), ((1, 1), (1, 1))] {
        let (near, far) = (waves(size(near.0, near.1), 1.0), waves(size(far.0, far.1), 1.0));
        let aligned = run(&near, &far, &Options::default()).expect("any sizes fit");
        assert_eq!((aligned.method, aligned.healing), (Method::CenterFit, Healing::Covered));
        assert_eq!(aligned.pair.size(), near.size());
    }
}

#[test]
fn crop_scales_nothing() {
    let (near, far) = (waves(size(40, 30), 1.0), waves(size(31, 44), 1.0));
    let aligned = run(&near, &far, &Options { method: Method::Crop, ..Options::default() }).expect("any sizes");
    assert_eq!(aligned.pair.size(), size(31, 30));
    let cut = far.crop(0, 7, size(31, 30));
    assert!(aligned.pair.far().samples().iter().zip(cut.samples()).all(|(a, b)| (a - b).abs() < 3e-6));
}

#[test]
fn points_come_before_faces_and_faces_before_center_fit() {
    let (near, far) = (waves(size(60, 50), 1.0), waves(size(60, 50), 1.0));
    let mut options = points("near=10,10 far=12,12 near=40,40 far=42,42");
    options.near_face = Some(face(30.0, 25.0, 8.0));
    options.far_face = Some(face(28.0, 27.0, 9.0));
    assert_eq!(run(&near, &far, &options).expect("good points").method, Method::Points);
    options.points.clear();
    let aligned = run(&near, &far, &options).expect("good faces");
    assert_eq!(aligned.method, Method::Faces);
    assert!((aligned.confidence - 0.9).abs() < 1e-12);
    let Transform::Similarity(map) = aligned.transform else { panic!("faces keep their shape") };
    assert!((map.scale - 9.0 / 8.0).abs() < 1e-9 && map.radians.abs() < 1e-9);
    options.far_face = None;
    let far = Image::filled(size(60, 50), Channels::Rgb, 0.5);
    options.method = Method::Faces;
    assert_eq!(run(&near, &far, &options).expect_err("one face"), AlignError::NoFace { near: true, far: false });
    options.near_face = None;
    options.method = Method::Auto;
    let aligned = run(&near, &far, &options).expect("anything fits");
    assert_eq!(aligned.method, Method::CenterFit);
    assert!(aligned.notes.contains(&Note::Faces { near: 0, far: 0 }));
}

#[test]
fn one_face_lies_on_the_middle_of_the_other_picture() {
    let (person, thing) = (waves(size(90, 80), 1.0), Image::filled(size(50, 60), Channels::Rgb, 0.5));
    let face = face(40.0, 30.0, 6.0);
    let middle = Point::new(24.5, 29.5);
    let aligned =
        run(&person, &thing, &Options { near_face: Some(face), ..Options::default() }).expect("anything fits");
    assert_eq!(aligned.method, Method::Portrait);
    assert_eq!(aligned.near_face, Some(face));
    assert!(aligned.transform.apply(face.middle()).distance(middle) < 1e-9);
    let aligned = run(&thing, &person, &Options { far_face: Some(face), ..Options::default() }).expect("anything fits");
    assert_eq!(aligned.method, Method::Portrait);
    assert!(aligned.transform.apply(middle).distance(face.middle()) < 1e-9);
    let Transform::Similarity(map) = aligned.transform else { panic!("faces keep their shape") };
    // Half a head: 40 % of 50 pixels in the thing, 1.5 times the distance of the eyes in the person.
    assert!((map.scale - 18.0 / 20.0).abs() < 1e-9);
}

#[test]
fn edges_are_cropped_where_the_subject_survives_and_extended_where_not() {
    let (near, far) = (waves(size(100, 80), 1.0), waves(size(100, 80), 1.0));
    // The far picture begins 20 pixels further right.
    let mut options = points("near=40,30 far=20,30 near=70,60 far=50,60");
    let aligned = run(&near, &far, &options).expect("good points");
    assert_eq!(aligned.healing, Healing::Cropped);
    assert_eq!(aligned.frame, Frame { x: 20, y: 0, size: size(80, 80) });
    assert!((aligned.overlap - 0.8).abs() < 1e-9);
    assert!(aligned.pair.near() == &near.crop(20, 0, size(80, 80)));

    options.edges = Edges::Extend;
    let aligned = run(&near, &far, &options).expect("good points");
    assert_eq!((aligned.healing, aligned.frame), (Healing::Extended, Frame::whole(near.size())));

    // Now the subject (the points) reaches where the far picture does not.
    let mut options = points("near=10,30 far=-10,30 near=70,60 far=50,60");
    assert_eq!(run(&near, &far, &options).expect("good points").healing, Healing::Extended);
    options.edges = Edges::Crop;
    let aligned = run(&near, &far, &options).expect("good points");
    assert_eq!(aligned.frame, Frame { x: 20, y: 0, size: size(80, 80) });
}

#[test]
fn extended_edges_have_no_step() {
    // The far picture covers the middle half only.
    let (near, far) = (waves(size(160, 120), 1.0), waves(size(160, 120), 1.0));
    let mut options = points("near=40,30 far=0,0 near=120,90 far=160,120");
    options.edges = Edges::Extend;
    let aligned = run(&near, &far, &options).expect("good points");
    let steepest = |rows: std::ops::Range<usize>, columns: std::ops::Range<usize>| {
        let plane = aligned.pair.far().plane(0);
        let mut steepest = 0.0_f32;
        for y in rows {
            for x in columns.clone() {
                steepest = steepest.max((plane.row(y)[x + 1] - plane.row(y)[x]).abs());
                steepest = steepest.max((plane.row(y + 1)[x] - plane.row(y)[x]).abs());
            }
        }
        steepest
    };
    let (inside, everywhere) = (steepest(32..88, 42..118), steepest(0..119, 0..159));
    assert!(everywhere <= 1.25 * inside, "{everywhere} somewhere, {inside} inside");
}

#[test]
fn a_small_far_picture_crops_to_itself_and_the_subject() {
    // The far picture covers columns 100 to 139 and rows 80 to 109; the subject reaches further up and to the left.
    let (near, far) = (waves(size(300, 200), 1.0), waves(size(40, 30), 1.0));
    let options = points("near=90,70 far=-10,-10 near=120,100 far=20,20");
    let aligned = run(&near, &far, &options).expect("good points");
    assert_eq!(aligned.healing, Healing::CroppedAndExtended);
    assert_eq!(aligned.frame, Frame { x: 90, y: 70, size: size(50, 40) });
    assert!(aligned.pair.near() == &near.crop(90, 70, size(50, 40)));
    assert_eq!(aligned.pair.far().size(), size(50, 40));
    // More than a quarter: all of the near picture stays.
    let near = near.crop(80, 60, size(80, 50));
    let options = points("near=10,10 far=-10,-10 near=40,40 far=20,20");
    let aligned = run(&near, &far, &options).expect("good points");
    assert_eq!((aligned.healing, aligned.frame), (Healing::Extended, Frame::whole(near.size())));
}

#[test]
fn far_away_points_are_no_overlap() {
    let (near, far) = (waves(size(60, 50), 1.0), waves(size(60, 50), 1.0));
    let options = points("near=10,10 far=1010,10 near=40,40 far=1040,40");
    let error = run(&near, &far, &options).expect_err("nothing in common");
    assert_eq!(error, AlignError::NoOverlap { share: 0.0 });
}

#[test]
fn notes_tell_of_misfit_and_enlargement() {
    let (near, far) = (waves(size(60, 50), 1.0), waves(size(30, 25), 1.0));
    let options =
        points("near=10,10 far=2,2 near=50,10 far=12,2 near=10,40 far=2,10 near=50,40 far=15,10 near=30,20 far=6,5");
    let notes = run(&near, &far, &options).expect("good points").notes;
    assert!(
        notes.iter().any(|n| matches!(n, Note::PointsMisfit { pixels } if (0.5..2.0).contains(pixels))),
        "{notes:?}"
    );
    assert!(
        notes.iter().any(|n| matches!(n, Note::FarEnlarged { factor } if (3.0..5.0).contains(factor))),
        "{notes:?}"
    );
}

#[test]
fn samples_that_are_not_numbers_are_refused() {
    let near = waves(size(6, 5), 1.0);
    let mut far = waves(size(6, 5), 1.0);
    far.samples_mut()[7] = f32::NAN;
    let error = run(&near, &far, &Options::default()).expect_err("NaN is no sample");
    assert!(matches!(error, AlignError::Image(ImageError::NotFinite { index: 7, .. })));
}

#[test]
fn grey_and_colour_make_a_colour_pair() {
    let near = Image::filled(size(8, 8), Channels::Grey, 0.5);
    let aligned = run(&near, &waves(size(8, 8), 1.0), &Options::default()).expect("any channels");
    assert_eq!(aligned.pair.channels(), Channels::Rgb);
}

#[cfg(feature = "serde")]
#[test]
fn options_round_trip_and_refuse_unknown_names() {
    let mut options = points("near=10,10 far=12,12 near=40,40 far=42,42");
    options.near_face = Some(face(30.0, 25.0, 8.0));
    options.method = Method::CenterFit;
    let text = toml::to_string(&options).expect("settings can be written");
    assert_eq!(toml::from_str::<Options>(&text).expect("and read"), options);
    assert_eq!(toml::from_str::<Options>("edges = \"crop\"").expect("the rest is default").edges, Edges::Crop);
    assert!(toml::from_str::<Options>("edge = \"crop\"").is_err());
}

#[cfg(feature = "faces")]
#[test]
fn faces_are_found_and_laid_on_each_other() {
    use nearfar_codec as codec;
    let read = |name| {
        let path = format!("{}/../../imgs/{name}", env!("CARGO_MANIFEST_DIR"));
        codec::read(path, &codec::DecodeOptions::default()).expect("a sample picture").image
    };
    let (near, far) = (read("hopper.jpg"), read("collins.png"));
    let aligned = align(near, far, &Options::default(), &Execution::parallel()).expect("anything fits");
    assert_eq!(aligned.method, Method::Faces);
    assert!(aligned.notes.contains(&Note::Faces { near: 1, far: 1 }));
    // The eyes as a person sees them, and the mouths less exactly: the two faces are not of one shape.
    for (near, far, pixels) in [
        (Point::new(220.0, 188.0), Point::new(203.0, 101.0), 5.0),
        (Point::new(305.0, 186.0), Point::new(248.0, 103.0), 5.0),
        (Point::new(270.0, 280.0), Point::new(224.0, 145.0), 8.0),
    ] {
        let error = aligned.transform.apply(near).distance(far);
        assert!(error < pixels, "{near:?}: {error} px");
    }
}
