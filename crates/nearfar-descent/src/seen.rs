//! The term that wants the picture, seen from afar, to equal the far picture seen from afar.

use fearless_simd::{Simd, SimdBase, SimdFloat, dispatch};
use nearfar_image::{Channels, Encoded, Image, Linear, TransferFunction};
use nearfar_kernels::{
    Curve, Execution, SeparableBlur,
    math::{load, store},
    rows, transfer, with_curve,
};

use crate::{ColorMetric, loss::VectorSum, near::weigh, ring::Ring};

/// `weight * |seen(y) - seen(target)|^2` with `seen(p) = encode(blur(decode(p)))`: light is blurred, codes are compared.
///
/// Its gradient is `decode'(y) * Gᵀ(2 weight * residual * encode'(light))`.
#[derive(Clone, Debug)]
pub struct SeenTerm {
    blur: SeparableBlur,
    transfer: TransferFunction,
    target: Image<Encoded>,
    weight: f64,
    metric: ColorMetric,
    light_floor: f32,
}

impl SeenTerm {
    /// A term that wants a picture that looks like `far` through `blur`.
    ///
    /// Blurred light below `light_floor` counts as `light_floor`, in the value and in the slope alike: near black the
    /// power curve's slope is infinite and no display shows the difference.
    ///
    /// # Panics
    ///
    /// If `far` is not of the blur's size.
    #[must_use]
    pub fn new(
        far: &Image<Encoded>,
        blur: SeparableBlur,
        transfer: TransferFunction,
        weight: f64,
        metric: ColorMetric,
        light_floor: f32,
        execution: &Execution,
    ) -> Self {
        let target = see(far, &blur, transfer, light_floor, execution);
        Self { blur, transfer, target, weight, metric, light_floor }
    }

    /// What the squared difference is multiplied by.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// The far picture as seen from afar.
    #[must_use]
    pub fn target(&self) -> &Image<Encoded> {
        &self.target
    }
}

/// `encode(blur(decode(picture)))`.
fn see(
    picture: &Image<Encoded>,
    blur: &SeparableBlur,
    transfer: TransferFunction,
    light_floor: f32,
    execution: &Execution,
) -> Image<Encoded> {
    let level = execution.level();
    let mut light = Image::<Linear>::filled(picture.size(), Channels::Grey, 0.0);
    let mut seen = Image::filled(picture.size(), picture.channels(), 0.0);
    for (codes, seen) in picture.planes().zip(seen.planes_mut()) {
        transfer::decode_row(level, transfer, codes.samples(), light.samples_mut());
        blur.apply(execution, light.plane(0), seen);
    }
    let rows = seen.samples_mut().chunks_mut(picture.size().width()).collect();
    execution.for_each(rows, |row| transfer::encode_in_place(level, transfer, light_floor, row));
    seen
}

/// Line buffers of one sweep of a [`SeenTerm`] over a strip of rows.
#[derive(Debug)]
pub(crate) struct SweepBuffers {
    /// The rows of light that the blur down the columns needs, for each channel.
    light: Vec<Ring>,
    /// The rows that came back from the residual, blurred along the rows, for each channel.
    back: Vec<Ring>,
    /// One padded row for each channel.
    lines: Vec<Vec<f32>>,
    /// One row for each channel.
    rows: Vec<Vec<f32>>,
}

impl SweepBuffers {
    pub(crate) fn new(term: &SeenTerm) -> Self {
        let width = term.blur.size().width();
        let reach = term.blur.columns().reach();
        let channels = term.target.channels().count();
        Self {
            light: (0..channels).map(|_| Ring::new(reach, width)).collect(),
            back: (0..channels).map(|_| Ring::new(reach, width)).collect(),
            lines: vec![vec![0.0; term.blur.line_len()]; channels],
            rows: vec![vec![0.0; width]; channels],
        }
    }
}

/// One pass of a [`SeenTerm`] down a strip of rows, which reads and writes each row once:
///
/// decode a row -> ring of light -> blur down -> blur along -> encode, residual, slope -> blur along -> ring -> blur down
/// -> gradient row. Rows outside the strip that the blur reaches are computed as well.
pub(crate) struct Sweep<'a, const C: usize> {
    term: &'a SeenTerm,
    execution: &'a Execution,
    picture: &'a Image<Encoded>,
    buffers: &'a mut SweepBuffers,
    matrix: [[f32; C]; C],
    /// Rows whose losses belong to this strip.
    strip: std::ops::Range<usize>,
    next_light: usize,
    next_back: usize,
}

impl<'a, const C: usize> Sweep<'a, C> {
    pub(crate) fn new(
        term: &'a SeenTerm,
        execution: &'a Execution,
        picture: &'a Image<Encoded>,
        buffers: &'a mut SweepBuffers,
        strip: std::ops::Range<usize>,
    ) -> Self {
        let columns = term.blur.columns();
        let next_back = columns.row(strip.start).0;
        let next_light = columns.row(next_back).0;
        let matrix = term.metric.matrix();
        Self { term, execution, picture, buffers, matrix, strip, next_light, next_back }
    }

