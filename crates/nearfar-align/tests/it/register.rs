//! Registration: from a map to a pair.

use std::ops::ControlFlow;

use nearfar_align::{
    AlignError, Edges, Healing, Model, PointList, Registered, Resampling, Similarity, Transform, center_shift, register,
};
use nearfar_image::{Encoded, Image, ImageError, Point, Rect};
use nearfar_kernels::Execution;

use crate::pictures::{size, waves};

/// The pictures registered by two pairs of points, which are also the subject.
fn by_points(near: &Image<Encoded>, far: &Image<Encoded>, text: &str, edges: Edges) -> Result<Registered, AlignError> {
    let list: PointList = text.parse().expect("well written");
    let map = Transform::fit(&list, Model::Similarity).expect("good points");
    let [first, last] = [list.points[0].near, list.points[1].near];
    run(near, far, &map, Rect::between(near.size(), first, last), edges)
}

fn run(
    near: &Image<Encoded>,
    far: &Image<Encoded>,
    map: &Transform,
    subject: Rect,
    edges: Edges,
) -> Result<Registered, AlignError> {
    watched(near, far, map, subject, edges, &mut |_| ControlFlow::Continue(()))
}

fn watched(
    near: &Image<Encoded>,
    far: &Image<Encoded>,
    map: &Transform,
    subject: Rect,
    edges: Edges,
    watch: &mut dyn FnMut(f64) -> ControlFlow<()>,
) -> Result<Registered, AlignError> {
    let execution = Execution::single_threaded();
    register(near.clone(), far.clone(), map, subject, edges, &Resampling::default(), &execution, watch)
}

#[test]
fn identity_leaves_pictures_of_one_size_untouched() {
    let (near, far) = (waves(size(40, 30), 1.0), waves(size(40, 30), 2.0));
    let whole = Rect::whole(near.size());
    let registered = run(&near, &far, &Similarity::IDENTITY.into(), whole, Edges::Auto).expect("one size");
    assert!(registered.pair.near() == &near && registered.pair.far() == &far);
    assert_eq!((registered.frame, registered.healing), (whole, Healing::Covered));
}

