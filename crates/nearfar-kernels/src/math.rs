//! Vectorised powers and exponentials, generic over the instruction set.
//!
//! Every function is `#[inline(always)]`, so that it is compiled for the instruction set of its caller: call them
//! inside [`fearless_simd::dispatch!`]. Errors are measured against `f64` in `tests/it/math.rs`.

use fearless_simd::{Bytes, Simd, SimdBase, SimdFloat, SimdInt};

/// Loads the native vector that starts at `slice[i]`; places beyond the end read as zero.
#[inline(always)]
pub fn load<S: Simd>(simd: S, slice: &[f32], i: usize) -> S::f32s {
    let [lanes] = load_block(simd, slice, i);
    lanes
}

/// Stores a native vector from `slice[i]` on; lanes beyond the end are dropped.
#[inline(always)]
pub fn store<S: Simd>(simd: S, slice: &mut [f32], i: usize, value: S::f32s) {
    store_block(simd, slice, i, [value]);
}

/// Loads `B` native vectors that start at `slice[i]`; places beyond the end read as zero.
///
/// The one check doubles as the bounds check, so kernels need no separate code for the end of a row.
#[inline(always)]
pub fn load_block<S: Simd, const B: usize>(simd: S, slice: &[f32], i: usize) -> [S::f32s; B] {
    // The end of a row is copied and then loaded like the rest: a branch that yields vectors, instead of a place to
    // load them from, would keep all of them out of registers.
    let copy;
    let lanes = match slice.get(i..i + B * S::f32s::LEN) {
        Some(lanes) => lanes,
        None => {
            copy = end_of::<B>(slice, i);
            copy.as_flattened()
        }
    };
    let mut block = [S::f32s::splat(simd, 0.0); B];
    for (b, vector) in block.iter_mut().enumerate() {
        *vector = S::f32s::from_slice(simd, &lanes[b * S::f32s::LEN..][..S::f32s::LEN]);
    }
    block
}

/// Stores `B` native vectors from `slice[i]` on; lanes beyond the end are dropped.
#[inline(always)]
pub fn store_block<S: Simd, const B: usize>(_: S, slice: &mut [f32], i: usize, block: [S::f32s; B]) {
    match slice.get_mut(i..i + B * S::f32s::LEN) {
        Some(lanes) => store_lanes::<S, B>(block, lanes),
        None => {
            let mut copy = [[0.0; MAX_LANES]; B];
            store_lanes::<S, B>(block, copy.as_flattened_mut());
            store_end(slice, i, copy.as_flattened());
        }
    }
}

#[inline(always)]
fn store_lanes<S: Simd, const B: usize>(block: [S::f32s; B], lanes: &mut [f32]) {
    for (b, vector) in block.iter().enumerate() {
        vector.store_slice(&mut lanes[b * S::f32s::LEN..][..S::f32s::LEN]);
    }
}

/// Lanes of the widest supported vectors.
pub(crate) const MAX_LANES: usize = 16;

#[cold]
#[inline(never)]
fn end_of<const B: usize>(slice: &[f32], i: usize) -> [[f32; MAX_LANES]; B] {
    let mut end = [[0.0; MAX_LANES]; B];
    let rest = slice.get(i..).unwrap_or_default();
    let count = rest.len().min(B * MAX_LANES);
    end.as_flattened_mut()[..count].copy_from_slice(&rest[..count]);
    end
}

#[cold]
#[inline(never)]
fn store_end(slice: &mut [f32], i: usize, lanes: &[f32]) {
    let rest = slice.get_mut(i..).unwrap_or_default();
    let count = rest.len().min(lanes.len());
    rest[..count].copy_from_slice(&lanes[..count]);
}

/// `2^f` on `[-1/2, 1/2]`, highest power first: minimax, relative error 1.9e-9.
const EXP2: [f32; 7] =
    [1.534_581_2e-4, 1.339_993_1e-3, 9.618_489e-3, 5.550_328_8e-2, 2.402_264_7e-1, 6.931_472e-1, 1.0];

/// `ln(1 + z) / z` on `[sqrt(1/2) - 1, sqrt(2) - 1]`, highest power first: minimax, absolute error of `ln(1 + z)` 4.7e-9.
const LN: [f64; 9] = [
    8.693_979_813_7e-2,
    -1.457_616_830_75e-1,
    1.506_664_769_38e-1,
    -1.653_303_004_93e-1,
    1.993_898_545_57e-1,
    -2.500_328_386_31e-1,
    3.333_500_213_46e-1,
    -4.999_997_286_22e-1,
    9.999_998_816_33e-1,
];

