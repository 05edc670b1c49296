//! Filtering whole rows: the two loops that every blur is made of.

use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch};

use crate::math::{load, store};

/// Vectors that are summed side by side: enough independent sums to hide the latency of multiply-add, few enough for the
/// registers of AVX2.
const BLOCK: usize = 4;

/// `target[x] = sum over k of weights[k] * row(k)[x]`: one output row of a filter down the columns.
pub fn combine<'a>(level: Level, weights: &[f32], row: impl Fn(usize) -> &'a [f32], target: &mut [f32]) {
    dispatch!(level, simd => combine_with(simd, weights, &row, target));
}

/// `target[x] = sum over k of weights[k] * line[x + k]`: a filter along a row that was padded for its border.
///
/// # Panics
///
/// If `line` is shorter than `target` and the weights need.
pub fn correlate(level: Level, weights: &[f32], line: &[f32], target: &mut [f32]) {
    assert!(line.len() + 1 >= target.len() + weights.len(), "the line is padded on both sides");
    dispatch!(level, simd => weighted_sums(simd, weights, |k, x| load(simd, line, x + k), target));
}

#[inline(always)]
fn combine_with<'a, S: Simd>(simd: S, weights: &[f32], row: &impl Fn(usize) -> &'a [f32], target: &mut [f32]) {
    weighted_sums(simd, weights, |k, x| load(simd, row(k), x), target);
}

#[inline(always)]
fn weighted_sums<S: Simd>(simd: S, weights: &[f32], sample: impl Fn(usize, usize) -> S::f32s, target: &mut [f32]) {
    for x in (0..target.len()).step_by(BLOCK * S::f32s::LEN) {
        let mut sums = [S::f32s::splat(simd, 0.0); BLOCK];
        for (k, &weight) in weights.iter().enumerate() {
            let weight = S::f32s::splat(simd, weight);
            for (j, sum) in sums.iter_mut().enumerate() {
                *sum = sample(k, x + j * S::f32s::LEN).mul_add(weight, *sum);
            }
        }
        for (j, sum) in sums.into_iter().enumerate() {
            store(simd, target, x + j * S::f32s::LEN, sum);
        }
    }
}
