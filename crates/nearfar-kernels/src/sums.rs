//! Vector operations over whole pictures, chunk by chunk: chunks go to threads, and partial sums are added in order, so
//! that no schedule changes a result.
//!
//! Samples are combined by plain closures. They are inlined into the loops here, which are compiled once per
//! instruction set and which compilers vectorise well, since they contain only element-wise arithmetic.

use fearless_simd::{Simd, SimdBase, dispatch, f32x16, f64x8};

use crate::Execution;

/// Samples per task; a multiple of the number of lanes.
pub const CHUNK: usize = 1 << 15;

/// Independent sums.
const LANES: usize = 32;

/// Samples that are added in single precision before the lanes are flushed into double precision.
const BLOCK: usize = 16 * LANES;

/// The sum over all `i` of `term([sources[0][i], sources[1][i], ..])`.
///
/// # Panics
///
/// If the sources differ in length.
pub fn sum<const N: usize>(execution: &Execution, sources: [&[f32]; N], term: impl Fn([f32; N]) -> f32 + Sync) -> f64 {
    let length = sources[0].len();
    assert!(sources.iter().all(|s| s.len() == length), "all sources have one length");
    let mut partial = vec![0.0; length.div_ceil(CHUNK)];
    let tasks = partial.iter_mut().zip((0..length).step_by(CHUNK)).collect();
    execution.for_each(tasks, |(partial, start)| {
        let chunk = sources.map(|s| &s[start..length.min(start + CHUNK)]);
        *partial = dispatch!(execution.level(), simd => sum_chunk(simd, chunk, &term));
    });
    partial.iter().sum()
}

/// `target[i] = value(target[i], [sources[0][i], sources[1][i], ..])` for all `i`.
///
/// # Panics
///
/// If the target and the sources differ in length.
pub fn update<const N: usize>(
    execution: &Execution,
    target: &mut [f32],
    sources: [&[f32]; N],
    value: impl Fn(f32, [f32; N]) -> f32 + Sync,
) {
    let length = target.len();
    assert!(sources.iter().all(|s| s.len() == length), "the target and all sources have one length");
    let tasks = target.chunks_mut(CHUNK).zip((0..length).step_by(CHUNK)).collect();
    execution.for_each(tasks, |(target, start)| {
        let chunk = sources.map(|s| &s[start..start + target.len()]);
        dispatch!(execution.level(), _simd => update_chunk(target, chunk, &value));
    });
}

/// [`sum`] of one chunk on this thread, with the caller's vector instructions: call it inside
/// [`fearless_simd::dispatch!`].
#[inline(always)]
#[doc(hidden)]
pub fn sum_chunk<S: Simd, const N: usize>(simd: S, sources: [&[f32]; N], term: &impl Fn([f32; N]) -> f32) -> f64 {
    let length = sources[0].len();
    let mut terms = [0.0; BLOCK];
    let mut totals = [f64x8::splat(simd, 0.0); LANES / 8];
    for start in (0..length).step_by(BLOCK) {
        let count = BLOCK.min(length - start);
        let sources = sources.map(|s| &s[start..start + count]);
        for (i, value) in terms[..count].iter_mut().enumerate() {
            *value = term(sources.map(|s| s[i]));
        }
        terms[count..].fill(0.0);
        add_block(simd, &terms, &mut totals);
    }
    let [mut total, others @ ..] = totals;
    for other in others {
        total += other;
    }
    total.as_slice().iter().sum()
}

/// The inner product of two chunks; see [`sum_chunk`].
#[inline(always)]
#[doc(hidden)]
pub fn dot_chunk<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> f64 {
    sum_chunk(simd, [a, b], &|[a, b]| a * b)
}

/// Adds samples lane by lane, first in single, then in double precision. The vectors are explicit, since compilers do
/// not vectorise floating-point sums, and of one length for all instruction sets, so that results are equal on all of
/// them.
#[inline(always)]
fn add_block<S: Simd>(simd: S, terms: &[f32; BLOCK], totals: &mut [f64x8<S>; LANES / 8]) {
    let mut lanes = [f32x16::splat(simd, 0.0); LANES / 16];
    for part in terms.as_chunks::<LANES>().0 {
        for (lane, part) in lanes.iter_mut().zip(part.as_chunks::<16>().0) {
            *lane += f32x16::from_slice(simd, part);
        }
    }
    for (totals, lanes) in totals.as_chunks_mut::<2>().0.iter_mut().zip(lanes) {
        let (low, high) = simd.widen_f32x16(lanes);
        totals[0] += low;
        totals[1] += high;
    }
}

#[inline(always)]
fn update_chunk<const N: usize>(target: &mut [f32], sources: [&[f32]; N], value: &impl Fn(f32, [f32; N]) -> f32) {
    let length = target.len();
    let sources = sources.map(|s| &s[..length]);
    for (i, target) in target.iter_mut().enumerate() {
        *target = value(*target, sources.map(|s| s[i]));
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, sum, update};
    use crate::{Execution, InstructionSet};

    fn wave(length: usize, step: f32) -> Vec<f32> {
        (0..length).map(|i| (i as f32 * step).sin()).collect()
    }

    #[test]
    fn sum_of_products_equals_its_definition() {
        let execution = Execution::single_threaded();
        for length in [0, 1, 31, 32, 33, 511, 512, 1000, CHUNK - 1, CHUNK + 1, 3 * CHUNK + 77] {
            let (a, b) = (wave(length, 0.1), wave(length, 0.3));
            let expected: f64 = a.iter().zip(&b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
            let found = sum(&execution, [&a, &b], |[a, b]| a * b);
            assert!((found - expected).abs() < 1e-7 * length as f64 + 1e-12, "{length}: {found}, not {expected}");
        }
    }

    #[test]
    fn results_are_equal_for_any_threads_and_instructions() {
        let length = 5 * CHUNK + 12_345;
        let (a, b) = (wave(length, 0.01), wave(length, 0.37));
        let run = |execution: &Execution| {
            let mut target = a.clone();
            update(execution, &mut target, [&b], |a, [b]| (a - 0.3 * b).clamp(-0.5, 0.5));
            (sum(execution, [&a, &b, &target], |[a, b, c]| a * b - c), target)
        };
        let expected = run(&Execution::single_threaded());
        for threads in [2, 3, 7] {
            assert!(run(&Execution::with_threads(threads).unwrap()) == expected, "{threads} threads");
        }
        for set in [InstructionSet::Baseline, InstructionSet::Avx2, InstructionSet::Avx512] {
            if let Ok(execution) = Execution::single_threaded().with_instructions(set) {
                assert!(run(&execution) == expected, "{}", set.name());
            }
        }
    }
}
