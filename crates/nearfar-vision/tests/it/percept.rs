//! Which picture is seen at which distance.

use nearfar_codec::{DecodeOptions, read};
use nearfar_image::{Channels, Encoded, Image, Pair};
use nearfar_kernels::Execution;
use nearfar_vision::{
    Face, Percept, PerceptReference, PerceptSwitch, PixelsPerDegree, VisionError, percept_views, percepts,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    oracle,
    pictures::{linear_hybrid, noise_picture, pair_of_scenes, size},
};

fn ppd(value: f64) -> PixelsPerDegree {
    PixelsPerDegree::new(value).expect("in range")
}

/// What is seen of a hybrid in one view.
fn seen(hybrid: &Image<Encoded>, pair: &Pair, face: Option<&Face>, view: f64) -> Percept {
    let all = percepts(hybrid, pair, face, &[ppd(view)], &Execution::single_threaded()).expect("one size");
    let [percept] = <[Percept; 1]>::try_from(all).expect("one view");
    percept
}

fn aligned(pair: &str, role: &str) -> Image<Encoded> {
    let path = format!("{}/../../imgs/aligned/{pair}-{role}.jpg", env!("CARGO_MANIFEST_DIR"));
    read(path, &DecodeOptions::default()).expect("a sample picture").image
}

/// The mean of the two pictures' codes.
fn mean(pair: &Pair) -> Image<Encoded> {
    let samples = pair.near().samples().iter().zip(pair.far().samples()).map(|(a, b)| 0.5 * (a + b)).collect();
    Image::from_samples(pair.size(), pair.channels(), samples).expect("one sample for each place")
}

/// `data/percept.jsonl` holds values of the definition for lightness in double precision, computed by another program.
/// In bands of which the eye leaves next to nothing, gains are determined by the ridge and do not matter.
#[test]
fn percept_of_photographs_matches_the_reference() {
    let number = |value: &Value| value.as_f64().expect("a number");
    for line in include_str!("../data/percept.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("a line of JSON");
        let name = case["pair"].as_str().expect("a name");
        let pair = Pair::new(aligned(name, "near"), aligned(name, "far")).expect("one size");
        let face = case["face"].as_f64().map(|width| {
            let center = [0, 1].map(|axis| number(&case["center"][axis]));
            Face::new(center, width).expect("a face")
        });
        let view = number(&case["cm"]) * 2.0 * 0.5f64.to_radians().tan() * number(&case["dpi"]) / 2.54;
        let found = seen(&mean(&pair), &pair, face.as_ref(), view);
        let error = (found.lightness - number(&case["p"])).abs();
        assert!(error < 1e-4, "{name} at {view:.0}: {} is off by {error:.1e}", found.lightness);
        let gains = case["gains"].as_array().expect("a list");
        assert_eq!(found.bands.len(), gains.len());
        for (band, gains) in found.bands.iter().zip(gains).filter(|(_, gains)| number(&gains[0]) > 0.45) {
            let errors = [band.near_gain - number(&gains[0]), band.far_gain - number(&gains[1])];
            assert!(errors.iter().all(|e| e.abs() < 2e-3), "{name} at {view:.0}: {band:?} is off by {errors:?}");
        }
    }
}

#[test]
fn percept_agrees_with_its_definition() {
    let faces = [None, Some(([61.0, 40.5], 40.0))];
    let cases = [
        (size(128, 112), Channels::Rgb, &faces[..], &[39.6, 97.0, 194.0, 388.0, 776.0][..]),
        (size(131, 157), Channels::Grey, &faces[..], &[0.5, 133.0, 260.0, 518.0]),
        (size(16, 90), Channels::Grey, &faces[..1], &[39.6, 194.0]),
        (size(61, 23), Channels::Grey, &faces[..1], &[39.6, 194.0]),
    ];
    for (size, channels, faces, views) in cases {
        let pair = pair_of_scenes(size, channels);
        let hybrid = linear_hybrid(&pair, 3.0, 1.0);
        for &known in faces {
            let face = known.map(|(center, width)| Face::new(center, width).expect("a face"));
            for &view in views {
                let expected = oracle::percept([&hybrid, pair.near(), pair.far()], view, known);
                let found = seen(&hybrid, &pair, face.as_ref(), view);
                for (found, expected) in [found.p, found.lightness].into_iter().zip(expected) {
                    let error = (found - expected).abs();
                    assert!(error < 5e-4, "{size} {known:?} at {view}: {found} is not {expected}, off by {error:.1e}");
                }
            }
        }
    }
}

/// Views from 20 to 320 pixels per degree, half an octave apart.
fn views() -> Vec<PixelsPerDegree> {
    (0..9).map(|k| ppd(20.0 * 2f64.powf(0.5 * f64::from(k)))).collect()
}

