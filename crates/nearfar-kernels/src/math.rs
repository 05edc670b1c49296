//! Vectorised powers and exponentials, generic over the instruction set.
//!
//! Every function is `#[inline(always)]`, so that it takes on the instruction set of its caller: call them inside
//! [`fearless_simd::dispatch!`]. Errors are measured against `f64` in `tests/it/math.rs`.

use fearless_simd::{Bytes, Simd, SimdBase, SimdFloat, SimdInt};

/// Loads the native vector that starts at `slice[i]`; places beyond the end are zero.
///
/// The one check doubles as the bounds check, so kernels need no separate code for the end of a row.
#[inline(always)]
pub fn load<S: Simd>(simd: S, slice: &[f32], i: usize) -> S::f32s {
    match slice.get(i..i + S::f32s::LEN) {
        Some(lanes) => S::f32s::from_slice(simd, lanes),
        None => S::f32s::from_fn(simd, |lane| slice.get(i + lane).copied().unwrap_or(0.0)),
    }
}

/// Stores a native vector from `slice[i]` on; lanes beyond the end are dropped.
#[inline(always)]
pub fn store<S: Simd>(_: S, slice: &mut [f32], i: usize, value: S::f32s) {
    match slice.get_mut(i..i + S::f32s::LEN) {
        Some(lanes) => value.store_slice(lanes),
        None => {
            for (sample, lane) in slice.iter_mut().skip(i).zip(value.as_slice()) {
                *sample = *lane;
            }
        }
    }
}

/// `ln(2)^k / k!` for k from 7 down to 0: the Taylor series of `2^f`. On `|f| <= 1/2` the first term left out is 5e-9.
const EXP2: [f32; 8] =
    [1.525_273_4e-5, 1.540_353e-4, 1.333_355_8e-3, 9.618_129e-3, 5.550_411e-2, 2.402_265e-1, 6.931_472e-1, 1.0];

/// `(ln(1 + z) - z + z^2 / 2) / z^3` on `[sqrt(1/2) - 1, sqrt(2) - 1]`, highest power first (Cephes, `logf.c`).
const LN: [f32; 9] = [
    7.037_683_6e-2,
    -1.151_461e-1,
    1.167_699_9e-1,
    -1.242_014_1e-1,
    1.424_932_3e-1,
    -1.666_805_8e-1,
    2.000_071_5e-1,
    -2.499_999_4e-1,
    3.333_333e-1,
];

#[inline(always)]
fn polynomial<S: Simd, const N: usize>(simd: S, x: S::f32s, coefficients: &[f32; N]) -> S::f32s {
    let mut sum = S::f32s::splat(simd, coefficients[0]);
    for &c in &coefficients[1..] {
        sum = sum.mul_add(x, S::f32s::splat(simd, c));
    }
    sum
}

/// `2^(whole + fraction)` for a whole number (clamped to `[-126, 127]`) and a fraction of about `[-1/2, 1/2]`.
#[inline(always)]
fn exp2_parts<S: Simd>(simd: S, whole: S::f32s, fraction: S::f32s) -> S::f32s {
    let whole = whole.max(S::f32s::splat(simd, -126.0)).min(S::f32s::splat(simd, 127.0));
    let exponent: S::i32s = whole.to_int();
    let scale: S::f32s = ((exponent + S::i32s::splat(simd, 127)) << 23).bitcast();
    polynomial(simd, fraction, &EXP2) * scale
}

/// `exp(x)`, saturating outside about `[-87, 88]`; relative error below 3e-7 within.
#[inline(always)]
pub fn exp<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    // ln 2 in two parts, the first with few enough bits that `whole * LN2_HIGH` is exact.
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = x.max(S::f32s::splat(simd, -88.0)).min(S::f32s::splat(simd, 88.7));
    let whole = (x * S::f32s::splat(simd, std::f32::consts::LOG2_E)).round_ties_even();
    let rest = x - whole * S::f32s::splat(simd, LN2_HIGH) - whole * S::f32s::splat(simd, LN2_LOW);
    exp2_parts(simd, whole, rest * S::f32s::splat(simd, std::f32::consts::LOG2_E))
}

/// `x^exponent` for `x >= 0` and `|exponent| <= 4`; relative error below 4e-7 for normal `x` and normal results.
///
/// Zero and subnormal `x` count as about `2^-127`: a positive exponent gives nearly zero, a negative one a large finite
/// number.
#[inline(always)]
pub fn pow<S: Simd>(simd: S, x: S::f32s, exponent: f64) -> S::f32s {
    // x = 2^k m with m in [sqrt(1/2), sqrt 2): subtracting the bits of sqrt(1/2) carries into the exponent field.
    let bits: S::i32s = x.bitcast();
    let k = (bits - S::i32s::splat(simd, std::f32::consts::FRAC_1_SQRT_2.to_bits() as i32)) >> 23;
    let m: S::f32s = (bits - (k << 23)).bitcast();
    let z = m - S::f32s::splat(simd, 1.0);
    let square = z * z;
    let tail = polynomial(simd, z, &LN) * z - S::f32s::splat(simd, 0.5);
    let ln_m = tail.mul_add(square, z);
    // k * exponent is large and all but its fraction is dropped: with the exponent in two parts, the first short enough
    // for k * high to be exact, nothing is lost on the way.
    let high = f32::from_bits((exponent as f32).to_bits() & 0xffff_0000);
    let low = (exponent - f64::from(high)) as f32;
    let k: S::f32s = k.to_float();
    let rest = k * low + ln_m * (exponent * std::f64::consts::LOG2_E) as f32;
    let whole = (k * high + rest).round_ties_even();
    exp2_parts(simd, whole, (k * high - whole) + rest)
}

/// `1 / (1 + exp(-x))`; relative error below 5e-7, strictly between 0 and 1 for `x` in `[-87, 16]`.
#[inline(always)]
pub fn sigmoid<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let one = S::f32s::splat(simd, 1.0);
    one / (one + exp(simd, -x))
}
