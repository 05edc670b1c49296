//! Vector operations over whole pictures, chunk by chunk: the chunks go to threads, and partial sums are added in order, so
//! that no schedule changes a result.
//!
//! Samples are combined by plain closures. They are inlined into the loops here, which are compiled once for each
//! instruction set and which compilers vectorise well: there is nothing in them but arithmetic on neighbours.

use fearless_simd::dispatch;

use crate::Execution;

/// Samples that one task works on; a multiple of [`LANES`].
const CHUNK: usize = 1 << 15;

/// Samples that stay in the innermost cache while several vectors are gone through.
const BLOCK: usize = 512;

/// Sums that run side by side. One number for all instruction sets, so that their results are equal, too.
const LANES: usize = 32;

/// Samples that are added to each lane in single precision before the lanes are emptied into double precision.
const DEPTH: usize = 16;

/// The sum over all `i` of `term([sources[0][i], sources[1][i], ..])`.
///
/// # Panics
///
/// If the sources are not equally long.
pub fn sum<const N: usize>(execution: &Execution, sources: [&[f32]; N], term: impl Fn([f32; N]) -> f32 + Sync) -> f64 {
    let length = sources[0].len();
    assert!(sources.iter().all(|s| s.len() == length), "all sources have one length");
    let mut partial = vec![0.0; length.div_ceil(CHUNK)];
    let tasks = partial.iter_mut().zip((0..length).step_by(CHUNK)).collect();
    execution.for_each(tasks, |(partial, start)| {
        let chunk = sources.map(|s| &s[start..length.min(start + CHUNK)]);
        *partial = dispatch!(execution.level(), _simd => sum_chunk(chunk, &term));
    });
    partial.iter().sum()
}

/// The inner product of `a` and `b`.
///
/// # Panics
///
/// If they are not equally long.
#[must_use]
pub fn dot(execution: &Execution, a: &[f32], b: &[f32]) -> f64 {
    sum(execution, [a, b], |[a, b]| a * b)
}

/// `target[i] = value(target[i], [sources[0][i], sources[1][i], ..])` for all `i`.
///
/// # Panics
///
/// If the target and the sources are not equally long.
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

/// Inner products of all pairs of `vectors`, each sample counted `weight([state[0][i], state[1][i], ..])` times, which is
/// 0 or 1.
///
/// # Panics
///
/// If the vectors and the state are not equally long.
#[must_use]
pub fn gram<const N: usize>(
    execution: &Execution,
    vectors: &[&[f32]],
    state: [&[f32]; N],
    weight: impl Fn([f32; N]) -> f32 + Sync,
) -> Vec<Vec<f64>> {
    let length = state[0].len();
    assert!(vectors.iter().chain(&state).all(|v| v.len() == length), "all vectors have one length");
    let count = vectors.len();
    let mut partial = vec![0.0; length.div_ceil(CHUNK) * count * count];
    let tasks = partial.chunks_mut(count * count).zip((0..length).step_by(CHUNK)).collect();
    execution.for_each(tasks, |(partial, start)| {
        let range = start..length.min(start + CHUNK);
        dispatch!(execution.level(), _simd => gram_chunk(vectors, state, &weight, range.clone(), partial));
    });
    let product = |a: usize, b: usize| partial.chunks(count * count).map(|p| p[a.min(b) * count + a.max(b)]).sum();
    (0..count).map(|a| (0..count).map(|b| product(a, b)).collect()).collect()
}

/// `target[i] = value(weights[0] * target[i] + weights[1] * vectors[0][i] + .., [state[0][i], state[1][i], ..])`.
///
/// # Panics
///
/// If the target, the vectors and the state are not equally long, or there is not one weight for each.
pub fn combine<const N: usize>(
    execution: &Execution,
    target: &mut [f32],
    vectors: &[&[f32]],
    weights: &[f64],
    state: [&[f32]; N],
    value: impl Fn(f32, [f32; N]) -> f32 + Sync,
) {
    let length = target.len();
    assert!(vectors.iter().chain(&state).all(|v| v.len() == length), "the target and all vectors have one length");
    assert_eq!(weights.len(), 1 + vectors.len(), "one weight for the target and one for each vector");
    let tasks = target.chunks_mut(CHUNK).zip((0..length).step_by(CHUNK)).collect();
    execution.for_each(tasks, |(target, chunk)| {
        for (target, start) in target.chunks_mut(BLOCK).zip((chunk..).step_by(BLOCK)) {
            let range = start..start + target.len();
            dispatch!(execution.level(), _simd => {
                update_chunk(target, [], &|t, []| t * weights[0] as f32);
                for (vector, &weight) in vectors.iter().zip(&weights[1..]) {
                    update_chunk(target, [&vector[range.clone()]], &|t, [v]| t + weight as f32 * v);
                }
                update_chunk(target, state.map(|s| &s[range.clone()]), &value);
            });
        }
    });
}

