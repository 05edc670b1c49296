//! The term that wants the picture, seen from afar, to equal the far picture seen from afar.

use fearless_simd::{Simd, SimdBase, SimdFloat, dispatch};
use nearfar_image::{Channels, Encoded, Image, Linear, TransferFunction};
use nearfar_kernels::{
    Curve, Execution, SeparableBlur,
    rows::{self, GROUP},
    transfer, with_curve,
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

/// Line buffers of one sweep of a [`SeenTerm`] over a strip of rows: one of each for every channel.
#[derive(Debug)]
pub(crate) struct SweepBuffers {
    channels: Vec<ChannelBuffers>,
}

#[derive(Debug)]
struct ChannelBuffers {
    /// The rows of light that the blur down the columns needs.
    light: Ring,
    /// Derivatives of light by code, from when a row is decoded until its gradient is computed.
    slopes: Ring,
    /// The rows that came back from the residual, blurred along the rows.
    back: Ring,
    /// A group of padded rows.
    lines: Vec<f32>,
    /// A group of rows.
    rows: Vec<f32>,
}

impl SweepBuffers {
    pub(crate) fn new(term: &SeenTerm) -> Self {
        let width = term.blur.size().width();
        let reach = term.blur.columns().reach();
        let channel = |_| ChannelBuffers {
            light: Ring::new(reach, width),
            // Two blurs lie between a row's light and its gradient.
            slopes: Ring::new(2 * reach, width),
            // Rows come in whole groups: at most one group more than the blur needs.
            back: Ring::new(reach + GROUP, width),
            lines: vec![0.0; GROUP * term.blur.line_len()],
            rows: vec![0.0; GROUP * width],
        };
        Self { channels: (0..term.target.channels().count()).map(channel).collect() }
    }
}

/// One pass of a [`SeenTerm`] down a strip of rows, which reads and writes each row once:
///
/// decode a row -> ring of light -> blur down -> blur along -> encode, residual, slope -> blur along -> ring -> blur down
/// -> gradient row. Rows outside the strip that the blur reaches are computed as well. Rows are blurred in groups.
pub(crate) struct Sweep<'a, const C: usize> {
    term: &'a SeenTerm,
    execution: &'a Execution,
    picture: &'a Image<Encoded>,
    channels: &'a mut [ChannelBuffers; C],
    matrix: [[f32; C]; C],
    /// Rows whose losses belong to this strip.
    strip: std::ops::Range<usize>,
    next_light: usize,
    next_back: usize,
}

impl<'a, const C: usize> Sweep<'a, C> {
    /// A pass over `strip`, which starts with a whole group.
    pub(crate) fn new(
        term: &'a SeenTerm,
        execution: &'a Execution,
        picture: &'a Image<Encoded>,
        buffers: &'a mut SweepBuffers,
        strip: std::ops::Range<usize>,
    ) -> Self {
        let columns = term.blur.columns();
        let first_group = columns.group(strip.start / GROUP).0 / GROUP;
        Self {
            term,
            execution,
            picture,
            channels: buffers.channels.as_mut_slice().try_into().expect("buffers for each channel"),
            matrix: term.metric.matrix(),
            strip,
            next_light: columns.group(first_group).0,
            next_back: first_group * GROUP,
        }
    }

    /// Adds to the gradient of the rows from `y` on, at most a group, each given as its channels. Groups must be asked for
    /// in order, from the strip's first. Writes the unweighted losses of those of the strip's rows that were met on the
    /// way.
    pub(crate) fn add_group(&mut self, y: usize, gradient: [&mut [f32]; C], losses: &mut [f64]) {
        let (start, weights) = self.term.blur.columns().group(y / GROUP);
        while self.next_back < start + weights.len() {
            self.residual_group(losses);
        }
        let width = self.picture.size().width();
        for (buffers, gradient) in self.channels.iter_mut().zip(gradient) {
            let ChannelBuffers { back, rows: filtered, slopes, .. } = buffers;
            // The columns' filter is symmetric (see `Border`), so its rows are those of its adjoint, too.
            rows::combine(self.execution.level(), weights, back.rows_from(start), group_of(filtered, width));
            let rows = gradient.chunks_exact_mut(width).zip(filtered.chunks_exact(width));
            for ((gradient, filtered), y) in rows.zip(y..) {
                dispatch!(self.execution.level(), simd => add_product(simd, filtered, slopes.row(y), gradient));
            }
        }
    }

