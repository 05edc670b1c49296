//! Responses and what may be wrong with options.

use nearfar_fourier::{Cutoff, FourierError, FrequencyResponse, Options, Plan};

use crate::support::size;

fn responses(cutoff: Cutoff) -> [FrequencyResponse; 4] {
    [
        FrequencyResponse::Gaussian { cutoff },
        FrequencyResponse::Butterworth { cutoff, order: 1 },
        FrequencyResponse::Butterworth { cutoff, order: 4 },
        FrequencyResponse::Ideal { cutoff },
    ]
}

#[test]
fn response_is_one_half_at_the_cutoff() {
    let shape = size(300, 200);
    let cutoffs = [Cutoff::CyclesPerPicture(16.0), Cutoff::CyclesPerPixel(0.08), Cutoff::Sigma(0.187_390_625 / 0.08)];
    for cutoff in cutoffs {
        assert!((cutoff.cycles_per_pixel(shape).unwrap() - 0.08).abs() < 1e-9, "{cutoff:?}");
        for response in responses(cutoff) {
            let curve = response.curve(shape).unwrap();
            assert!((curve.at(cutoff.cycles_per_pixel(shape).unwrap()) - 0.5).abs() < 1e-12, "{response:?}");
            assert!((curve.at(0.0) - 1.0).abs() < 1e-12, "{response:?}");
        }
    }
}

#[test]
fn response_never_rises_and_stays_in_range() {
    let wiener = FrequencyResponse::Wiener { near_weight: 0.1, far_weight: 1.0, sigma: 3.0 };
    for response in responses(Cutoff::CyclesPerPixel(0.1)).into_iter().chain([wiener]) {
        let curve = response.curve(size(64, 64)).unwrap();
        let gains: Vec<f64> = (0..=2000).map(|i| curve.at(f64::from(i) * 0.01)).collect();
        assert!(gains.iter().all(|gain| (0.0..=1.0).contains(gain)), "{response:?}");
        assert!(gains.windows(2).all(|pair| pair[1] <= pair[0]), "{response:?}");
    }
}

#[test]
fn response_gaussian_is_the_transform_of_a_gaussian() {
    let curve = FrequencyResponse::Gaussian { cutoff: Cutoff::Sigma(3.0) }.curve(size(9, 9)).unwrap();
    for f in [0.0, 0.02, 0.0625, 0.2] {
        let expected = (-2.0 * (std::f64::consts::PI * 3.0 * f).powi(2)).exp();
        assert!((curve.at(f) - expected).abs() < 1e-12);
    }
}

#[test]
fn response_wiener_crosses_over_where_the_weights_say() {
    let (near_weight, far_weight, sigma) = (0.1, 1.0, 3.0f64);
    let curve = FrequencyResponse::Wiener { near_weight, far_weight, sigma }.curve(size(512, 512)).unwrap();
    let crossover = (far_weight / near_weight).ln().sqrt() / (std::f64::consts::TAU * sigma);
    assert!((curve.at(crossover) - 0.5).abs() < 1e-12);
    assert!((curve.at(0.0) - far_weight / (near_weight + far_weight)).abs() < 1e-12);
}

#[test]
fn options_with_bad_cutoffs_are_refused() {
    for value in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-200, 1e200] {
        for (cutoff, unit) in
            [(Cutoff::CyclesPerPicture(value), "cycles per picture"), (Cutoff::Sigma(value), "pixels (sigma)")]
        {
            for response in responses(cutoff) {
                for options in [
                    Options { low: response, ..Options::default() },
                    Options { high: Some(response), ..Options::default() },
                ] {
                    let error = Plan::new(size(64, 64), &options).unwrap_err();
                    assert!(matches!(error, FourierError::Cutoff { unit: u, .. } if u == unit), "{error}");
                }
            }
        }
    }
    let sigma = f64::NAN;
    let low = FrequencyResponse::Wiener { near_weight: 1.0, far_weight: 1.0, sigma };
    assert!(matches!(low.curve(size(4, 4)), Err(FourierError::Cutoff { .. })));
}

#[test]
fn options_with_bad_numbers_are_refused() {
    let refused = |options: Options| Plan::new(size(64, 64), &options).unwrap_err();
    for gain in [-0.1, f64::NAN, f64::INFINITY] {
        let error = refused(Options { near_gain: gain, ..Options::default() });
        assert!(matches!(error, FourierError::NearGain { .. }), "{error}");
    }
    let low = FrequencyResponse::Butterworth { cutoff: Cutoff::Sigma(3.0), order: 0 };
    assert_eq!(refused(Options { low, ..Options::default() }), FourierError::Order { order: 0 });
    for (near_weight, far_weight) in [(0.0, 1.0), (1.0, 0.0), (-1.0, 1.0), (1.0, f64::NAN), (f64::INFINITY, 1.0)] {
        let low = FrequencyResponse::Wiener { near_weight, far_weight, sigma: 3.0 };
        let error = refused(Options { low, ..Options::default() });
        assert!(matches!(error, FourierError::Weights { .. }), "{error}");
    }
}

#[test]
fn options_errors_say_what_and_why() {
    let options = Options { near_gain: -2.0, ..Options::default() };
    let message = Plan::new(size(8, 8), &options).unwrap_err().to_string();
    assert_eq!(message, "the near gain is -2; it must be a finite number, 0 or more");
}

#[cfg(feature = "serde")]
#[test]
fn options_are_read_as_they_are_written() {
    let options = Options {
        high: Some(FrequencyResponse::Wiener { near_weight: 0.1, far_weight: 1.0, sigma: 3.0 }),
        out_of_range: nearfar_fourier::OutOfRange::LocalGain,
        ..Options::default()
    };
    let text = serde_json::to_string(&options).unwrap();
    assert!(text.contains(r#""low":{"gaussian":{"cutoff":{"cycles-per-picture":24.0}}}"#), "{text}");
    assert!(text.contains(r#""out-of-range":"local-gain""#) && text.contains(r#""near-weight":0.1"#), "{text}");
    assert_eq!(serde_json::from_str::<Options>(&text).unwrap(), options);
    assert_eq!(serde_json::from_str::<Options>("{}").unwrap(), Options::default());
    assert!(serde_json::from_str::<Options>(r#"{"near_gain": 1}"#).is_err());
}
