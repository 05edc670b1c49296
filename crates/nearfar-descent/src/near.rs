//! The term that wants the picture to equal the near picture.

use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::rows;

use crate::{
    ColorMetric,
    detail::{self, Neighbours},
    loss::VectorSum,
};

/// `weight * |y - target|^2 + detail_weight * |D (y - target)|^2`: the picture is wanted equal to `target`, pixel by pixel
/// and code by code, and so are its details, the differences `D` between neighbouring pixels.
///
/// The second part leaves the picture free to be lighter or darker than the target as long as it is smoothly so. Without
/// it the cheapest way to brighten a dark region is to turn some of its pixels white, since light grows faster than codes:
/// noise is blown up into speckle.
#[derive(Clone, Debug)]
pub struct NearTerm {
    target: Image<Encoded>,
    weight: f64,
    detail_weight: f64,
    metric: ColorMetric,
}

impl NearTerm {
    /// A term that wants `target`, pixels and details.
    #[must_use]
    pub fn new(target: Image<Encoded>, weight: f64, detail_weight: f64, metric: ColorMetric) -> Self {
        Self { target, weight, detail_weight, metric }
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

    /// What the squared difference in detail is multiplied by.
    #[must_use]
    pub fn detail_weight(&self) -> f64 {
        self.detail_weight
    }

    /// Writes the gradient of the pixels' part for row `y` and returns its unweighted loss.
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

    /// Length of the line that [`Self::add_detail_row`] works in.
    pub(crate) fn line_len(&self) -> usize {
        (self.target.size().width() + 2) * self.target.channels().count()
    }

    /// Adds the gradient of the details' part for row `y` and returns its unweighted loss.
    pub(crate) fn add_detail_row<const C: usize>(
        &self,
        level: Level,
        y: usize,
        picture: &Image<Encoded>,
        line: &mut [f32],
        gradient: [&mut [f32]; C],
    ) -> f64 {
        let rows = |y| [picture, &self.target].map(|image| std::array::from_fn(|c| image.plane(c).row(y)));
        let last = self.target.size().height() - 1;
        let neighbours = Neighbours { above: rows(y.saturating_sub(1)), here: rows(y), below: rows((y + 1).min(last)) };
        let (matrix, slope) = (self.metric.matrix::<C>(), (2.0 * self.detail_weight) as f32);
        detail::add_row(level, neighbours, &matrix, slope, line, gradient)
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