#[test]
fn percept_of_the_pictures_themselves_is_clear() {
    for channels in [Channels::Grey, Channels::Rgb] {
        let pair = pair_of_scenes(size(96, 80), channels);
        for (picture, sign) in [(pair.near(), 1.0), (pair.far(), -1.0)] {
            for percept in percepts(picture, &pair, None, &views(), &Execution::parallel()).expect("one size") {
                assert!(sign * percept.p > 0.99, "{}: {}", percept.ppd, percept.p);
            }
        }
    }
}

#[test]
fn percept_falls_with_distance_and_with_the_crossover() {
    let pair = pair_of_scenes(size(160, 128), Channels::Rgb);
    let reference = PerceptReference::new(&pair, None, &views(), &Execution::parallel());
    let percepts = |sigma| reference.percepts(&linear_hybrid(&pair, sigma, 1.0), &Execution::parallel());
    let all = [1.5, 3.0, 6.0].map(percepts);
    for percepts in &all {
        assert!(percepts.windows(2).all(|pair| pair[1].p < pair[0].p), "{percepts:?}");
    }
    for pair in all.windows(2) {
        assert!(pair[0].iter().zip(&pair[1]).all(|(more, less)| more.p < less.p));
    }
    // Twice the crossover's sigma is twice the distance, except at the ends of the spectrum.
    let switches = all.each_ref().map(|percepts| PerceptSwitch::of(percepts));
    let [first, second, third] = switches.map(|switch| switch.even_ppd.expect("switches").get().log2());
    assert!((0.7..1.6).contains(&(second - first)) && (0.7..1.6).contains(&(third - second)), "{switches:?}");
    let width = switches[1].width_octaves().expect("switches");
    assert!((0.5..3.0).contains(&width), "{width}");
}

/// Lightness of one picture, colours of another: each counts, and in grey pictures lightness alone.
#[test]
fn colors_are_seen_beside_lightness() {
    let size = size(120, 90);
    let tinted = |period: usize, across: bool, tint: [f32; 3]| {
        Image::from_fn(size, Channels::Rgb, |channel, x, y| {
            let place = if across { x } else { y };
            let stripe = if (place / period).is_multiple_of(2) { 1.0 } else { -1.0 };
            0.5 + stripe * tint[channel]
        })
    };
    // Stripes of red and green of almost equal lightness, and of light and dark.
    let (colors, light) = (tinted(12, true, [0.2, -0.085, 0.0]), tinted(15, false, [0.1, 0.1, 0.1]));
    let both = Image::from_fn(size, Channels::Rgb, |channel, x, y| {
        colors.plane(channel).row(y)[x] + light.plane(channel).row(y)[x] - 0.5
    });
    let pair = Pair::new(colors.clone(), light).expect("one size");
    let percept = seen(&both, &pair, None, 39.6);
    assert!(percept.lightness < -0.6 && percept.p > percept.lightness + 0.4, "{percept:?}");
    let grey = Image::from_fn(size, Channels::Grey, |_, x, y| both.plane(1).row(y)[x]);
    let percept = seen(&grey, &pair, None, 39.6);
    assert!(percept.bands.iter().all(|band| (band.near_color, band.far_color) == (0.0, 0.0)), "{percept:?}");
    assert_eq!(percept.p.to_bits(), percept.lightness.to_bits());
}

/// What the far picture has outside its face does not count.
#[test]
fn only_the_face_counts() {
    let pair = pair_of_scenes(size(128, 128), Channels::Grey);
    let hybrid = Image::from_fn(pair.size(), Channels::Grey, |_, x, y| {
        let inside = (x as f32 - 40.0).powi(2) + (y as f32 - 60.0).powi(2) < 42f32.powi(2);
        let picture = if inside { pair.near() } else { pair.far() };
        picture.plane(0).row(y)[x]
    });
    let p = |center| seen(&hybrid, &pair, Some(&Face::new(center, 45.0).expect("a face")), 39.6).p;
    assert!(p([40.0, 60.0]) > 0.9 && p([120.0, 100.0]) < -0.9);
    let whole = seen(&hybrid, &pair, None, 39.6).p;
    assert!(whole.abs() < 0.7, "{whole}");
}

#[test]
fn invalid_faces_are_refused() {
    for (center, width) in [([0.0, 0.0], 0.0), ([0.0, 0.0], f64::NAN), ([f64::NAN, 0.0], 9.0), ([0.0, 0.0], 2e5)] {
        assert!(matches!(Face::new(center, width), Err(VisionError::Face { .. })), "{center:?} {width}");
    }
}

