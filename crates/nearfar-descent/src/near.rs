//! The term that wants the picture to equal the near picture.

use fearless_simd::{Level, Simd, SimdBase, dispatch};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::{
    Border,
    math::{load_block, store_block},
    rows,
};

use crate::{ColorMetric, loss::VectorSum, metric::MetricMatrix};

/// `weight * |y - target|^2 + detail_weight * |D (y - target)|^2`: the picture is wanted equal to `target`, pixel by pixel
/// and code by code, and so are its details, the differences `D` between neighbouring pixels, to the right and down.
///
/// The second part leaves the picture free to be lighter or darker than the target as long as it is smoothly so. Without
/// it the cheapest way to brighten a dark region is to turn some of its pixels white, since light grows faster than codes:
/// noise is blown up into speckle.
#[derive(Clone, Debug)]
pub struct NearTerm<'a> {
    target: &'a Image<Encoded>,
    weight: f64,
    detail_weight: f64,
    metric: ColorMetric,
}

/// Unweighted losses of the pixels and of the details.
pub(crate) type NearLosses = [f64; 2];

impl<'a> NearTerm<'a> {
    /// A term that wants `target`, pixels and details.
    #[must_use]
    pub fn new(target: &'a Image<Encoded>, weight: f64, detail_weight: f64, metric: ColorMetric) -> Self {
        Self { target, weight, detail_weight, metric }
    }

    /// The picture that is wanted.
    #[must_use]
    pub fn target(&self) -> &'a Image<Encoded> {
        self.target
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
}

/// The residuals `picture - target` of the last three rows, padded by a sample on either side.
#[derive(Debug)]
pub(crate) struct NearBuffers {
    /// For each row, number modulo 3, and channel.
    lines: Vec<f32>,
    line_len: usize,
}

impl NearBuffers {
    pub(crate) fn new(term: &NearTerm<'_>) -> Self {
        let line_len = term.target.size().width() + 2;
        Self { lines: vec![0.0; 3 * term.target.channels().count() * line_len], line_len }
    }
}

/// One pass of a [`NearTerm`] down a strip of rows.
pub(crate) struct NearSweep<'a, const C: usize> {
    term: &'a NearTerm<'a>,
    level: Level,
    picture: &'a Image<Encoded>,
    buffers: &'a mut NearBuffers,
    /// The first row whose residual is not at hand.
    next: usize,
}

impl<'a, const C: usize> NearSweep<'a, C> {
    /// A pass from row `first` on.
    pub(crate) fn new(
        term: &'a NearTerm<'a>,
        level: Level,
        picture: &'a Image<Encoded>,
        buffers: &'a mut NearBuffers,
        first: usize,
    ) -> Self {
        Self { term, level, picture, buffers, next: first.saturating_sub(1) }
    }

    /// Writes the gradient of row `y` and returns its losses. Rows must be asked for in order, from the first.
    pub(crate) fn write_row(&mut self, y: usize, gradient: [&mut [f32]; C]) -> NearLosses {
        let (term, level, matrix) = (self.term, self.level, self.term.metric.matrix::<C>());
        let slopes = [term.weight, term.detail_weight].map(|weight| (2.0 * weight) as f32);
        if term.detail_weight <= 0.0 {
            let rows = [self.picture, term.target].map(|image| std::array::from_fn(|c| image.plane(c).row(y)));
            return [dispatch!(level, simd => pixels_row(simd, rows, matrix, slopes[0], gradient)), 0.0];
        }
        let last = term.target.size().height() - 1;
        while self.next <= (y + 1).min(last) {
            self.residual_row();
        }
        // Beyond the edge the residual is that of the row itself, so that the difference vanishes.
        let neighbours = [y.saturating_sub(1), y, (y + 1).min(last)].map(|y| self.residuals(y));
        dispatch!(level, simd => details_row(simd, neighbours, matrix, slopes, gradient))
    }

    /// The residuals of one of the last three rows.
    fn residuals(&self, y: usize) -> [&[f32]; C] {
        let NearBuffers { lines, line_len } = &self.buffers;
        std::array::from_fn(|c| &lines[(y % 3 * C + c) * line_len..][..*line_len])
    }

