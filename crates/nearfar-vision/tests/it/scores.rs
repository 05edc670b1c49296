//! Properties of the scores.

use nearfar_image::{Channels, Encoded, Image, Pair};
use nearfar_kernels::Execution;
use nearfar_vision::{PixelsPerDegree, Scorer, Scores, Viewing, VisionError, score};
use proptest::prelude::*;

use crate::pictures::{linear_hybrid, noise_picture, pair_of_scenes, size};

fn scored(hybrid: &Image<Encoded>, pair: &Pair) -> Scores {
    score(hybrid, pair, &Viewing::default(), &Execution::single_threaded()).expect("one size")
}

/// Every number of the scores.
fn numbers(scores: &Scores) -> Vec<f64> {
    let mut all = vec![
        scores.near_fidelity,
        scores.far_fidelity,
        scores.near_leakage,
        scores.far_leakage,
        scores.luminance_error,
        scores.clipped_share,
        scores.artefact_share(),
    ];
    all.extend(scores.far_sweep.iter().map(|at| at.far_fidelity));
    all.extend(scores.bands.iter().flat_map(|b| {
        [b.cycles_per_pixel, b.near_gain, b.far_gain, b.near_rms, b.far_rms, b.hybrid_rms, b.residual_rms]
    }));
    all
}

#[test]
fn scores_of_the_pictures_themselves_are_1() {
    let pair = pair_of_scenes(size(90, 70), Channels::Rgb);
    let near = scored(pair.near(), &pair);
    assert!((near.near_fidelity - 1.0).abs() < 1e-9 && near.near_leakage < 0.5, "{near:?}");
    let far = scored(pair.far(), &pair);
    assert!((far.far_fidelity - 1.0).abs() < 1e-9 && far.far_leakage < 0.5, "{far:?}");
    assert!(far.far_sweep.iter().all(|at| (at.far_fidelity - 1.0).abs() < 1e-9));
    assert!(far.luminance_error.abs() < 1e-9 && near.luminance_error > 1.0);
    assert!(far.bands.iter().all(|b| (b.far_gain - 1.0).abs() < 1e-3 && b.near_gain.abs() < 1e-3));
    assert!(far.artefact_share() < 1e-6);
}

#[test]
fn scores_are_monotonic_along_a_sweep() {
    let pair = pair_of_scenes(size(160, 128), Channels::Grey);
    let sweep: Vec<_> = (0..=8u8).map(|i| scored(&linear_hybrid(&pair, 3.0, f32::from(i) / 8.0), &pair)).collect();
    for (i, step) in sweep.windows(2).enumerate() {
        assert!(step[1].far_fidelity > step[0].far_fidelity, "fB from step {i}");
        assert!(step[1].near_leakage > step[0].near_leakage, "nB from step {i}");
        assert!(step[1].near_fidelity < step[0].near_fidelity, "nA from step {i}");
        assert!(step[1].far_leakage < step[0].far_leakage, "fA from step {i}");
        assert!(step[1].luminance_error < step[0].luminance_error, "dL from step {i}");
    }
    let wider = [1.5, 3.0, 6.0].map(|sigma| scored(&linear_hybrid(&pair, sigma, 1.0), &pair));
    for step in wider.windows(2) {
        assert!(step[1].near_fidelity > step[0].near_fidelity && step[1].far_fidelity < step[0].far_fidelity);
    }
}

#[test]
fn unrelated_noise_leaks_nothing() {
    let size = size(192, 192);
    // At full contrast: where contrast is faint, the stabiliser makes unrelated pictures count as alike.
    let noise = |seed| {
        let noise = noise_picture(seed, size, Channels::Grey);
        Image::from_fn(size, Channels::Grey, |_, x, y| noise.plane(0).row(y)[x].round())
    };
    let pair = Pair::new(noise(1), noise(2)).expect("pair");
    let scores = scored(&noise(3), &pair);
    for leak in [scores.near_fidelity, scores.near_leakage] {
        assert!(leak.abs() < 0.1, "{leak}");
    }
    assert!(scores.bands[..3].iter().all(|b| b.near_gain.abs() < 0.05 && b.far_gain.abs() < 0.05));
    assert!(scores.artefact_share() > 0.95);
}

#[test]
fn switch_moves_an_octave_when_sigma_doubles() {
    // White noise has every frequency, so that the ends of the spectrum do not limit the switch.
    let size = size(256, 256);
    let dim = |seed| {
        let noise = noise_picture(seed, size, Channels::Grey);
        Image::from_fn(size, Channels::Grey, |_, x, y| 0.35 + 0.3 * noise.plane(0).row(y)[x])
    };
    let pair = Pair::new(dim(1), dim(2)).expect("pair");
    let switch = |sigma| scored(&linear_hybrid(&pair, sigma, 1.0), &pair).switch.half_ppd.expect("switches").get();
    let octaves = (switch(4.0) / switch(2.0)).log2();
    assert!((octaves - 1.0).abs() < 0.15, "{octaves} octaves");
}