#[test]
fn percept_is_bit_equal_for_any_number_of_threads_and_any_other_views() {
    let pair = pair_of_scenes(size(75, 133), Channels::Rgb);
    let hybrid = linear_hybrid(&pair, 3.0, 1.0);
    let face = Face::new([30.0, 60.0], 50.0).expect("a face");
    let of = |execution: &Execution| percepts(&hybrid, &pair, Some(&face), &views(), execution).expect("one size");
    let expected = of(&Execution::single_threaded());
    // A build without threads has a single one.
    for threads in if cfg!(feature = "threads") { &[2, 3, 7][..] } else { &[1] } {
        assert_eq!(of(&Execution::with_threads(*threads).expect("threads")), expected, "{threads} threads");
    }
    let mut reversed = views();
    reversed.reverse();
    let found = percepts(&hybrid, &pair, Some(&face), &reversed, &Execution::single_threaded());
    assert_eq!(found.expect("one size"), expected);
    // Light that was blurred for a nearer view is blurred further, at a small loss of accuracy.
    for percept in &expected {
        let alone = seen(&hybrid, &pair, Some(&face), percept.ppd.get()).p;
        assert!((alone - percept.p).abs() < 1e-3, "{}: {alone} {}", percept.ppd, percept.p);
    }
}

#[test]
fn percept_of_constant_and_of_identical_pictures_is_even() {
    let size = size(30, 20);
    let [grey, dark] = [0.5, 0.1].map(|code| Image::filled(size, Channels::Grey, code));
    let noise = noise_picture(1, size, Channels::Grey);
    let p = |hybrid: &Image<Encoded>, near: &Image<Encoded>, far: &Image<Encoded>| {
        seen(hybrid, &Pair::new(near.clone(), far.clone()).expect("pair"), None, 39.6).p
    };
    assert!(p(&grey, &grey, &dark).abs() < 1e-3 && p(&noise, &grey, &dark).abs() < 1e-3);
    assert!(p(&noise, &noise, &noise).abs() < 1e-3 && p(&grey, &noise, &noise).abs() < 1e-3);
    assert!(p(&noise, &noise, &grey) > 0.999 && p(&noise, &grey, &noise) < -0.999);
}

#[test]
fn views_of_a_percept_are_half_an_octave_apart_except_the_nearest() {
    let face = Face::new([0.0, 0.0], 100.0).expect("a face");
    let views = percept_views(size(512, 512), Some(&face));
    assert_eq!(views.len(), 9);
    let octaves = views.windows(2).map(|pair| (pair[1].get() / pair[0].get()).log2());
    assert!(octaves.zip([1.0].into_iter().chain([0.5; 7])).all(|(found, expected)| (found - expected).abs() < 1e-9));
    // In the last view the eye's gain is 1/2 at 1.41 cycles in 100 pixels.
    assert!((views[8].eye_sigma() - 0.187_390_6 * 100.0 / 2f64.sqrt()).abs() < 1e-4);
    // A picture of 512 pixels counts as one with a face of 512 / 2.4 pixels; views from too far away are omitted.
    assert!((percept_views(size(512, 900), None)[0].get() / views[0].get() - 512.0 / 240.0).abs() < 1e-9);
    assert!(percept_views(size(30_000, 30_000), None).len() < 9);
}

#[test]
fn hybrids_that_do_not_fit_are_refused() {
    let pair = pair_of_scenes(size(8, 6), Channels::Grey);
    let refused = |hybrid: &Image<Encoded>| {
        percepts(hybrid, &pair, None, &[ppd(39.6)], &Execution::single_threaded()).expect_err("refused")
    };
    let other = noise_picture(1, size(6, 8), Channels::Grey);
    assert_eq!(refused(&other), VisionError::HybridSize { hybrid: size(6, 8), pair: size(8, 6) });
    let mut nan = pair.near().clone();
    nan.samples_mut()[7] = f32::NAN;
    assert!(matches!(refused(&nan), VisionError::Image(_)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn percepts_are_finite_and_bounded_for_any_size(
        (width, height) in prop_oneof![(1..40usize, 1..40usize), (1..100usize, Just(1)), (Just(1), 1..100usize)],
        seed in 0..1000u64,
        view in 0.01..2e4f64,
        face in prop_oneof![Just(None), (0.01..2e3f64).prop_map(Some)],
    ) {
        let picture = |i| noise_picture(3 * seed + i, size(width, height), Channels::Rgb);
        let pair = Pair::new(picture(0), picture(1)).expect("a pair");
        let face = face.map(|width| Face::new([3.0, -5.0], width).expect("a face"));
        let percept = seen(&picture(2), &pair, face.as_ref(), view);
        prop_assert!(percept.p.abs() <= 1.0, "{percept:?}");
        prop_assert!(percept.bands.iter().all(|band| (band.near_gain + band.far_gain).is_finite()), "{percept:?}");
    }
}