#[test]
fn observer_is_called_and_can_stop_the_work() {
    let (near, far) = (waves(size(40, 700), 1.0), waves(size(40, 700), 2.0));
    let (whole, shift) =
        (Rect::whole(near.size()), Similarity { shift: Point::new(3.0, 0.0), ..Similarity::IDENTITY }.into());
    let mut shares = Vec::new();
    let told = watched(&near, &far, &shift, whole, Edges::Extend, &mut |share| {
        shares.push(share);
        ControlFlow::Continue(())
    });
    assert!(told.is_ok() && shares.is_sorted() && shares.last() == Some(&1.0), "{shares:?}");
    assert!(shares.iter().filter(|&&share| share > 0.0).count() >= 5, "{shares:?}");
    for most in 0..shares.len() {
        let mut heard = 0;
        let stopped = watched(&near, &far, &shift, whole, Edges::Extend, &mut |_| {
            heard += 1;
            if heard > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(stopped, Err(AlignError::Stopped)) && heard == most + 1);
    }
}

#[test]
fn crop_of_a_shift_scales_nothing() {
    let (near, far) = (waves(size(40, 30), 1.0), waves(size(31, 44), 1.0));
    let map = center_shift(near.size(), far.size()).into();
    let middle = Rect::between(near.size(), near.size().middle(), near.size().middle());
    let registered = run(&near, &far, &map, middle, Edges::Crop).expect("they overlap");
    assert_eq!(registered.pair.size(), size(31, 30));
    let cut = far.crop(Rect::new(0, 7, size(31, 30)));
    assert!(registered.pair.far().samples().iter().zip(cut.samples()).all(|(a, b)| (a - b).abs() < 3e-6));
}

#[test]
fn edges_lose_little_and_extend_no_further_than_they_should() {
    let (near, far) = (waves(size(100, 80), 1.0), waves(size(100, 80), 1.0));
    // The far picture begins 8 pixels further right: these columns are cropped.
    let cropped =
        by_points(&near, &far, "near=40,30 far=32,30 near=70,60 far=62,60", Edges::Auto).expect("they overlap");
    assert_eq!((cropped.healing, cropped.frame), (Healing::Cropped, Rect::new(8, 0, size(92, 80))));
    // 20 pixels: the inner half is filled by extending, the outer half is cropped.
    let points = "near=40,30 far=20,30 near=70,60 far=50,60";
    let both = by_points(&near, &far, points, Edges::Auto).expect("they overlap");
    assert_eq!((both.healing, both.frame), (Healing::CroppedAndExtended, Rect::new(10, 0, size(90, 80))));
    assert!((both.overlap - 0.8).abs() < 1e-9);
    assert!(both.pair.near() == &near.crop(both.frame));
    // Unless another setting is chosen.
    let extended = by_points(&near, &far, points, Edges::Extend).expect("they overlap");
    assert_eq!((extended.healing, extended.frame), (Healing::Extended, Rect::whole(near.size())));
    let cropped = by_points(&near, &far, points, Edges::Crop).expect("they overlap");
    assert_eq!((cropped.healing, cropped.frame), (Healing::Cropped, Rect::new(20, 0, size(80, 80))));
    // The subject (the points) is kept, wherever it is.
    let points = "near=2,30 far=-18,30 near=70,60 far=50,60";
    let kept = by_points(&near, &far, points, Edges::Auto).expect("they overlap");
    assert_eq!(kept.frame, Rect::new(2, 0, size(98, 80)));
}

#[test]
fn extended_edges_have_no_step() {
    // The far picture covers the middle half only.
    let (near, far) = (waves(size(160, 120), 1.0), waves(size(160, 120), 1.0));
    let points = "near=40,30 far=0,0 near=120,90 far=160,120";
    let registered = by_points(&near, &far, points, Edges::Extend).expect("they overlap");
    let steepest = |rows: std::ops::Range<usize>, columns: std::ops::Range<usize>| {
        let plane = registered.pair.far().plane(0);
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
fn a_small_far_picture_crops_to_a_little_more_than_itself() {
    // The far picture covers columns 100 to 139 and rows 80 to 109; the subject extends further up and to the left.
    let (near, far) = (waves(size(300, 200), 1.0), waves(size(40, 30), 1.0));
    let points = "near=90,70 far=-10,-10 near=120,100 far=20,20";
    let registered = by_points(&near, &far, points, Edges::Auto).expect("they overlap");
    assert_eq!(registered.healing, Healing::CroppedAndExtended);
    assert_eq!(registered.frame, Rect::new(75, 55, size(90, 80)));
    assert!(registered.pair.near() == &near.crop(registered.frame));
    assert_eq!(registered.pair.far().size(), size(90, 80));
    // More than a quarter is covered, and less than half would be kept: all of the near picture stays.
    let near = near.crop(Rect::new(80, 60, size(80, 50)));
    let points = "near=30,30 far=10,10 near=40,40 far=20,20";
    let registered = by_points(&near, &far, points, Edges::Auto).expect("they overlap");
    assert_eq!((registered.healing, registered.frame), (Healing::Extended, Rect::whole(near.size())));
}

#[test]
fn pictures_without_overlap_cannot_be_cropped() {
    let (near, far) = (waves(size(60, 50), 1.0), waves(size(60, 50), 1.0));
    let points = "near=10,10 far=1010,10 near=40,40 far=1040,40";
    let error = by_points(&near, &far, points, Edges::Crop).expect_err("nothing in common");
    assert_eq!(error, AlignError::NoOverlap { share: 0.0 });
}

#[test]
fn samples_that_are_not_finite_are_refused() {
    let near = waves(size(6, 5), 1.0);
    let mut far = waves(size(6, 5), 1.0);
    far.samples_mut()[7] = f32::NAN;
    let whole = Rect::whole(near.size());
    let error = run(&near, &far, &Similarity::IDENTITY.into(), whole, Edges::Auto).expect_err("NaN is no sample");
    assert!(matches!(error, AlignError::Image(ImageError::NotFinite { index: 7, .. })));
}

#[test]
fn scale_of_a_map_is_the_root_of_its_area_ratio() {
    let map: Transform = Similarity { scale: 2.5, radians: 0.7, shift: Point::new(3.0, 4.0) }.into();
    assert!((map.scale_at(Point::new(50.0, -20.0)) - 2.5).abs() < 1e-12);
    let points = "near=0,0 far=0,0 near=10,0 far=40,0 near=0,10 far=0,10".parse().expect("well written");
    let stretched = Transform::fit(&points, Model::Affine).expect("good points");
    assert!((stretched.scale_at(Point::new(1.0, 2.0)) - 2.0).abs() < 1e-9);
    assert!(!stretched.is_identity() && Transform::from(Similarity::IDENTITY).is_identity());
}
