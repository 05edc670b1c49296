//! The far term on the full grid: one pass down the rows.

use fearless_simd::{Level, Simd, SimdFloat, dispatch};
use nearfar_image::{Encoded, Image, TransferFunction};
use nearfar_kernels::{
    Curve, Execution, SeparableBlur,
    rows::{self, GROUP},
    transfer, with_curve,
};

use crate::{SeenTerm, ring::Ring};

/// Line buffers of one sweep of a [`SeenTerm`] over a strip of rows: one of each for every channel.
#[derive(Debug)]
pub(crate) struct SweepBuffers {
    channels: Vec<ChannelBuffers>,
}

#[derive(Debug)]
struct ChannelBuffers {
    /// The rows of light that the blur down the columns needs.
    light: Ring,
    /// The rows that came back from the residual, blurred along the rows.
    back: Ring,
    /// A group of padded rows.
    lines: Vec<f32>,
    /// A group of rows.
    rows: Vec<f32>,
}

impl SweepBuffers {
    pub(crate) fn new(blur: &SeparableBlur, channels: usize) -> Self {
        let width = blur.size().width();
        let reach = blur.columns().reach();
        let channel = |_| ChannelBuffers {
            light: Ring::new(reach, width),
            // Rows come in whole groups: at most one group more than the blur needs.
            back: Ring::new(reach + GROUP, width),
            lines: vec![0.0; GROUP * blur.line_len()],
            rows: vec![0.0; GROUP * width],
        };
        Self { channels: (0..channels).map(channel).collect() }
    }
}

/// One pass of a [`SeenTerm`] down a strip of rows, which reads and writes each row once:
///
/// decode a row -> ring of light -> blur down -> blur along -> encode, residual, slope -> blur along -> ring -> blur down
/// -> gradient row. Rows outside the strip that the blur reaches are computed as well. Rows are blurred in groups.
pub(crate) struct Sweep<'a, const C: usize> {
    term: &'a SeenTerm,
    blur: &'a SeparableBlur,
    execution: &'a Execution,
    picture: &'a Image<Encoded>,
    channels: &'a mut [ChannelBuffers; C],
    /// Rows whose losses belong to this strip.
    strip: std::ops::Range<usize>,
    next_light: usize,
    next_back: usize,
}

impl<'a, const C: usize> Sweep<'a, C> {
    /// A pass over `strip`, which starts with a whole group.
    pub(crate) fn new(
        term: &'a SeenTerm,
        blur: &'a SeparableBlur,
        execution: &'a Execution,
        picture: &'a Image<Encoded>,
        buffers: &'a mut SweepBuffers,
        strip: std::ops::Range<usize>,
    ) -> Self {
        let columns = blur.columns();
        let first_group = columns.group(strip.start / GROUP).0 / GROUP;
        Self {
            term,
            blur,
            execution,
            picture,
            channels: buffers.channels.as_mut_slice().try_into().expect("buffers for each channel"),
            strip,
            next_light: columns.group(first_group).0,
            next_back: first_group * GROUP,
        }
    }

    /// Adds to the gradient of the rows from `y` on, at most a group, each given as its channels. Groups must be asked for
    /// in order, from the strip's first. Writes the unweighted losses of those of the strip's rows that were met on the
    /// way.
    pub(crate) fn add_group(&mut self, y: usize, gradient: [&mut [f32]; C], losses: &mut [f64]) {
        let (start, weights) = self.blur.columns().group(y / GROUP);
        while self.next_back < start + weights.len() {
            self.residual_group(losses);
        }
        let width = self.picture.size().width();
        let level = self.execution.level();
        for ((buffers, plane), gradient) in self.channels.iter_mut().zip(self.picture.planes()).zip(gradient) {
            let ChannelBuffers { back, rows: filtered, .. } = buffers;
            // The columns' filter is symmetric (see `Border`), so its rows are those of its adjoint, too.
            rows::combine(level, weights, back.rows_from(start), group_of(filtered, width));
            let rows = gradient.chunks_exact_mut(width).zip(filtered.chunks_exact(width));
            for ((gradient, filtered), y) in rows.zip(y..) {
                add_through_slope(level, self.term.transfer(), plane.row(y), filtered, gradient);
            }
        }
    }

    /// Computes the next group of rows of the residual, sends it back through the slope and the blur along the rows, and
    /// writes the unweighted losses of those that belong to the strip.
    fn residual_group(&mut self, losses: &mut [f64]) {
        let (blur, level) = (self.blur, self.execution.level());
        let (start, weights) = blur.columns().group(self.next_back / GROUP);
        while self.next_light < start + weights.len() {
            self.decode_row();
        }
        for ChannelBuffers { light, lines, .. } in self.channels.iter_mut() {
            rows::combine(level, weights, light.rows_from(start), blur.rows_of(lines));
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
        let (level, transfer, y) = (self.execution.level(), self.term.transfer(), self.next_light);
        for (ChannelBuffers { light, .. }, plane) in self.channels.iter_mut().zip(self.picture.planes()) {
            transfer::decode_row(level, transfer, plane.row(y), light.row_mut(y));
        }
        self.next_light += 1;
    }

    /// Row `y` of the residual, from line `i` of the lines to its place in the ring; returns its unweighted loss.
    fn residual_row(&mut self, i: usize, y: usize) -> f64 {
        let (blur, width) = (self.blur, self.picture.size().width());
        let mut lines = self.channels.each_mut().map(|buffers| {
            let line = &mut buffers.lines[i * blur.line_len()..][..blur.line_len()];
            blur.along_row(self.execution, line, &mut buffers.rows[..width]);
            (line, &buffers.rows[..width], buffers.back.row_mut(y))
        });
        let light = lines.each_ref().map(|(_, light, _)| *light);
        let pulls = lines.each_mut().map(|(line, ..)| blur.row_of(line));
        let loss = self.term.residual_row(self.execution.level(), y, light, pulls);
        for (line, _, back) in &mut lines {
            blur.along_row(self.execution, line, back);
        }
        loss
    }
}

/// The rows of a group that stand one behind the other.
pub(crate) fn group_of(rows: &mut [f32], width: usize) -> [&mut [f32]; GROUP] {
    let mut rows = rows.chunks_exact_mut(width);
    [(); GROUP].map(|()| rows.next().expect("there are GROUP rows"))
}

/// `gradient += back * decode'(codes)`: the last step of the way back, from light to codes.
pub(crate) fn add_through_slope(
    level: Level,
    transfer: TransferFunction,
    codes: &[f32],
    back: &[f32],
    gradient: &mut [f32],
) {
    with_curve!(transfer, K => dispatch!(level, simd => add_through_slope_with::<_, K>(simd, codes, back, gradient)));
}

#[inline(always)]
fn add_through_slope_with<S: Simd, K: Curve>(simd: S, codes: &[f32], back: &[f32], gradient: &mut [f32]) {
    const BLOCK: usize = 8;
    rows::update::<S, BLOCK, 1, 2, 1>(
        simd,
        [[codes], [back]],
        [[gradient]],
        #[inline(always)]
        |[[codes], [back]], [[mut gradient]], _| {
            let (_, slopes) = K::decode(simd, codes);
            for b in 0..BLOCK {
                gradient[b] = back[b].mul_add(slopes[b], gradient[b]);
            }
            [[gradient]]
        },
    );
}
