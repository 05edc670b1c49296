//! The penalty of differences: their weighted squares. Every term sums its differences here.

use std::ops::Range;

use fearless_simd::{Level, Simd, SimdBase, dispatch};
use nearfar_kernels::rows;

use crate::loss::VectorSum;

/// Vectors of a row that are computed together.
const BLOCK: usize = 8;

/// The weighted sum of squares of residuals, and its slopes, a block of vectors at a time.
pub(crate) struct SquareSum<S: Simd> {
    slope: S::f32s,
    sum: VectorSum<S>,
}

impl<S: Simd> SquareSum<S> {
    /// Slopes are `slope` times the weighted residual: pass twice the term's weight.
    #[inline(always)]
    pub(crate) fn new(simd: S, slope: f32) -> Self {
        Self { slope: S::f32s::splat(simd, slope), sum: VectorSum::new(simd) }
    }

    /// Adds the samples of a block of residuals in the range `counted`, with their weights, and returns their slopes.
    #[inline(always)]
    pub(crate) fn add<const B: usize>(
        &mut self,
        residual: [S::f32s; B],
        weights: Option<[S::f32s; B]>,
        counted: Range<usize>,
    ) -> [S::f32s; B] {
        let (mut slopes, mut squares) = (residual, residual);
        for b in 0..B {
            let weighted = weights.map_or(residual[b], |weights| residual[b] * weights[b]);
            squares[b] = weighted * residual[b];
            slopes[b] = weighted * self.slope;
        }
        self.sum.add(squares, counted);
        slopes
    }

    #[inline(always)]
    pub(crate) fn finish(self) -> f64 {
        self.sum.finish()
    }
}

/// Writes the slopes `slope * weights * (found - wanted)` and returns the sum of `weights * (found - wanted)^2`.
pub(crate) fn squares(
    level: Level,
    [found, wanted]: [&[f32]; 2],
    weights: Option<&[f32]>,
    slope: f32,
    slopes: &mut [f32],
) -> f64 {
    match weights {
        None => dispatch!(level, simd => squares_with(simd, [[found], [wanted]], slope, slopes)),
        Some(weights) => {
            dispatch!(level, simd => squares_with(simd, [[found], [wanted], [weights]], slope, slopes))
        }
    }
}

/// [`squares`] for the rows `found, wanted` and optionally weights.
#[inline(always)]
fn squares_with<S: Simd, const I: usize>(simd: S, rows: [[&[f32]; 1]; I], slope: f32, slopes: &mut [f32]) -> f64 {
    let mut sum = SquareSum::new(simd, slope);
    rows::update::<S, BLOCK, 1, I, 1>(
        simd,
        rows,
        [[slopes]],
        #[inline(always)]
        |rows, _, counted| {
            let [mut residual] = rows[0];
            for b in 0..BLOCK {
                residual[b] -= rows[1][0][b];
            }
            [[sum.add(residual, (I > 2).then(|| rows[I - 1][0]), counted)]]
        },
    );
    sum.finish()
}

/// Where details may jump: differences at the target's own edges cost less, so that a broad change of tone ends at an
/// edge of the target instead of spilling over it as a halo.
///
/// A difference `d` of the target has weight `floor + (1 - floor) / (1 + (d / contrast)^2)`: the edge-stopping function
/// of
/// P. Perona, J. Malik, "Scale-space and edge detection using anisotropic diffusion", IEEE PAMI 12 (1990), with a floor.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct EdgeStop {
    /// The difference between neighbouring pixels, in codes, whose weight is about half; above 0.
    pub contrast: f64,
    /// The weight of the sharpest edges, `[0, 1]`; at 1 no edges are distinguished.
    pub floor: f64,
}

impl EdgeStop {
    /// Details may jump nowhere: all differences have weight 1.
    pub const NOWHERE: Self = Self { contrast: 1.0, floor: 1.0 };
}

impl Default for EdgeStop {
    /// Chosen by eye on faces, animals, objects and scenes: differences of 8 of 255 codes are edges, and the sharpest
    /// edges have next to no weight.
    fn default() -> Self {
        Self { contrast: 0.03, floor: 0.03 }
    }
}

impl EdgeStop {
    /// Writes the weights of the differences `next - here` of the target.
    pub(crate) fn weigh(self, level: Level, [next, here]: [&[f32]; 2], weights: &mut [f32]) {
        dispatch!(level, simd => weigh_with(simd, self, [next, here], weights));
    }
}

#[inline(always)]
fn weigh_with<S: Simd>(simd: S, stop: EdgeStop, [next, here]: [&[f32]; 2], weights: &mut [f32]) {
    const BLOCK: usize = 4;
    let splat = |v: f64| S::f32s::splat(simd, v as f32);
    let (one, floor, rest, scale) =
        (splat(1.0), splat(stop.floor), splat(1.0 - stop.floor), splat(1.0 / stop.contrast));
    rows::update::<S, BLOCK, 1, 2, 1>(
        simd,
        [[next], [here]],
        [[weights]],
        #[inline(always)]
        |[[mut edge], [here]], _, _| {
            for b in 0..BLOCK {
                let contrast = (edge[b] - here[b]) * scale;
                edge[b] = floor + rest / (contrast * contrast + one);
            }
            [[edge]]
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_match_the_definition() {
        for length in [1usize, 3, 16, 127, 128, 129, 1000] {
            let row = |pace: f32| -> Vec<f32> { (0..length).map(|i| (i as f32 * pace).sin()).collect() };
            let (found, wanted, weights) = (row(0.1), row(0.37), row(0.05).iter().map(|v| v * v).collect::<Vec<_>>());
            let mut slopes = vec![f32::NAN; length];
            for weights in [None, Some(&weights[..])] {
                let sum = squares(Level::new(), [&found, &wanted], weights, 1.5, &mut slopes);
                let mut expected = 0.0;
                for i in 0..length {
                    let (r, w) = (found[i] - wanted[i], weights.map_or(1.0, |w| w[i]));
                    expected += f64::from(w) * f64::from(r) * f64::from(r);
                    assert!((slopes[i] - 1.5 * w * r).abs() < 1e-6);
                }
                assert!((sum - expected).abs() < 1e-6 * expected.max(1.0), "{sum}, not {expected}");
            }
        }
    }

    #[test]
    fn edges_weigh_less_the_sharper_they_are() {
        let stop = EdgeStop { contrast: 0.03, floor: 0.1 };
        let (next, mut weights) = ([0.0, 0.03, 0.3, -0.03], [0.0; 4]);
        stop.weigh(Level::new(), [&next, &[0.0; 4]], &mut weights);
        for (found, expected) in weights.into_iter().zip([1.0, 0.55, 0.1 + 0.9 / 101.0, 0.55]) {
            assert!((found - expected).abs() < 1e-6, "{weights:?}");
        }
    }
}