/// A polynomial of several vectors at once: a single one would wait for each multiply-add to finish before the next.
#[inline(always)]
fn polynomial<S: Simd, const B: usize, const N: usize>(
    simd: S,
    x: [S::f32s; B],
    coefficients: [f32; N],
) -> [S::f32s; B] {
    let mut sums = [S::f32s::splat(simd, coefficients[0]); B];
    for &c in &coefficients[1..] {
        let c = S::f32s::splat(simd, c);
        for (sum, x) in sums.iter_mut().zip(&x) {
            *sum = sum.mul_add(*x, c);
        }
    }
    sums
}

/// `2^(whole + fraction)` for a whole number below 128 and a fraction of about `[-1/2, 1/2]`; whole numbers below -126
/// count as -126.
#[inline(always)]
fn exp2_parts<S: Simd, const B: usize>(simd: S, whole: [S::f32s; B], fraction: [S::f32s; B]) -> [S::f32s; B] {
    let mut powers = polynomial(simd, fraction, EXP2);
    for (power, whole) in powers.iter_mut().zip(&whole) {
        let exponent: S::i32s = whole.max(S::f32s::splat(simd, -126.0)).to_int();
        // Multiply by a power of 2 by adding to the exponent bits.
        let bits: S::i32s = power.bitcast();
        *power = (bits + (exponent << 23)).bitcast();
    }
    powers
}

/// `exp(x)` of several vectors, saturating outside about `[-87, 88]`; relative error below 3e-7 within.
#[inline(always)]
pub fn exp_block<S: Simd, const B: usize>(simd: S, x: [S::f32s; B]) -> [S::f32s; B] {
    // ln 2 in two parts, the first short enough for `whole * LN2_HIGH` to be exact.
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let splat = |v| S::f32s::splat(simd, v);
    let (mut whole, mut fraction) = (x, x);
    for b in 0..B {
        let x = x[b].max(splat(-88.0)).min(splat(88.7));
        whole[b] = (x * splat(std::f32::consts::LOG2_E)).round_ties_even();
        let rest = whole[b].mul_add(splat(-LN2_LOW), whole[b].mul_add(splat(-LN2_HIGH), x));
        fraction[b] = rest * splat(std::f32::consts::LOG2_E);
    }
    exp2_parts(simd, whole, fraction)
}

/// `x^exponent` for `x >= 0` and `|exponent| <= 4`; relative error below 4e-7 for normal `x` and normal results.
///
/// Zero and subnormal `x` count as about `2^-127`: a positive exponent gives nearly zero, a negative one a large number.
/// Results must be below `2^127`.
#[inline(always)]
pub fn pow<S: Simd>(simd: S, x: S::f32s, exponent: f64) -> S::f32s {
    let [power] = pow_block(simd, [x], exponent);
    power
}

/// [`pow`] of several vectors, whose long chains of multiply-adds overlap.
#[inline(always)]
pub fn pow_block<S: Simd, const B: usize>(simd: S, x: [S::f32s; B], exponent: f64) -> [S::f32s; B] {
    let splat = |v| S::f32s::splat(simd, v);
    // x = 2^k m with m in [sqrt(1/2), sqrt 2): subtracting the bits of sqrt(1/2) carries into the exponent field.
    let half_octave = S::i32s::splat(simd, std::f32::consts::FRAC_1_SQRT_2.to_bits() as i32);
    let (mut k, mut z) = ([splat(0.0); B], x);
    for (k, z) in k.iter_mut().zip(&mut z) {
        let bits: S::i32s = z.bitcast();
        let exponent = (bits - half_octave) >> 23;
        let m: S::f32s = (bits - (exponent << 23)).bitcast();
        (*k, *z) = (exponent.to_float(), m - splat(1.0));
    }
    // log2(x^exponent) = exponent * k + exponent * log2(m). The first term is large, and only its fraction matters:
    // with the exponent in two parts, the first short enough for k * high to be exact, no precision is lost.
    let high = f32::from_bits((exponent as f32).to_bits() & 0xffff_0000);
    let low = (exponent - f64::from(high)) as f32;
    let ratios = polynomial(simd, z, LN.map(|c| (c * exponent * std::f64::consts::LOG2_E) as f32));
    let (mut whole, mut fraction) = (k, z);
    for b in 0..B {
        let rest = ratios[b].mul_add(z[b], k[b] * splat(low));
        whole[b] = k[b].mul_add(splat(high), rest).round_ties_even();
        fraction[b] = k[b].mul_add(splat(high), -whole[b]) + rest;
    }
    exp2_parts(simd, whole, fraction)
}

/// `1 / (1 + exp(-x))` of several vectors; relative error below 5e-7, strictly between 0 and 1 for `x` in `[-87, 16]`.
#[inline(always)]
pub fn sigmoid_block<S: Simd, const B: usize>(simd: S, mut x: [S::f32s; B]) -> [S::f32s; B] {
    let one = S::f32s::splat(simd, 1.0);
    for x in &mut x {
        *x = -*x;
    }
    let mut powers = exp_block(simd, x);
    for power in &mut powers {
        *power = one / (one + *power);
    }
    powers
}
