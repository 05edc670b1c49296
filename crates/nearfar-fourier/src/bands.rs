//! The contribution of each picture of a pair to a hybrid, in light.

use fearless_simd::dispatch;
use nearfar_image::{Encoded, Image, Pair, TransferFunction};
use nearfar_kernels::{Execution, transfer::decode_row};

use crate::{
    LowPass, OutOfRange, Workspace,
    lowpass::{BATCH, Filtered, Scratch, rows_per_strip},
    range::{Clipped, strips, within},
};

/// Splits the channels of a pair into bands and recombines them.
pub(crate) struct Bands<'a> {
    pub(crate) low: &'a LowPass,
    /// The part that is removed from the near picture.
    pub(crate) high: &'a LowPass,
    pub(crate) near_gain: f32,
    /// Gains of the near picture's pixels, in addition to `near_gain`.
    pub(crate) near_gains: Option<&'a Image<Encoded>>,
    pub(crate) transfer: TransferFunction,
    pub(crate) execution: &'a Execution,
}

impl Bands<'_> {
    /// Whether the hybrid is `gain near + low * (far - gain near)`, so that one filter serves both pictures at once.
    fn is_one(&self, rule: OutOfRange) -> bool {
        std::ptr::eq(self.low, self.high) && self.near_gains.is_none() && rule != OutOfRange::LocalGain
    }

    /// Two-dimensional transforms per channel, forward and inverse.
    pub(crate) fn transforms(&self, rule: OutOfRange) -> usize {
        if self.is_one(rule) { 2 } else { 4 }
    }

    /// Writes `low * far + gain (near - high * near)` to `hybrid`; with `details`, the second term goes there instead.
    /// With [`OutOfRange::Clip`] the hybrid is clipped and encoded, and `clipped` receives what each row lost.
    pub(crate) fn mix(
        &self,
        pair: &Pair,
        rule: OutOfRange,
        hybrid: &mut Image<Encoded>,
        mut details: Option<&mut Image<Encoded>>,
        clipped: &mut [Clipped],
        workspace: &mut Workspace,
    ) {
        let [first, second] = &mut workspace.spectra;
        let (size, count, level) = (pair.size(), pair.channels().count(), self.execution.level());
        let (near, far) = (pair.near(), pair.far());
        let (gain, one) = (self.near_gain, self.is_one(rule));
        let width = size.width();
        let load = |channel: usize, first: usize, rows: &mut [f32]| {
            self.decode(codes(far, channel, first, rows.len()), rows);
            if one {
                let mut block = [0.0; BLOCK];
                let near = codes(near, channel, first, rows.len());
                for (rows, codes) in rows.chunks_mut(BLOCK).zip(near.chunks(BLOCK)) {
                    let light = &mut block[..codes.len()];
                    self.decode(codes, light);
                    rows.iter_mut().zip(light).for_each(|(far, near)| *far -= gain * *near);
                }
            }
        };
        self.low.filter(self.execution, count, load, first);
        if !one {
            let load = |channel: usize, first: usize, rows: &mut [f32]| {
                self.decode(codes(near, channel, first, rows.len()), rows);
            };
            self.high.filter(self.execution, count, load, second);
        }
        let base = Filtered { filter: self.low, spectrum: first };
        let blurred = Filtered { filter: self.high, spectrum: second };

        let rows = rows_per_strip(self.execution, size);
        let mut apart: Vec<_> = match &mut details {
            Some(details) => strips(details, rows).into_iter().map(Some).collect(),
            None => (0..size.height().div_ceil(rows)).map(|_| None).collect(),
        };
        let jobs = strips(hybrid, rows).into_iter().zip(apart.iter_mut()).zip(clipped.chunks_mut(rows)).collect();
        self.execution.for_each(jobs, |((mut strip, apart), clipped)| {
            let (mut low, mut high) = (Scratch::new(self.low), Scratch::new(self.high));
            let mut marks = vec![0.0; width];
            for y in (0..clipped.len()).step_by(BATCH) {
                let batch = y * width..(y + BATCH).min(clipped.len()) * width;
                for (channel, samples) in strip.channels.iter_mut().enumerate() {
                    let samples = &mut samples[batch.clone()];
                    self.decode(codes(near, channel, strip.y + y, samples.len()), samples);
                    for (i, pair) in samples.chunks_mut(2 * width).enumerate() {
                        let y = y + 2 * i;
                        let base = base.rows(self.execution, channel, strip.y + y, &mut low);
                        if !one {
                            let blurred = blurred.rows(self.execution, channel, strip.y + y, &mut high);
                            let rows = pair.chunks_exact_mut(width).zip(blurred);
                            rows.for_each(|(row, blurred)| dispatch!(level, _simd => subtract(blurred, row)));
                        }
                        for ((y, row), base) in (y..).zip(pair.chunks_exact_mut(width)).zip(base) {
                            if let Some(gains) = self.near_gains {
                                let gains = gains.plane(0).row(strip.y + y);
                                dispatch!(level, _simd => multiply(gains, row));
                            }
                            if let Some(apart) = apart {
                                let detail = &mut apart.channels[channel][y * width..][..width];
                                detail.iter_mut().zip(&*row).for_each(|(detail, v)| *detail = gain * v);
                                row.copy_from_slice(base);
                            } else {
                                dispatch!(level, _simd => add_base(base, gain, row));
                            }
                        }
                    }
                }
                if rule == OutOfRange::Clip {
                    for (y, clipped) in (y..).zip(clipped[y..].iter_mut().take(BATCH)) {
                        let rows = strip.channels.iter_mut().map(|channel| &mut channel[y * width..][..width]);
                        clipped.clip_and_encode(rows, self.transfer, &mut marks, level);
                    }
                }
            }
        });
    }

    /// Decodes codes, each clamped to `[0, 1]`.
    fn decode(&self, codes: &[f32], light: &mut [f32]) {
        let level = self.execution.level();
        if self.transfer == TransferFunction::Identity {
            dispatch!(level, _simd => clamp(codes, light));
            return;
        }
        let mut clamped = [0.0; BLOCK];
        for (codes, light) in codes.chunks(BLOCK).zip(light.chunks_mut(BLOCK)) {
            let clamped = &mut clamped[..codes.len()];
            clamp(codes, clamped);
            decode_row(level, self.transfer, clamped, light);
            // The vectorised power may end a few ulps above 1.
            light.iter_mut().for_each(|v| *v = v.min(1.0));
        }
    }
}

/// `len` codes of a channel from row `first` on.
fn codes(picture: &Image<Encoded>, channel: usize, first: usize, len: usize) -> &[f32] {
    &picture.plane(channel).samples()[first * picture.size().width()..][..len]
}

/// Samples that are decoded together.
const BLOCK: usize = 512;

#[inline(always)]
fn clamp(codes: &[f32], clamped: &mut [f32]) {
    clamped.iter_mut().zip(codes).for_each(|(to, code)| *to = within(*code));
}

#[inline(always)]
fn subtract(blurred: &[f32], row: &mut [f32]) {
    row.iter_mut().zip(blurred).for_each(|(v, blurred)| *v -= blurred);
}

#[inline(always)]
fn multiply(gains: &[f32], row: &mut [f32]) {
    row.iter_mut().zip(gains).for_each(|(v, gain)| *v *= gain);
}

#[inline(always)]
fn add_base(base: &[f32], gain: f32, row: &mut [f32]) {
    row.iter_mut().zip(base).for_each(|(v, base)| *v = gain * *v + base);
}