    /// Computes the residuals of the next row.
    fn residual_row(&mut self) {
        let (y, line_len) = (self.next, self.buffers.line_len);
        let lines = self.buffers.lines[y % 3 * C * line_len..].chunks_exact_mut(line_len);
        for ((picture, target), line) in self.picture.planes().zip(self.term.target.planes()).zip(lines) {
            let residual = &mut line[1..line_len - 1];
            dispatch!(self.level, simd => difference(simd, picture.row(y), target.row(y), residual));
            Border::Mirror.pad(line, 1);
        }
        self.next += 1;
    }
}

/// Vectors of each channel that are computed side by side.
const BLOCK: usize = 2;

/// Writes `slope * M (picture - target)` and returns the sum of `rᵀ M r`.
#[inline(always)]
fn pixels_row<S: Simd, const C: usize>(
    simd: S,
    rows: [[&[f32]; C]; 2],
    matrix: MetricMatrix,
    slope: f32,
    gradient: [&mut [f32]; C],
) -> f64 {
    let mut sum = VectorSum::new(simd);
    rows::update::<S, BLOCK, C, 2, 1>(
        simd,
        rows,
        [gradient],
        #[inline(always)]
        |[picture, targets], _, counted| {
            let mut residual = picture;
            for c in 0..C {
                for b in 0..BLOCK {
                    residual[c][b] -= targets[c][b];
                }
            }
            let (mut pull, form) = matrix.weigh(simd, &residual);
            sum.add(form, counted);
            for pull in pull.as_flattened_mut() {
                *pull *= slope;
            }
            [pull]
        },
    );
    sum.finish()
}

/// `residual = picture - target`.
#[inline(always)]
fn difference<S: Simd>(simd: S, picture: &[f32], target: &[f32], residual: &mut [f32]) {
    rows::update::<S, BLOCK, 1, 2, 1>(
        simd,
        [[picture], [target]],
        [[residual]],
        #[inline(always)]
        |[[mut picture], [target]], _, _| {
            for b in 0..BLOCK {
                picture[b] -= target[b];
            }
            [[picture]]
        },
    );
}

/// Writes the gradient of a row of residuals `r`, given with its neighbours above and below, each padded by one sample, and
/// returns the sums of `rᵀ M r` and of the same form of the differences to the right and down.
///
/// The gradient of the latter is `-2 M` times the discrete Laplacian of `r` with mirrored edges.
#[inline(always)]
fn details_row<S: Simd, const C: usize>(
    simd: S,
    [above, here, below]: [[&[f32]; C]; 3],
    matrix: MetricMatrix,
    [slope, detail_slope]: [f32; 2],
    mut gradient: [&mut [f32]; C],
) -> NearLosses {
    let width = gradient[0].len();
    let (slope, detail_slope) = (S::f32s::splat(simd, slope), S::f32s::splat(simd, detail_slope));
    let (mut pixels, mut details) = (VectorSum::new(simd), VectorSum::new(simd));
    for (i, x) in rows::blocks(width, S::f32s::LEN).enumerate() {
        let zero = [[S::f32s::splat(simd, 0.0)]; C];
        let (mut residual, mut right, mut down, mut pull) = (zero, zero, zero, zero);
        for c in 0..C {
            let at = |rows: &[&[f32]; C], x| -> S::f32s { load_block::<S, 1>(simd, rows[c], x)[0] };
            let r = at(&here, x + 1);
            residual[c][0] = r;
            right[c][0] = at(&here, x + 2) - r;
            down[c][0] = at(&below, x + 1) - r;
            let laplacian = (right[c][0] - (r - at(&here, x))) + (down[c][0] - (r - at(&above, x + 1)));
            pull[c][0] = r * slope - laplacian * detail_slope;
        }
        let counted = i * S::f32s::LEN - x..S::f32s::LEN.min(width - x);
        let (pull, _) = matrix.weigh(simd, &pull);
        let form = |r: &[[S::f32s; 1]; C]| matrix.weigh(simd, r).1;
        pixels.add(form(&residual), counted.clone());
        let ([along], [across]) = (form(&right), form(&down));
        details.add([along + across], counted);
        for (gradient, pull) in gradient.iter_mut().zip(pull) {
            store_block(simd, gradient, x, pull);
        }
    }
    [pixels.finish(), details.finish()]
}
