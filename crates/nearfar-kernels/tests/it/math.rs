use fearless_simd::{Level, dispatch};
use nearfar_image::TransferFunction;
use nearfar_kernels::{Curve, math, transfer, with_curve};

use super::executions;

/// Applies a vector function to a slice with the instructions of a level.
macro_rules! apply {
    ($level:expr, $xs:expr, |$simd:ident, $v:ident| $body:expr) => {{
        let mut out = vec![0.0f32; $xs.len()];
        let level: Level = $level;
        dispatch!(level, $simd => {
            let mut i = 0;
            while i < $xs.len() {
                let $v = math::load($simd, &$xs, i);
                math::store($simd, &mut out, i, $body);
                i += 4;
            }
        });
        out
    }};
}

fn assert_relative(name: &str, xs: &[f32], found: &[f32], expected: impl Fn(f64) -> f64, bound: f64) {
    for (&x, &y) in xs.iter().zip(found) {
        let e = expected(f64::from(x));
        let error = (f64::from(y) - e).abs() / e.abs();
        assert!(error < bound, "{name}({x:e}) = {y:e}, not {e:e}: relative error {error:.2e}");
    }
}

/// Every exponent with many mantissas: all magnitudes of light and codes.
fn positive_floats(from: f32, to: f32) -> Vec<f32> {
    (from.to_bits()..to.to_bits()).step_by(9973).map(f32::from_bits).collect()
}

#[test]
fn pow_is_within_its_error_bound() {
    let xs = positive_floats(1e-12, 4.0);
    for execution in executions() {
        for exponent in [1.2f64, 2.2, 1.4, 2.4, 1.0 / 2.2 - 1.0, 1.0 / 2.4 - 1.0, 1.0, 0.5] {
            let found = apply!(execution.level(), xs, |simd, v| math::pow(simd, v, exponent));
            let name = format!("{execution:?} pow {exponent}");
            assert_relative(&name, &xs, &found, |x| x.powf(exponent), 4e-7);
        }
    }
}

#[test]
fn pow_of_zero_is_finite() {
    for execution in executions() {
        let low = apply!(execution.level(), [0.0f32], |simd, v| math::pow(simd, v, 1.2));
        let high = apply!(execution.level(), [0.0f32], |simd, v| math::pow(simd, v, -0.545));
        assert!(low[0] < 1e-37 && high[0].is_finite());
    }
}

#[test]
fn exp_and_sigmoid_are_within_their_error_bounds() {
    let xs: Vec<f32> = (-8600..8600).map(|i| i as f32 * 0.01).collect();
    for execution in executions() {
        let found = apply!(execution.level(), xs, |simd, v| math::exp_block(simd, [v])[0]);
        assert_relative("exp", &xs, &found, f64::exp, 3e-7);
        let found = apply!(execution.level(), xs, |simd, v| math::sigmoid_block(simd, [v])[0]);
        assert_relative("sigmoid", &xs, &found, |x| 1.0 / (1.0 + (-x).exp()), 5e-7);
        assert!(xs.iter().zip(&found).all(|(&x, &y)| y > 0.0 && (y < 1.0 || x > 16.0)));
    }
}

#[test]
fn curves_agree_with_their_definition() {
    let codes = positive_floats(1e-6, 1.5);
    for execution in executions() {
        for curve in [TransferFunction::Identity, TransferFunction::Power22, TransferFunction::Srgb] {
            let level = execution.level();
            let exact = |f: fn(TransferFunction, f32) -> f32| move |x: f64| f64::from(f(curve, x as f32));
            let mut light = vec![0.0; codes.len()];
            transfer::decode_row(level, curve, &codes, &mut light);
            assert_relative("decode", &codes, &light, exact(TransferFunction::decode), 1e-6);
            let mut back = light.clone();
            transfer::encode_in_place(level, curve, 0.0, &mut back);
            assert_relative("encode", &light, &back, exact(TransferFunction::encode), 1e-6);
            let slope = with_curve!(curve, C => apply!(level, codes, |simd, v| C::decode(simd, [v]).1[0]));
            assert_relative("decode slope", &codes, &slope, exact(TransferFunction::decode_slope), 1e-6);
            let slope = with_curve!(curve, C => apply!(level, light, |simd, v| C::encode(simd, [v]).1[0]));
            assert_relative("encode slope", &light, &slope, exact(TransferFunction::encode_slope), 1e-6);
        }
    }
}
