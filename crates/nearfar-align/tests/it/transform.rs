//! Fitting maps to points.

use nearfar_align::{AlignError, Model, PointList, PointPair, Projective, Similarity, Transform};
use nearfar_image::Point;
use proptest::prelude::*;

/// Pairs made by a map, at positions in a picture of 600 x 400.
fn pairs(map: &Transform, places: &[(f64, f64)]) -> PointList {
    let points = places
        .iter()
        .map(|&(x, y)| {
            let near = Point::new(x, y);
            PointPair { near, far: map.apply(near) }
        })
        .collect();
    PointList { points }
}

const PLACES: [(f64, f64); 6] =
    [(30.0, 40.0), (560.0, 20.0), (590.0, 380.0), (15.0, 350.0), (300.0, 210.0), (420.0, 100.0)];

fn same(a: &Transform, b: &Transform, tolerance: f64) -> bool {
    (0..7).all(|i| {
        let p = Point::new(100.0 * f64::from(i), 70.0 * f64::from(i));
        a.apply(p).distance(b.apply(p)) < tolerance
    })
}

fn perspective() -> Transform {
    Transform::Projective(Projective::from_rows([[1.1, 0.2, -30.0], [-0.1, 0.9, 12.0], [2e-4, -1e-4, 1.0]]))
}

fn similarity() -> impl Strategy<Value = Similarity> {
    (0.1..8.0, -3.1..3.1, -900.0..900.0, -900.0..900.0).prop_map(|(scale, radians, x, y)| Similarity {
        scale,
        radians,
        shift: Point::new(x, y),
    })
}

proptest! {
    #[test]
    fn similarity_is_recovered_by_every_model(s in similarity()) {
        let truth = Transform::Similarity(s);
        for (model, count) in [
            (Model::Similarity, 2), (Model::Similarity, 6), (Model::Affine, 3), (Model::Affine, 6),
            (Model::Projective, 4), (Model::Projective, 6), (Model::ThinPlate, 3), (Model::ThinPlate, 6),
        ] {
            let fit = Transform::fit(&pairs(&truth, &PLACES[..count]), model).expect("good points");
            prop_assert!(same(&fit, &truth, 1e-6), "{model:?} {count}: {fit:?}");
        }
    }

    #[test]
    fn similarity_composes_and_inverts(s in similarity(), t in similarity(), x in -99.0..99.0, y in -99.0..99.0) {
        let p = Point::new(x, y);
        prop_assert!(s.then(&t).apply(p).distance(t.apply(s.apply(p))) < 1e-6);
        prop_assert!(s.inverse().apply(s.apply(p)).distance(p) < 1e-6);
        prop_assert!(s.then(&s.inverse()).apply(p).distance(p) < 1e-6);
    }

    #[test]
    fn fit_of_wild_points_never_gives_nan(
        places in prop::collection::vec((-1e6..1e6, -1e6..1e6, -1e6..1e6, -1e6..1e6), 0..9),
        grid in prop::bool::ANY,
    ) {
        let round = |v: f64| if grid { (v / 5e5).round() } else { v };
        let points = places.iter().map(|&(a, b, c, d)| PointPair {
            near: Point::new(round(a), round(b)),
            far: Point::new(round(c), round(d)),
        }).collect();
        let list = PointList { points };
        for model in [Model::Similarity, Model::Affine, Model::Projective, Model::ThinPlate] {
            if let Ok(fit) = Transform::fit(&list, model) {
                for pair in &list.points {
                    prop_assert!(fit.apply(pair.near).is_finite(), "{model:?}");
                }
            }
        }
    }
}

#[test]
fn projective_is_recovered_and_inverted() {
    let truth = perspective();
    let fit = Transform::fit(&pairs(&truth, &PLACES), Model::Projective).expect("good points");
    assert!(same(&fit, &truth, 1e-6));
    let p = Point::new(123.0, 77.0);
    assert!(fit.apply_inverse(fit.apply(p)).expect("in sight").distance(p) < 1e-6);
}

#[test]
fn projective_beyond_the_horizon_is_nan() {
    assert!(perspective().apply(Point::new(-6000.0, 0.0)).x.is_nan());
}

#[test]
fn thin_plate_goes_through_its_points_and_back() {
    let mut list = pairs(&perspective(), &PLACES);
    list.points[4].far.x += 15.0;
    let fit = Transform::fit(&list, Model::ThinPlate).expect("good points");
    assert!(fit.misfit(&list.points) < 1e-8);
    for pair in &list.points {
        assert!(fit.apply_inverse(pair.far).expect("in sight").distance(pair.near) < 1e-3);
    }
}