    /// Adds to the gradient of row `y`; rows must be asked for in order, from the strip's first. Writes the unweighted
    /// losses of those of the strip's rows that were met on the way.
    pub(crate) fn add_row(&mut self, y: usize, gradient: [&mut [f32]; C], losses: &mut [f64]) {
        let term = self.term;
        let level = self.execution.level();
        // The columns' filter is symmetric (see `Border`), so its rows are those of its adjoint, too.
        let (start, weights) = term.blur.columns().row(y);
        while self.next_back < start + weights.len() {
            let loss = self.residual_row(self.next_back);
            if self.strip.contains(&self.next_back) {
                losses[self.next_back - self.strip.start] = loss;
            }
            self.next_back += 1;
        }
        let SweepBuffers { back, rows: filtered, .. } = &mut *self.buffers;
        for (c, gradient) in gradient.into_iter().enumerate() {
            rows::combine(level, weights, |k| back[c].row(start + k), &mut filtered[c]);
            let codes = self.picture.plane(c).row(y);
            with_curve!(term.transfer, K => dispatch!(level, simd =>
                add_through_slope::<_, K>(simd, codes, &filtered[c], gradient)));
        }
    }

    /// Computes row `y` of the residual, sends it back through the slope and the blur along the row, and returns its
    /// unweighted loss.
    fn residual_row(&mut self, y: usize) -> f64 {
        let term = self.term;
        let level = self.execution.level();
        let (start, weights) = term.blur.columns().row(y);
        while self.next_light < start + weights.len() {
            for (plane, light) in self.picture.planes().zip(&mut self.buffers.light) {
                let light = light.row_mut(self.next_light);
                transfer::decode_row(level, term.transfer, plane.row(self.next_light), light);
            }
            self.next_light += 1;
        }
        let SweepBuffers { light, back, lines, rows: seen } = &mut *self.buffers;
        for ((light, line), seen) in light.iter().zip(lines.iter_mut()).zip(seen.iter_mut()) {
            rows::combine(level, weights, |k| light.row(start + k), term.blur.row_of(line));
            term.blur.along_row(self.execution, line, seen);
        }
        let targets: [&[f32]; C] = std::array::from_fn(|c| term.target.plane(c).row(y));
        let seen: &mut [Vec<f32>; C] = seen.as_mut_slice().try_into().expect("one row for each channel");
        let mut lines_of = lines.iter_mut();
        let pulls = std::array::from_fn(|_| term.blur.row_of(lines_of.next().expect("one line for each channel")));
        let light = seen.each_ref().map(Vec::as_slice);
        let slope = (2.0 * term.weight) as f32;
        let loss = with_curve!(term.transfer, K => dispatch!(level, simd =>
            residual_row::<_, K, C>(simd, light, targets, &self.matrix, term.light_floor, slope, pulls)));
        for (line, back) in lines.iter_mut().zip(back) {
            term.blur.along_row(self.execution, line, back.row_mut(y));
        }
        loss
    }
}

/// Writes `slope * M residual * encode'(light)` and returns the sum of `rᵀ M r`.
#[inline(always)]
fn residual_row<S: Simd, K: Curve, const C: usize>(
    simd: S,
    light: [&[f32]; C],
    targets: [&[f32]; C],
    matrix: &[[f32; C]; C],
    light_floor: f32,
    slope: f32,
    mut pulls: [&mut [f32]; C],
) -> f64 {
    let floor = S::f32s::splat(simd, light_floor);
    let inside = light[0].len();
    let mut sum = VectorSum::new(simd);
    for x in (0..inside).step_by(S::f32s::LEN) {
        let mut slopes = [floor; C];
        let residual: [S::f32s; C] = std::array::from_fn(|c| {
            let (code, slope) = K::encode(simd, load(simd, light[c], x).max(floor));
            slopes[c] = slope;
            code - load(simd, targets[c], x)
        });
        for (c, target) in pulls.iter_mut().enumerate() {
            let pull = weigh(simd, &matrix[c], &residual);
            sum.add(pull * residual[c], inside - x);
            store(simd, target, x, pull * slopes[c] * slope);
        }
    }
    sum.finish()
}

/// `gradient += back * decode'(codes)`.
#[inline(always)]
fn add_through_slope<S: Simd, K: Curve>(simd: S, codes: &[f32], back: &[f32], gradient: &mut [f32]) {
    for x in (0..codes.len()).step_by(S::f32s::LEN) {
        let (_, slope) = K::decode(simd, load(simd, codes, x));
        let sum = load(simd, back, x).mul_add(slope, load(simd, gradient, x));
        store(simd, gradient, x, sum);
    }
}
