//! The term that wants the picture to equal the near picture.

use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::rows;

use crate::{ColorMetric, loss::VectorSum};

/// `weight * |y - target|^2`: the picture is wanted equal to `target`, pixel by pixel and code by code.
#[derive(Clone, Debug)]
pub struct NearTerm {
    target: Image<Encoded>,
    weight: f64,
    metric: ColorMetric,
}

impl NearTerm {
    /// A term that wants `target`.
    #[must_use]
    pub fn new(target: Image<Encoded>, weight: f64, metric: ColorMetric) -> Self {
        Self { target, weight, metric }
    }

    /// The picture that is wanted.
    #[must_use]
    pub fn target(&self) -> &Image<Encoded> {
        &self.target
    }

    /// What the squared difference is multiplied by.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// Writes the gradient of row `y` and returns its unweighted loss.
    pub(crate) fn write_row<const C: usize>(
        &self,
        level: Level,
        y: usize,
        picture: [&[f32]; C],
        gradient: [&mut [f32]; C],
    ) -> f64 {
        let targets = std::array::from_fn(|c| self.target.plane(c).row(y));
        let (matrix, slope) = (self.metric.matrix::<C>(), (2.0 * self.weight) as f32);
        dispatch!(level, simd => residual_row(simd, picture, targets, &matrix, slope, gradient))
    }
}

/// Vectors of each channel that are computed side by side.
const BLOCK: usize = 2;

/// Writes `slope * M (picture - target)` and returns the sum of `rᵀ M r`.
#[inline(always)]
fn residual_row<S: Simd, const C: usize>(
    simd: S,
    picture: [&[f32]; C],
    targets: [&[f32]; C],
    matrix: &[[f32; C]; C],
    slope: f32,
    gradient: [&mut [f32]; C],
) -> f64 {
    let mut sum = VectorSum::new(simd);
    rows::update::<S, BLOCK, C, 2, 1>(
        simd,
        [picture, targets],
        [gradient],
        #[inline(always)]
        |[picture, targets], _, inside| {
            let mut residual = picture;
            for c in 0..C {
                for b in 0..BLOCK {
                    residual[c][b] -= targets[c][b];
                }
            }
            let (mut pull, form) = weigh(simd, matrix, &residual);
            sum.add(form, inside);
            for pull in pull.as_flattened_mut() {
                *pull *= slope;
            }
            [pull]
        },
    );
    sum.finish()
}

/// `M r` and `rᵀ M r` of residuals `r`.
#[inline(always)]
pub(crate) fn weigh<S: Simd, const C: usize, const B: usize>(
    simd: S,
    matrix: &[[f32; C]; C],
    residual: &[[S::f32s; B]; C],
) -> ([[S::f32s; B]; C], [S::f32s; B]) {
    let mut weighed = [[S::f32s::splat(simd, 0.0); B]; C];
    let mut form = [S::f32s::splat(simd, 0.0); B];
    for b in 0..B {
        for i in 0..C {
            for j in 0..C {
                weighed[i][b] = residual[j][b].mul_add(S::f32s::splat(simd, matrix[i][j]), weighed[i][b]);
            }
            form[b] = weighed[i][b].mul_add(residual[i][b], form[b]);
        }
    }
    (weighed, form)
}
