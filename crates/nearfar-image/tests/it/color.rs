//! Transfer functions.

use nearfar_image::{Channels, Encoded, Image, Linear, Size, TransferFunction};
use proptest::prelude::*;

const ALL: [TransferFunction; 3] = [TransferFunction::Identity, TransferFunction::Power22, TransferFunction::Srgb];

fn any_curve() -> impl Strategy<Value = TransferFunction> {
    prop::sample::select(&ALL[..])
}

/// Whether two numbers agree: relatively where `b` is above 1, absolutely below.
fn close(a: f32, b: f32, tolerance: f32) -> bool {
    (a - b).abs() <= tolerance * b.abs().max(1.0)
}

#[test]
fn curve_keeps_black_and_white() {
    for curve in ALL {
        for v in [0.0, 1.0] {
            assert!(close(curve.decode(v), v, 1e-7) && close(curve.encode(v), v, 1e-7), "{curve:?} {v}");
        }
    }
}

#[test]
fn curve_has_its_published_values() {
    let (power, srgb) = (TransferFunction::Power22, TransferFunction::Srgb);
    assert!(close(power.decode(0.5), 0.217_637_64, 1e-7));
    assert!(close(power.encode(0.5), 0.729_74, 1e-7));
    assert!(close(srgb.decode(0.5), 0.214_041_14, 1e-7));
    assert!(close(srgb.encode(0.5), 0.735_357, 1e-7));
    assert!(close(srgb.decode(0.04), 0.04 / 12.92, 1e-9));
    assert!(close(srgb.encode(0.18), 0.461_356_13, 1e-7));
}

#[test]
fn srgb_curve_is_continuous() {
    let srgb = TransferFunction::Srgb;
    let (below, above) = (0.04045_f32, 0.04045_f32.next_up());
    assert!((srgb.decode(above) - srgb.decode(below)).abs() < 2e-8);
    let (below, above) = (0.04045_f32 / 12.92, (0.04045_f32 / 12.92).next_up());
    assert!((srgb.encode(above) - srgb.encode(below)).abs() < 1e-6);
}

#[test]
fn slope_of_the_power_is_infinite_at_black() {
    assert!(TransferFunction::Power22.encode_slope(0.0).is_infinite());
    assert!(close(TransferFunction::Srgb.encode_slope(0.0), 12.92, 0.0));
    assert!(close(TransferFunction::Srgb.decode_slope(0.0), 1.0 / 12.92, 0.0));
}

proptest! {
    #[test]
    fn curve_round_trips(curve in any_curve(), v in -1.5_f32..1.5) {
        prop_assert!(close(curve.encode(curve.decode(v)), v, 1e-6));
        prop_assert!(close(curve.decode(curve.encode(v)), v, 1e-6));
    }

    #[test]
    fn curve_is_odd(curve in any_curve(), v in 0.0_f32..1.5) {
        prop_assert_eq!(curve.decode(-v).to_bits(), (-curve.decode(v)).to_bits());
        prop_assert_eq!(curve.encode(-v).to_bits(), (-curve.encode(v)).to_bits());
        prop_assert_eq!(curve.decode_slope(-v).to_bits(), curve.decode_slope(v).to_bits());
        prop_assert_eq!(curve.encode_slope(-v).to_bits(), curve.encode_slope(v).to_bits());
    }

    #[test]
    fn curve_rises(curve in any_curve(), v in 0.0_f32..1.5, step in 1e-4_f32..0.5) {
        prop_assert!(curve.decode(v + step) > curve.decode(v));
        prop_assert!(curve.encode(v + step) > curve.encode(v));
    }

    #[test]
    fn slope_is_the_central_difference(curve in any_curve(), v in 0.05_f32..1.2) {
        // Single precision needs a step this wide; the linear segment of sRGB lies outside it.
        let h = 4e-3;
        let difference = |f: &dyn Fn(f32) -> f32| (f(v + h) - f(v - h)) / (2.0 * h);
        let decode = difference(&|v| curve.decode(v));
        let encode = difference(&|v| curve.encode(v));
        prop_assert!(close(decode, curve.decode_slope(v), 2e-3), "{} {}", decode, curve.decode_slope(v));
        prop_assert!(close(encode, curve.encode_slope(v), 5e-3), "{} {}", encode, curve.encode_slope(v));
    }

    #[test]
    fn slope_on_the_linear_segment_is_the_difference(v in 0.0_f32..0.039) {
        let srgb = TransferFunction::Srgb;
        let h = 1e-3;
        prop_assert!(close((srgb.decode(v + h) - srgb.decode(v)) / h, srgb.decode_slope(v), 1e-4));
        prop_assert!(close((srgb.encode((v + h) / 12.92) - srgb.encode(v / 12.92)) / h * 12.92, srgb.encode_slope(v / 12.92), 1e-3));
    }

    #[test]
    fn slopes_are_reciprocal(curve in any_curve(), v in 0.001_f32..1.5) {
        prop_assert!(close(curve.decode_slope(v) * curve.encode_slope(curve.decode(v)), 1.0, 3e-5));
    }

    #[test]
    fn picture_is_converted_sample_by_sample(curve in any_curve(), w in 1_usize..9, h in 1_usize..9) {
        let size = Size::new(w, h).unwrap();
        let codes = Image::<Encoded>::from_fn(size, Channels::Rgb, |c, x, y| (x + 2 * y + c) as f32 / 30.0 - 0.1);
        let light: Image<Linear> = codes.decode(curve);
        for (light, &code) in light.samples().iter().zip(codes.samples()) {
            prop_assert_eq!(light.to_bits(), curve.decode(code).to_bits());
        }
        for (again, &light) in light.encode(curve).samples().iter().zip(light.samples()) {
            prop_assert_eq!(again.to_bits(), curve.encode(light).to_bits());
        }
    }
}