/// Writes the upper half of the inner products over `range`.
#[inline(always)]
fn gram_chunk<const N: usize>(
    vectors: &[&[f32]],
    state: [&[f32]; N],
    weight: &impl Fn([f32; N]) -> f32,
    range: std::ops::Range<usize>,
    products: &mut [f64],
) {
    for start in range.clone().step_by(BLOCK) {
        let block = start..range.end.min(start + BLOCK);
        let mut weights = [0.0; BLOCK];
        let weights = &mut weights[..block.len()];
        update_chunk(weights, state.map(|s| &s[block.clone()]), &|_, state| weight(state));
        for (a, row) in products.chunks_mut(vectors.len()).enumerate() {
            for (product, b) in row[a..].iter_mut().zip(&vectors[a..]) {
                let factors = [weights as &[f32], &vectors[a][block.clone()], &b[block.clone()]];
                *product += sum_chunk(factors, &|[w, a, b]| w * a * b);
            }
        }
    }
}

#[inline(always)]
fn sum_chunk<const N: usize>(sources: [&[f32]; N], term: &impl Fn([f32; N]) -> f32) -> f64 {
    let length = sources[0].len();
    let mut total = 0.0;
    for start in (0..length).step_by(LANES * DEPTH) {
        let mut lanes = [0.0f32; LANES];
        let end = length.min(start + LANES * DEPTH);
        let whole = end - (end - start) % LANES;
        for i in (start..whole).step_by(LANES) {
            let block: [&[f32; LANES]; N] = sources.map(|s| s[i..i + LANES].first_chunk().expect("a whole block"));
            for (j, lane) in lanes.iter_mut().enumerate() {
                *lane += term(block.map(|b| b[j]));
            }
        }
        for i in whole..end {
            lanes[i - whole] += term(sources.map(|s| s[i]));
        }
        total += lanes.iter().map(|&v| f64::from(v)).sum::<f64>();
    }
    total
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
    use super::{CHUNK, combine, dot, gram, sum, update};
    use crate::{Execution, InstructionSet};

    fn wave(length: usize, step: f32) -> Vec<f32> {
        (0..length).map(|i| (i as f32 * step).sin()).collect()
    }

    #[test]
    fn dot_equals_its_definition() {
        let execution = Execution::single_threaded();
        for length in [0, 1, 31, 32, 33, 511, 512, 1000, CHUNK - 1, CHUNK + 1, 3 * CHUNK + 77] {
            let (a, b) = (wave(length, 0.1), wave(length, 0.3));
            let expected: f64 = a.iter().zip(&b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
            let found = dot(&execution, &a, &b);
            assert!((found - expected).abs() < 1e-7 * length as f64 + 1e-12, "{length}: {found}, not {expected}");
        }
    }

    #[test]
    fn inner_products_and_combinations_equal_their_definition() {
        let execution = Execution::with_threads(2).unwrap();
        for length in [1, 513, CHUNK + 700] {
            let vectors = [wave(length, 0.1), wave(length, 0.23), wave(length, 0.011)];
            let keep = |[v]: [f32; 1]| if v > 0.2 { 1.0 } else { 0.0 };
            let borrowed = vectors.each_ref().map(Vec::as_slice);
            let products = gram(&execution, &borrowed, [borrowed[1]], keep);
            for (a, row) in products.iter().enumerate() {
                for (b, &found) in row.iter().enumerate() {
                    let term = |i: usize| keep([vectors[1][i]]) * vectors[a][i] * vectors[b][i];
                    let expected: f64 = (0..length).map(|i| f64::from(term(i))).sum();
                    assert!((found - expected).abs() < 1e-6 * length as f64, "{found}, not {expected}");
                }
            }
            let mut target = vectors[0].clone();
            combine(&execution, &mut target, &borrowed[1..], &[2.0, -1.0, 0.5], [borrowed[2]], |t, [v]| t.max(v));
            for (i, &found) in target.iter().enumerate() {
                let sum = 2.0 * vectors[0][i] - vectors[1][i] + 0.5 * vectors[2][i];
                assert!((found - sum.max(vectors[2][i])).abs() < 1e-6);
            }
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
