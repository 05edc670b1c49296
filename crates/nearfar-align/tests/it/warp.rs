//! Resampling.

use nearfar_align::{Coverage, Filter, Model, PointList, Projective, Resampling, Similarity, Transform, warp};
use nearfar_image::{Channels, Image, Point, Rect, TransferFunction};
use nearfar_kernels::Execution;
use proptest::prelude::*;

use crate::pictures::{every_set, largest_error, size, wave, waves};

fn similarity(scale: f64, degrees: f64, x: f64, y: f64) -> Transform {
    Transform::Similarity(Similarity { scale, radians: degrees.to_radians(), shift: Point::new(x, y) })
}

fn identity() -> Transform {
    Transform::Similarity(Similarity::IDENTITY)
}

fn single() -> Execution {
    Execution::single_threaded()
}

#[test]
fn warp_by_the_identity_changes_nothing() {
    let far = waves(size(70, 45), 1.0);
    for filter in [Filter::Lanczos3, Filter::CatmullRom] {
        let resampling = Resampling { filter, ..Resampling::default() };
        let out = warp(&far, &identity(), Rect::whole(far.size()), &resampling, &single());
        for (a, b) in out.samples().iter().zip(far.samples()) {
            assert!((a - b).abs() < 3e-6, "{a} for {b}");
        }
    }
}

#[test]
fn warp_agrees_with_the_picture_rendered_directly() {
    let far = waves(size(240, 200), 1.0);
    let far_size = far.size();
    for map in [
        similarity(0.8, 25.0, 40.0, -10.0),
        similarity(0.4, -140.0, 200.0, 150.0),
        Transform::Projective(Projective::from_rows([[1.0, 0.2, 5.0], [-0.1, 0.9, 30.0], [1e-3, -5e-4, 1.0]])),
    ] {
        let filters = [Filter::Lanczos3, Filter::CatmullRom];
        for (execution, filter) in every_set().flat_map(|set| filters.map(|filter| (set.clone(), filter))) {
            let resampling = Resampling { filter, ..Resampling::default() };
            let out = warp(&far, &map, Rect::whole(size(150, 130)), &resampling, &execution);
            for c in 0..3 {
                let error = largest_error(out.plane(c), |p| {
                    let q = map.apply(p);
                    // Mirrored samples differ from the wave.
                    let margin = 6.0;
                    let inside = q.x > margin
                        && q.y > margin
                        && q.x < far_size.width() as f64 - margin
                        && q.y < far_size.height() as f64 - margin;
                    inside.then(|| wave(c, q.x + 0.5, q.y + 0.5))
                });
                assert!(error < 4e-3, "{map:?} {filter:?}: {error}");
            }
        }
    }
}

#[test]
fn warp_shrinks_in_light() {
    // A checkerboard of black and white has half of white's light, which is the sRGB code 188.
    let far = Image::from_fn(size(160, 160), Channels::Grey, |_, x, y| ((x + y) % 2) as f32);
    let out = warp(&far, &similarity(8.0, 0.0, 3.5, 3.5), Rect::whole(size(20, 20)), &Resampling::default(), &single());
    let error = largest_error(out.plane(0), |_| Some(188.0 / 255.0));
    assert!(error < 0.005, "{error}");
}

#[test]
fn warp_does_not_alias() {
    // Stripes finer than the reduced picture can show must turn grey, whatever the angle.
    let far = Image::from_fn(size(300, 300), Channels::Grey, |_, x, _| if x % 3 == 0 { 1.0 } else { 0.0 });
    for degrees in [0.0, 20.0, 45.0, 90.0] {
        let map = Similarity::about(Point::new(24.5, 24.5), Point::new(149.5, 149.5), 3.7, f64::to_radians(degrees));
        let map = Transform::Similarity(map);
        let resampling = Resampling::default();
        let out = warp(&far, &map, Rect { x: 10, y: 10, size: size(30, 30) }, &resampling, &single());
        let grey = TransferFunction::Srgb.encode(1.0 / 3.0);
        let error = largest_error(out.plane(0), |_| Some(grey));
        assert!(error < 0.02, "{degrees} degrees: {error}");
    }
}

#[test]
fn warp_does_not_ring_beside_an_edge() {
    let far = Image::from_fn(size(60, 60), Channels::Grey, |_, x, _| if x < 30 { 0.2 } else { 0.8 });
    for scale in [0.3, 1.0, 2.5] {
        let map = similarity(scale, 7.0, 15.0, 2.0);
        let out = warp(&far, &map, Rect::whole(size(60, 60)), &Resampling::default(), &single());
        assert!(out.samples().iter().all(|&v| (0.2 - 1e-4..0.8 + 1e-4).contains(&v)), "scale {scale}");
    }
}

#[test]
fn warp_of_a_part_is_the_part_of_the_warp() {
    let far = waves(size(90, 80), 1.0);
    let map = similarity(1.4, 33.0, 20.0, -15.0);
    let whole = warp(&far, &map, Rect::whole(size(100, 90)), &Resampling::default(), &single());
    let part = Rect { x: 13, y: 35, size: size(71, 40) };
    let cut = warp(&far, &map, part, &Resampling::default(), &single());
    assert!(cut == whole.crop(part));
}

