//! Responses, and errors in options.

use nearfar_fourier::{FourierError, FrequencyResponse, NearGain, Options, Plan};
use nearfar_kernels::{Crossover, KernelError, Share};

use crate::support::{cycles_per_pixel, sigma, size};

const RESPONSES: [FrequencyResponse; 4] = [
    FrequencyResponse::Gaussian,
    FrequencyResponse::Butterworth { order: 1 },
    FrequencyResponse::Butterworth { order: 4 },
    FrequencyResponse::Ideal,
];

fn options() -> Options {
    Options { crossover: Some(cycles_per_pixel(0.1)), ..Options::classic() }
}

#[test]
fn response_is_one_half_at_the_crossover() {
    for cycles in [1e-300, 0.001, 0.08, 0.5] {
        for response in RESPONSES {
            let curve = response.curve(cycles_per_pixel(cycles)).unwrap();
            assert!((curve.at(0.0) - 1.0).abs() < 1e-12, "{response:?}");
            if cycles > 1e-100 {
                assert!((curve.at(cycles) - 0.5).abs() < 1e-12, "{response:?}");
            }
        }
    }
}

#[test]
fn response_never_rises_and_stays_in_range() {
    let wiener = FrequencyResponse::Wiener { near_weight: 0.1, far_weight: 1.0, sigma: 3.0 };
    for response in RESPONSES.into_iter().chain([wiener]) {
        let curve = response.curve(cycles_per_pixel(0.1)).unwrap();
        let gains: Vec<f64> = (0..=2000).map(|i| curve.at(f64::from(i) * 0.01)).collect();
        assert!(gains.iter().all(|gain| (0.0..=1.0).contains(gain)), "{response:?}");
        assert!(gains.windows(2).all(|pair| pair[1] <= pair[0]), "{response:?}");
    }
}

#[test]
fn response_gaussian_is_the_transform_of_a_gaussian() {
    let curve = FrequencyResponse::Gaussian.curve(sigma(3.0)).unwrap();
    for f in [0.0, 0.02, 0.0625, 0.2] {
        let expected = (-2.0 * (std::f64::consts::PI * 3.0 * f).powi(2)).exp();
        assert!((curve.at(f) - expected).abs() < 1e-12);
    }
}

#[test]
fn response_wiener_is_one_half_where_the_weights_imply() {
    let (near_weight, far_weight, sigma) = (0.1, 1.0, 3.0f64);
    // Its own parameters count, not the given crossover.
    let curve = FrequencyResponse::Wiener { near_weight, far_weight, sigma }.curve(cycles_per_pixel(0.3)).unwrap();
    let crossover = (far_weight / near_weight).ln().sqrt() / (std::f64::consts::TAU * sigma);
    assert!((curve.at(crossover) - 0.5).abs() < 1e-12);
    assert!((curve.at(0.0) - far_weight / (near_weight + far_weight)).abs() < 1e-12);
}

#[test]
fn options_without_a_crossover_are_refused() {
    for low in RESPONSES {
        let error = Plan::new(size(64, 64), &Options { low, ..Options::classic() }).unwrap_err();
        assert_eq!(error, FourierError::NoCrossover);
    }
}

#[test]
fn options_with_bad_numbers_are_refused() {
    let refused = |options: Options| Plan::new(size(64, 64), &options).unwrap_err();
    for gain in [-0.1, 1e30, f64::NAN, f64::INFINITY] {
        let error = refused(Options { near_gain: NearGain::Uniform(gain), ..options() });
        assert!(matches!(error, FourierError::NearGain { .. }), "{error}");
    }
    for (strength, most) in [(-0.1, 2.0), (f64::NAN, 2.0), (f64::INFINITY, 2.0), (1.0, 0.9), (1.0, f64::NAN)] {
        let error = refused(Options { near_gain: NearGain::Matched { strength, most }, ..options() });
        assert!(matches!(error, FourierError::MatchedGain { .. }), "{error}");
    }
    let share = Some(Share { color: 1.5, ..Share::default() });
    assert!(matches!(
        refused(Options { share, ..options() }),
        FourierError::Share(KernelError::Share { name: "far colour", .. })
    ));
    let low = FrequencyResponse::Butterworth { order: 0 };
    assert_eq!(refused(Options { low, ..options() }), FourierError::Order { order: 0 });
    for (near_weight, far_weight) in [(0.0, 1.0), (1.0, 0.0), (-1.0, 1.0), (1.0, f64::NAN), (f64::INFINITY, 1.0)] {
        let low = FrequencyResponse::Wiener { near_weight, far_weight, sigma: 3.0 };
        let error = refused(Options { low, ..options() });
        assert!(matches!(error, FourierError::Weights { .. }), "{error}");
    }
    for sigma in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-200, 1e200] {
        let low = FrequencyResponse::Wiener { near_weight: 1.0, far_weight: 1.0, sigma };
        let error = refused(Options { low, ..options() });
        assert!(matches!(error, FourierError::Sigma(_)), "{error}");
    }
}

#[test]
fn plans_are_equal_if_sizes_and_options_are() {
    let plan = |side, options: Options| Plan::new(size(side, 8), &options).unwrap();
    let other = Options { high: Some(cycles_per_pixel(0.2)), ..options() };
    assert_eq!(plan(8, options()), plan(8, options()));
    assert_ne!(plan(8, options()), plan(9, options()));
    assert_ne!(plan(8, options()), plan(8, other));
    assert_eq!((plan(8, other).size(), plan(8, other).options()), (size(8, 8), &other));
}

#[test]
fn options_errors_say_what_and_why() {
    let options = Options { near_gain: NearGain::Uniform(-2.0), ..options() };
    let message = Plan::new(size(8, 8), &options).unwrap_err().to_string();
    assert_eq!(message, "the near gain is -2; it must be a number from 0 to 1000");
}

#[cfg(feature = "serde")]
#[test]
fn options_round_trip_through_text() {
    let options = Options {
        crossover: Some(cycles_per_pixel(0.05)),
        low: FrequencyResponse::Wiener { near_weight: 0.1, far_weight: 1.0, sigma: 3.0 },
        high: Some(Crossover::per_pixel(0.0625).unwrap()),
        near_gain: NearGain::Matched { strength: 1.3, most: 1.8 },
        colors: nearfar_kernels::Colors::Luma,
        share: Some(Share { color: 0.3, ..Share::default() }),
        out_of_range: nearfar_fourier::OutOfRange::LocalGain,
        ..Options::classic()
    };
    let text = serde_json::to_string(&options).unwrap();
    assert!(text.starts_with(r#"{"crossover":0.05,"low":{"wiener":{"near-weight":0.1,"#), "{text}");
    assert!(text.contains(r#""high":0.0625,"near-gain":{"matched":{"strength":1.3,"most":1.8}}"#), "{text}");
    assert!(text.contains(r#""colors":"luma","share":{"near-color":1.0,"color":0.3,"#), "{text}");
    assert_eq!(serde_json::from_str::<Options>(&text).unwrap(), options);
    assert_eq!(serde_json::from_str::<Options>("{}").unwrap(), Options::default());
    assert!(serde_json::from_str::<Options>(r#"{"crossover": 0.6}"#).is_err());
    assert!(serde_json::from_str::<Options>(r#"{"near_gain": 1}"#).is_err());
}