#[test]
fn scores_are_bit_equal_for_any_number_of_threads_and_for_prepared_pairs() {
    let pair = pair_of_scenes(size(75, 133), Channels::Rgb);
    let hybrid = linear_hybrid(&pair, 3.0, 1.0);
    let expected = scored(&hybrid, &pair);
    let scorer = Scorer::new(pair.size(), &Viewing::default());
    // A build without threads has a single one.
    for threads in if cfg!(feature = "threads") { &[1, 2, 3, 7][..] } else { &[1] } {
        let execution = Execution::with_threads(*threads).expect("threads");
        assert_eq!(scorer.score(&hybrid, &pair, &execution), expected, "{threads} threads");
        let reference = scorer.reference(&pair, &execution);
        assert_eq!(scorer.score_against(&hybrid, &reference, &execution), expected, "{threads} threads");
    }
}

#[test]
fn coinciding_views_share_their_scores() {
    let pair = pair_of_scenes(size(40, 40), Channels::Grey);
    let hybrid = linear_hybrid(&pair, 3.0, 1.0);
    let ppd = |v| PixelsPerDegree::new(v).expect("in range");
    let viewing = Viewing { near_ppd: ppd(97.0), far_ppd: ppd(300.0) };
    let scores = score(&hybrid, &pair, &viewing, &Execution::single_threaded()).expect("one size");
    let usual = scored(&hybrid, &pair);
    assert_eq!(scores.viewing, viewing);
    assert_eq!(scores.far_sweep, usual.far_sweep);
    assert_eq!(scores.far_sweep[0].far_fidelity.to_bits(), scores.near_leakage.to_bits());
    assert_eq!(usual.far_sweep[2].far_fidelity.to_bits(), usual.far_fidelity.to_bits());
    let [before, after] = [scores.far_sweep[3].far_fidelity, scores.far_sweep[4].far_fidelity];
    assert!(scores.far_fidelity > before.min(after) && scores.far_fidelity < before.max(after));
}

#[test]
fn constant_pictures_have_finite_scores() {
    let size = size(30, 20);
    let grey = Image::filled(size, Channels::Grey, 0.5);
    let pair = Pair::new(grey.clone(), grey.clone()).expect("pair");
    let same = scored(&grey, &pair);
    assert!([same.near_fidelity, same.far_fidelity].iter().all(|s| (s - 1.0).abs() < 1e-6));
    assert!(same.bands.iter().all(|b| b.near_gain.abs() + b.far_gain.abs() < 1e-12));
    assert!(same.switch.half_ppd.is_none() && same.artefact_share() < 1e-12);
    // Structure where there should be none is an error like any other.
    let noisy = scored(&noise_picture(1, size, Channels::Grey), &pair);
    assert!(noisy.near_fidelity < 0.5 && numbers(&noisy).iter().all(|v| v.is_finite()), "{noisy:?}");
}

#[test]
fn clipped_pixels_are_counted_once() {
    let size = size(4, 2);
    let hybrid = Image::from_fn(size, Channels::Rgb, |channel, x, y| match (channel, x, y) {
        (_, 0, 0) | (2, 1, 0) => 1.0,
        (1, 3, 1) => 0.0,
        _ => 0.5,
    });
    let pair = pair_of_scenes(size, Channels::Rgb);
    assert!((scored(&hybrid, &pair).clipped_share - 3.0 / 8.0).abs() < 1e-12);
}

#[test]
fn hybrids_that_do_not_fit_are_refused() {
    let pair = pair_of_scenes(size(8, 6), Channels::Grey);
    let refused = |hybrid: &Image<Encoded>| {
        score(hybrid, &pair, &Viewing::default(), &Execution::single_threaded()).expect_err("refused")
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
    fn scores_are_finite_and_bounded_for_any_size(
        (width, height) in prop_oneof![(1..40usize, 1..40usize), (1..100usize, Just(1)), (Just(1), 1..100usize)],
        seed in 0..1000u64,
        rgb in any::<bool>(),
    ) {
        let channels = if rgb { Channels::Rgb } else { Channels::Grey };
        let picture = |i| noise_picture(3 * seed + i, size(width, height), channels);
        let pair = Pair::new(picture(0), picture(1)).expect("a pair");
        let scores = scored(&picture(2), &pair);
        prop_assert!(numbers(&scores).iter().all(|v| v.is_finite()), "{scores:?}");
        for s in [scores.near_fidelity, scores.far_fidelity, scores.near_leakage, scores.far_leakage] {
            prop_assert!(s.abs() <= 1.0 + 1e-6, "{s}");
        }
        prop_assert!((scored(pair.near(), &pair).near_fidelity - 1.0).abs() < 1e-6);
    }
}
