//! Band gains against hybrids whose frequency responses are known.

use std::f64::consts::PI;

use nearfar_image::{Channels, Encoded, Image, Pair};
use nearfar_kernels::Execution;
use nearfar_vision::{BandGain, Viewing, score};

use crate::pictures::size;

const SIDE: usize = 256;
/// Cycles per picture of the gratings: integers, so that they are orthogonal.
const CYCLES: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
const AMPLITUDE: f64 = 0.02;

fn gaussian(sigma: f64, cycles: f64) -> f64 {
    (-2.0 * (PI * sigma * cycles / SIDE as f64).powi(2)).exp()
}

/// A grey picture whose lightness is 1/2 plus gratings along x (the near picture's) and along y (the far picture's),
/// each scaled by a frequency response. They are cosines about the outer edge, which suits mirroring.
fn gratings(near: impl Fn(f64) -> f64, far: impl Fn(f64) -> f64) -> Image<Encoded> {
    let line = |response: &dyn Fn(f64) -> f64| -> Vec<f64> {
        let at = |x: usize| {
            let wave = |&cycles: &f64| response(cycles) * (2.0 * PI * cycles * (x as f64 + 0.5) / SIDE as f64).cos();
            AMPLITUDE * CYCLES.iter().map(wave).sum::<f64>()
        };
        (0..SIDE).map(at).collect()
    };
    let (across, down) = (line(&near), line(&far));
    Image::from_fn(size(SIDE, SIDE), Channels::Grey, |_, x, y| code_of_lightness(0.5 + across[x] + down[y]) as f32)
}

/// sRGB code of a grey of lightness L* / 100, above the linear segments of both curves.
fn code_of_lightness(lightness: f64) -> f64 {
    let luminance = ((lightness + 0.16) / 1.16).powi(3);
    1.055 * luminance.powf(1.0 / 2.4) - 0.055
}

/// The expected gain of a band: the response averaged over the gratings, weighted by their energy in the band.
fn expected(band: &BandGain, response: impl Fn(f64) -> f64) -> f64 {
    let energy = |cycles| (gaussian(band.sigmas[0], cycles) - gaussian(band.sigmas[1], cycles)).powi(2);
    let total: f64 = CYCLES.iter().map(|&cycles| energy(cycles)).sum();
    CYCLES.iter().map(|&cycles| energy(cycles) * response(cycles)).sum::<f64>() / total
}

/// In lightness, in which bands are taken, the hybrid is `high * near + low * far` with a Gaussian low-pass; the gains
/// must reproduce both responses to within 2 % of full scale.
#[test]
fn gains_of_a_linear_hybrid_are_its_responses() {
    let pair = Pair::new(gratings(|_| 1.0, |_| 0.0), gratings(|_| 0.0, |_| 1.0)).expect("pair");
    for sigma in [2.0, 4.0, 8.0] {
        let low = |cycles| gaussian(sigma, cycles);
        let high = |cycles| 1.0 - gaussian(sigma, cycles);
        let scores = score(&gratings(high, low), &pair, &Viewing::default(), &Execution::parallel()).expect("one size");
        assert_eq!(scores.bands.len(), 5);
        for band in &scores.bands {
            let [near_error, far_error] = [band.near_gain - expected(band, high), band.far_gain - expected(band, low)];
            assert!(
                near_error.abs() < 0.02 && far_error.abs() < 0.02,
                "sigma {sigma}, {near_error} {far_error}: {band:?}"
            );
        }
    }
}

/// What neither picture contains appears as residual, in the band that it is in.
#[test]
fn residual_is_what_neither_picture_explains() {
    let artefact = 32.0;
    let without = |cycles: f64| if (cycles - artefact).abs() < 0.5 { 0.0 } else { 1.0 };
    let pair = Pair::new(gratings(without, |_| 0.0), gratings(|_| 0.0, without)).expect("pair");
    let scored = |hybrid| score(&hybrid, &pair, &Viewing::default(), &Execution::parallel()).expect("one size");
    let clean = scored(gratings(without, |_| 0.0));
    assert!(clean.artefact_share() < 1e-4, "{}", clean.artefact_share());
    for band in &scored(gratings(|_| 1.0, |_| 0.0)).bands {
        let response = gaussian(band.sigmas[0], artefact) - gaussian(band.sigmas[1], artefact);
        let expected = AMPLITUDE * response / 2f64.sqrt();
        assert!((band.residual_rms - expected).abs() < 0.02 * AMPLITUDE, "{expected}: {band:?}");
    }
}