#[test]
fn jacobian_is_the_central_difference() {
    let mut bent = pairs(&perspective(), &PLACES);
    bent.points[5].far.y -= 20.0;
    let turn = Similarity { scale: 1.7, radians: 0.4, shift: Point::new(3.0, 4.0) };
    let spline = Transform::fit(&bent, Model::ThinPlate).expect("good points");
    for map in [perspective(), spline, Transform::Similarity(turn)] {
        for (x, y) in [(200.0, 130.0), (15.5, 350.0), (640.0, -40.0)] {
            let [[a, b], [c, d]] = map.jacobian(Point::new(x, y));
            let h = 1e-4;
            let dx = [map.apply(Point::new(x + h, y)), map.apply(Point::new(x - h, y))];
            let dy = [map.apply(Point::new(x, y + h)), map.apply(Point::new(x, y - h))];
            let slope = |[p, m]: [f64; 2]| (p - m) / (2.0 * h);
            for (found, expected) in [
                (a, slope(dx.map(|p| p.x))),
                (b, slope(dy.map(|p| p.x))),
                (c, slope(dx.map(|p| p.y))),
                (d, slope(dy.map(|p| p.y))),
            ] {
                assert!((found - expected).abs() < 1e-6, "{map:?} at ({x}, {y}): {found} for {expected}");
            }
        }
    }
}

#[test]
fn least_squares_beats_every_nearby_similarity() {
    let mut list = pairs(&Transform::Similarity(Similarity::IDENTITY), &PLACES);
    for (i, pair) in list.points.iter_mut().enumerate() {
        pair.far.x += [4.0, -3.0, 5.0, -1.0, 0.0, 2.0][i];
        pair.far.y -= [2.0, 5.0, -4.0, 3.0, 1.0, -2.0][i];
    }
    let Ok(Transform::Similarity(best)) = Transform::fit(&list, Model::Similarity) else { panic!("good points") };
    let misfit = |s: Similarity| Transform::Similarity(s).misfit(&list.points);
    for (scale, radians, x, y) in [
        (1e-3, 0.0, 0.0, 0.0),
        (-1e-3, 0.0, 0.0, 0.0),
        (0.0, 1e-3, 0.0, 0.0),
        (0.0, -1e-3, 0.0, 0.0),
        (0.0, 0.0, 0.1, -0.1),
    ] {
        let nearby = Similarity {
            scale: best.scale + scale,
            radians: best.radians + radians,
            shift: Point::new(best.shift.x + x, best.shift.y + y),
        };
        assert!(misfit(nearby) > misfit(best));
    }
}

#[test]
fn degenerate_points_are_refused() {
    let identity = Transform::Similarity(Similarity::IDENTITY);
    let refused = |places: &[(f64, f64)], model| {
        assert_eq!(
            Transform::fit(&pairs(&identity, places), model),
            Err(AlignError::DegeneratePoints { model }),
            "{places:?}"
        );
    };
    refused(&[(5.0, 5.0), (5.0, 5.0)], Model::Similarity);
    let line = [(0.0, 0.0), (100.0, 50.0), (200.0, 100.0), (300.0, 150.0), (600.0, 300.0)];
    refused(&line, Model::Affine);
    refused(&line, Model::Projective);
    refused(&line, Model::ThinPlate);
    refused(&[(0.0, 0.0), (100.0, 50.0), (200.0, 100.0), (0.0, 150.0)], Model::Projective);
    refused(&[(0.0, 0.0), (100.0, 50.0), (0.0, 0.0), (0.0, 150.0)], Model::ThinPlate);
}

#[test]
fn degenerate_far_points_are_refused() {
    let mut list = pairs(&Transform::Similarity(Similarity::IDENTITY), &PLACES[..4]);
    // Two corners swapped: the quadrilateral crosses itself.
    let swapped = list.points[0].far;
    list.points[0].far = list.points[1].far;
    list.points[1].far = swapped;
    let model = Model::Projective;
    assert_eq!(Transform::fit(&list, model), Err(AlignError::DegeneratePoints { model }));
    for pair in &mut list.points {
        pair.far = Point::new(7.0, 7.0);
    }
    for model in [Model::Similarity, Model::Affine, Model::Projective, Model::ThinPlate] {
        assert_eq!(Transform::fit(&list, model), Err(AlignError::DegeneratePoints { model }));
    }
}

#[test]
fn count_of_points_is_checked() {
    let list = pairs(&Transform::Similarity(Similarity::IDENTITY), &PLACES[..3]);
    let model = Model::Projective;
    assert_eq!(Transform::fit(&list, model), Err(AlignError::TooFewPoints { model, needed: 4, found: 3 }));
}

#[test]
fn points_far_beyond_any_picture_are_refused() {
    let places = [(5.0, 0.0), (10.0, 0.0), (101.0, 2.0)];
    let mut list = pairs(&Transform::Similarity(Similarity::IDENTITY), &places);
    // Found by fuzzing: the square of this is infinite, and the spline became NaN.
    list.points[1].far = Point::new(1e308, 5.0);
    for model in [Model::Similarity, Model::Affine, Model::ThinPlate] {
        assert_eq!(Transform::fit(&list, model), Err(AlignError::DegeneratePoints { model }));
    }
}