#[test]
fn warp_is_bit_equal_for_any_number_of_threads() {
    let far = waves(size(130, 170), 1.0);
    let map = similarity(2.3, 20.0, -15.0, -30.0);
    let run = |threads| {
        let execution = Execution::with_threads(threads).expect("a few threads");
        warp(&far, &map, Rect::whole(size(90, 150)), &Resampling::default(), &execution)
    };
    let one = run(1);
    for threads in [2, 3, 7] {
        assert!(run(threads) == one, "{threads} threads");
    }
}

#[test]
fn warp_survives_a_horizon_and_extreme_scales() {
    let far = waves(size(40, 30), 1.0);
    let near = size(50, 40);
    let horizon = Projective::from_rows([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [-0.04, 0.0, 1.0]]);
    for map in [
        Transform::Projective(horizon),
        similarity(1e9, 10.0, 0.0, 0.0),
        similarity(1e-9, 10.0, 5.0, 5.0),
        similarity(1.0, 0.0, 1e12, 1e12),
    ] {
        let out = warp(&far, &map, Rect::whole(near), &Resampling::default(), &single());
        assert!(out.samples().iter().all(|v| (-1e-3..1.001).contains(v)), "{map:?}");
        assert!(Coverage::new(&map, near, far.size()).share() <= 1.0);
    }
}

#[test]
fn coverage_is_the_overlap() {
    let coverage = Coverage::new(&similarity(1.0, 0.0, -3.0, 2.0), size(10, 8), size(9, 6));
    assert!(coverage.contains(3, 0) && !coverage.contains(2, 0));
    assert!(coverage.contains(9, 3) && !coverage.contains(9, 4));
    assert!((coverage.share() - 28.0 / 80.0).abs() < 1e-12);
    assert_eq!(coverage.largest(), Some(Rect { x: 3, y: 0, size: size(7, 4) }));
}

#[test]
fn thin_plate_warps_like_its_map() {
    let far = waves(size(160, 160), 1.0);
    let list: PointList = "near=10,10 far=20,12 near=140,15 far=130,20 near=20,130 far=25,140 \
                           near=130,135 far=140,128 near=75,70 far=80,78"
        .parse()
        .expect("well written");
    let map = Transform::fit(&list, Model::ThinPlate).expect("good points");
    let out = warp(&far, &map, Rect::whole(size(150, 150)), &Resampling::default(), &single());
    let error = largest_error(out.plane(0), |p| {
        let q = map.apply(p);
        let inside = q.x > 6.0 && q.y > 6.0 && q.x < 153.0 && q.y < 153.0;
        inside.then(|| wave(0, q.x + 0.5, q.y + 0.5))
    });
    assert!(error < 4e-3, "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn warp_works_for_any_size(
        w in 1_usize..20, h in 1_usize..20, v in 1_usize..90, u in 1_usize..40,
        scale in 0.05..5.0, degrees in -180.0..180.0, x in -30.0..30.0, y in -30.0..30.0,
    ) {
        let far = Image::filled(size(w, h), Channels::Grey, 0.4);
        let map = similarity(scale, degrees, x, y);
        let out = warp(&far, &map, Rect::whole(size(v, u)), &Resampling::default(), &single());
        // A constant picture stays constant, mirrored edges included.
        prop_assert!(out.samples().iter().all(|v| (v - 0.4).abs() < 1e-5));
    }

    #[test]
    fn largest_rectangle_is_covered_and_matches_a_slow_search(
        v in 1_usize..14, u in 1_usize..14, scale in 0.2..2.0, degrees in -180.0..180.0, x in -6.0..6.0, y in -6.0..6.0,
    ) {
        let near = size(v, u);
        let coverage = Coverage::new(&similarity(scale, degrees, x, y), near, size(9, 7));
        let covered = |f: Rect| (f.y..f.y + f.size.height())
            .all(|y| (f.x..f.x + f.size.width()).all(|x| coverage.contains(x, y)));
        let mut slow: Option<Rect> = None;
        let middle = Rect { x: v / 2, y: u / 2, size: size(1, 1) };
        let mut around: Option<Rect> = None;
        for y in 0..u { for x in 0..v { for h in 1..=u - y { for w in 1..=v - x {
            let f = Rect { x, y, size: size(w, h) };
            if !covered(f) { continue; }
            if slow.is_none_or(|s| f.size.area() > s.size.area()) { slow = Some(f); }
            let holds = f.contains(Point::new(middle.x as f64, middle.y as f64));
            if holds && around.is_none_or(|s| f.size.area() > s.size.area()) { around = Some(f); }
        }}}}
        let area = |f: Option<Rect>| f.map_or(0, |f| f.size.area());
        prop_assert_eq!(area(coverage.largest()), area(slow));
        prop_assert!(coverage.largest().is_none_or(covered));
        prop_assert_eq!(area(coverage.largest_around(middle)), area(around));
        prop_assert!(coverage.largest_around(middle).is_none_or(covered));
    }
}
