//! Row loops: the few that every blur, curve and sum is made of.

use std::ops::Range;

use fearless_simd::{Level, Select, Simd, SimdBase, SimdFloat, dispatch};
use nearfar_image::{Plane, PlaneMut};

use crate::{
    Execution,
    math::{MAX_LANES, load_block, store_block},
};

/// Rows that [`combine`] computes together, so that every input row is fetched once for all of them: a blur down the
/// columns is limited by memory traffic, not arithmetic.
pub const GROUP: usize = 4;

/// Vectors of each row that [`combine`] computes together: with [`GROUP`] rows, enough independent sums to hide the
/// latency of multiply-add, few enough for the registers of AVX2.
const COLUMNS: usize = 2;

/// Stride for rows of `n` samples, padded so that [`combine`] only meets whole vectors: worth it for rows shorter than
/// a few vectors.
#[must_use]
pub fn padded(n: usize) -> usize {
    n.next_multiple_of(COLUMNS * MAX_LANES)
}

/// Vectors that [`correlate`] computes together.
const ALONG: usize = 8;

/// Consecutive rows, `stride` samples apart, in at most two pieces. The last row may end early where no target needs
/// the rest.
#[derive(Clone, Copy, Debug)]
pub struct RowSpan<'a> {
    pieces: [&'a [f32]; 2],
    stride: usize,
}

impl<'a> RowSpan<'a> {
    /// The rows of `pieces[0]`, then those of `pieces[1]`.
    ///
    /// # Panics
    ///
    /// If `stride` is zero.
    #[must_use]
    pub fn new(pieces: [&'a [f32]; 2], stride: usize) -> Self {
        assert!(stride > 0, "rows have samples");
        Self { pieces, stride }
    }

    #[inline(always)]
    fn rows(self) -> impl Iterator<Item = &'a [f32]> {
        let [head, tail] = self.pieces;
        head.chunks(self.stride).chain(tail.chunks(self.stride))
    }
}

/// `targets[r][x] = sum over k of weights[k][r] * row k[x]`: a few output rows of a filter down the columns.
///
/// # Panics
///
/// If the targets differ in length or are longer than the rows.
pub fn combine(level: Level, weights: &[[f32; GROUP]], rows: RowSpan<'_>, targets: [&mut [f32]; GROUP]) {
    let width = targets[0].len();
    assert!(targets.iter().all(|target| target.len() == width), "all targets have one length");
    assert!(width <= rows.stride, "the targets are no longer than the rows");
    dispatch!(level, simd => combine_with(simd, weights, rows, targets));
}

/// `target[x] = sum over k of weights[k] * line[x + k]`: a filter along a row padded for its border.
///
/// # Panics
///
/// If `line` is too short for the target and the weights.
pub fn correlate(level: Level, weights: &[f32], line: &[f32], target: &mut [f32]) {
    assert!(line.len() + 1 >= target.len() + weights.len(), "the line is padded on both sides");
    dispatch!(level, simd => correlate_with(simd, weights, line, target));
}

/// Transposes a plane.
///
/// # Panics
///
/// If the width and height of the target are not the height and width of the source.
pub fn transpose(execution: &Execution, source: Plane<'_>, target: PlaneMut<'_>) {
    // Source rows that are read together, so that the samples of a target cache line are written together.
    const BLOCK: usize = 16;
    let (width, height) = (source.size().width(), source.size().height());
    assert_eq!(
        (target.size().width(), target.size().height()),
        (height, width),
        "the target is the source on its side"
    );
    let strips = target.into_strips(execution.rows_per_strip(width)).collect();
    execution.for_each(strips, |(first, strip): (usize, &mut [f32])| {
        for (block, rows) in source.samples().chunks(BLOCK * width).enumerate() {
            for (x, column) in (first..).zip(strip.chunks_exact_mut(height)) {
                let samples = rows.iter().skip(x).step_by(width);
                for (target, &sample) in column[block * BLOCK..].iter_mut().zip(samples) {
                    *target = sample;
                }
            }
        }
    });
}

/// Start indices of the blocks that cover `0..n`; the last overlaps the one before, if there is one.
#[inline(always)]
pub fn blocks(n: usize, block: usize) -> impl Iterator<Item = usize> {
    let last = n.saturating_sub(block);
    (0..n.div_ceil(block)).map(move |i| (i * block).min(last))
}