    /// Computes the next group of rows of the residual, sends it back through the slope and the blur along the rows, and
    /// writes the unweighted losses of those that belong to the strip.
    fn residual_group(&mut self, losses: &mut [f64]) {
        let (term, level) = (self.term, self.execution.level());
        let (start, weights) = term.blur.columns().group(self.next_back / GROUP);
        while self.next_light < start + weights.len() {
            self.decode_row();
        }
        for ChannelBuffers { light, lines, .. } in self.channels.iter_mut() {
            rows::combine(level, weights, light.rows_from(start), term.blur.rows_of(lines));
        }
        let end = (self.next_back + GROUP).min(self.picture.size().height());
        for (i, y) in (self.next_back..end).enumerate() {
            let loss = self.residual_row(i, y);
            if self.strip.contains(&y) {
                losses[y - self.strip.start] = loss;
            }
        }
        self.next_back = end;
    }

    fn decode_row(&mut self) {
        let y = self.next_light;
        for (ChannelBuffers { light, slopes, .. }, plane) in self.channels.iter_mut().zip(self.picture.planes()) {
            let (codes, light, slopes) = (plane.row(y), light.row_mut(y), slopes.row_mut(y));
            with_curve!(self.term.transfer, K => dispatch!(self.execution.level(), simd =>
                decode_row::<_, K>(simd, codes, light, slopes)));
        }
        self.next_light += 1;
    }

    /// Row `y` of the residual, from line `i` of the lines to its place in the ring; returns its unweighted loss.
    fn residual_row(&mut self, i: usize, y: usize) -> f64 {
        let term = self.term;
        let (line_len, width) = (term.blur.line_len(), self.picture.size().width());
        let mut lines = self.channels.each_mut().map(|buffers| {
            let line = &mut buffers.lines[i * line_len..][..line_len];
            term.blur.along_row(self.execution, line, &mut buffers.rows[..width]);
            (line, &buffers.rows[..width], buffers.back.row_mut(y))
        });
        let targets = std::array::from_fn(|c| term.target.plane(c).row(y));
        let light = lines.each_ref().map(|(_, light, _)| *light);
        let pulls = lines.each_mut().map(|(line, ..)| term.blur.row_of(line));
        let slope = (2.0 * term.weight) as f32;
        let loss = with_curve!(term.transfer, K => dispatch!(self.execution.level(), simd =>
            residual_row::<_, K, C>(simd, light, targets, &self.matrix, term.light_floor, slope, pulls)));
        for (line, _, back) in &mut lines {
            term.blur.along_row(self.execution, line, back);
        }
        loss
    }
}

/// The rows of a group that stand one behind the other.
fn group_of(rows: &mut [f32], width: usize) -> [&mut [f32]; GROUP] {
    let mut rows = rows.chunks_exact_mut(width);
    [(); GROUP].map(|()| rows.next().expect("there are GROUP rows"))
}

/// Writes light and its derivative by code.
#[inline(always)]
fn decode_row<S: Simd, K: Curve>(simd: S, codes: &[f32], light: &mut [f32], slopes: &mut [f32]) {
    rows::update::<S, 8, 1, 1, 2>(
        simd,
        [[codes]],
        [[light], [slopes]],
        #[inline(always)]
        |[[codes]], _, _| {
            let (light, slopes) = K::decode(simd, codes);
            [[light], [slopes]]
        },
    );
}

/// Vectors of each channel whose residuals are computed side by side.
const BLOCK: usize = 2;

/// Writes `slope * M residual * encode'(light)` and returns the sum of `rᵀ M r`.
#[inline(always)]
fn residual_row<S: Simd, K: Curve, const C: usize>(
    simd: S,
    light: [&[f32]; C],
    targets: [&[f32]; C],
    matrix: &[[f32; C]; C],
    light_floor: f32,
    slope: f32,
    pulls: [&mut [f32]; C],
) -> f64 {
    let floor = S::f32s::splat(simd, light_floor);
    let mut sum = VectorSum::new(simd);
    rows::update::<S, BLOCK, C, 2, 1>(
        simd,
        [light, targets],
        [pulls],
        #[inline(always)]
        |[mut light, targets], [mut slopes], inside| {
            let mut residual = targets;
            for c in 0..C {
                for light in &mut light[c] {
                    *light = light.max(floor);
                }
                let (codes, code_slopes) = K::encode(simd, light[c]);
                for b in 0..BLOCK {
                    residual[c][b] = codes[b] - targets[c][b];
                    slopes[c][b] = code_slopes[b] * slope;
                }
            }
            let (mut pulls, form) = weigh(simd, matrix, &residual);
            sum.add(form, inside);
            for (pull, slope) in pulls.as_flattened_mut().iter_mut().zip(slopes.as_flattened()) {
                *pull *= *slope;
            }
            [pulls]
        },
    );
    sum.finish()
}

/// `gradient += a * b`.
#[inline(always)]
fn add_product<S: Simd>(simd: S, a: &[f32], b: &[f32], gradient: &mut [f32]) {
    rows::update::<S, 1, 1, 2, 1>(
        simd,
        [[a], [b]],
        [[gradient]],
        #[inline(always)]
        |[[[a]], [[b]]], [[[gradient]]], _| [[[a.mul_add(b, gradient)]]],
    );
}