#[inline(always)]
fn combine_with<S: Simd>(simd: S, weights: &[[f32; GROUP]], rows: RowSpan<'_>, mut targets: [&mut [f32]; GROUP]) {
    let (width, block) = (targets[0].len(), COLUMNS * S::f32s::LEN);
    for x in blocks(width, block) {
        let mut sums = [[S::f32s::splat(simd, 0.0); COLUMNS]; GROUP];
        for (weights, row) in weights.iter().zip(rows.rows()) {
            let samples: [_; COLUMNS] = load_block(simd, row, x);
            for (sums, &weight) in sums.iter_mut().zip(weights) {
                let weight = S::f32s::splat(simd, weight);
                for (sum, sample) in sums.iter_mut().zip(&samples) {
                    *sum = sample.mul_add(weight, *sum);
                }
            }
        }
        for (sums, target) in sums.iter().zip(&mut targets) {
            store_block(simd, target, x, *sums);
        }
    }
}

#[inline(always)]
fn correlate_with<S: Simd>(simd: S, weights: &[f32], line: &[f32], target: &mut [f32]) {
    let block = ALONG * S::f32s::LEN;
    for x in blocks(target.len(), block) {
        let mut sums = [S::f32s::splat(simd, 0.0); ALONG];
        for (&weight, k) in weights.iter().zip(x..) {
            let samples: [_; ALONG] = load_block(simd, line, k);
            let weight = S::f32s::splat(simd, weight);
            for (sum, sample) in sums.iter_mut().zip(&samples) {
                *sum = sample.mul_add(weight, *sum);
            }
        }
        store_block(simd, target, x, sums);
    }
}

/// Maps rows of `C` channels to rows of `C` channels, `B` vectors of each at a time: `f` receives the inputs, the
/// current values of the outputs, and the range of samples that count, and returns the new values of the outputs. All
/// samples of a block count, except in a last block that overlaps the one before: results for samples that were already
/// mapped are dropped. In a row shorter than a block, the missing samples read as zero and their results are dropped.
///
/// # Panics
///
/// If the rows differ in length.
#[inline(always)]
pub fn update<S: Simd, const B: usize, const C: usize, const I: usize, const O: usize>(
    simd: S,
    inputs: [[&[f32]; C]; I],
    outputs: [[&mut [f32]; C]; O],
    mut f: impl FnMut([[[S::f32s; B]; C]; I], [[[S::f32s; B]; C]; O], Range<usize>) -> [[[S::f32s; B]; C]; O],
) {
    let n = outputs[0][0].len();
    assert!(inputs.as_flattened().iter().all(|row| row.len() == n), "all rows have one length");
    assert!(outputs.as_flattened().iter().all(|row| row.len() == n), "all rows have one length");
    let block = B * S::f32s::LEN;
    for (i, x) in blocks(n, block).enumerate() {
        // Plain counted loops, which unroll, so that all vectors stay in registers.
        let zero = [[S::f32s::splat(simd, 0.0); B]; C];
        let (mut given, mut held) = ([zero; I], [zero; O]);
        for i in 0..I {
            for c in 0..C {
                given[i][c] = load_block(simd, inputs[i][c], x);
            }
        }
        for o in 0..O {
            for c in 0..C {
                held[o][c] = load_block(simd, outputs[o][c], x);
            }
        }
        let counted = i * block - x..block.min(n - x);
        let mut new = f(given, held, counted.clone());
        if counted.start > 0 {
            for o in 0..O {
                for c in 0..C {
                    new[o][c] = select(simd, 0..counted.start, held[o][c], new[o][c]);
                }
            }
        }
        for o in 0..O {
            for c in 0..C {
                store_block(simd, outputs[o][c], x, new[o][c]);
            }
        }
    }
}

/// The samples of block `a` in `range`, those of block `b` elsewhere.
#[inline(always)]
pub fn select<S: Simd, const B: usize>(
    simd: S,
    range: Range<usize>,
    a: [S::f32s; B],
    mut b: [S::f32s; B],
) -> [S::f32s; B] {
    const PLACES: [f32; MAX_LANES] = [0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15.];
    let splat = |v: usize| S::f32s::splat(simd, v as f32);
    let places = S::f32s::from_slice(simd, &PLACES[..S::f32s::LEN]);
    for (i, (b, a)) in b.iter_mut().zip(a).enumerate() {
        let places = places + splat(i * S::f32s::LEN);
        let inside = places.simd_ge(splat(range.start)) & places.simd_lt(splat(range.end));
        *b = inside.select(a, *b);
    }
    b
}
