//! What each picture of a pair contributes, in light.

use fearless_simd::dispatch;
use nearfar_image::{Encoded, Image, Pair, TransferFunction};
use nearfar_kernels::{Execution, transfer::decode_row};

use crate::{
    LowPass, OutOfRange, Workspace,
    lowpass::{Filtered, Scratch, rows_per_strip},
    range::{Clipped, strips},
};

/// Splits the channels of a pair into bands and adds them up again.
pub(crate) struct Bands<'a> {
    pub(crate) low: &'a LowPass,
    /// What the near picture loses.
    pub(crate) high: &'a LowPass,
    pub(crate) near_gain: f32,
    /// Gains of the near picture's pixels, beside `near_gain`.
    pub(crate) near_gains: Option<&'a Image<Encoded>>,
    pub(crate) transfer: TransferFunction,
    pub(crate) execution: &'a Execution,
}

impl Bands<'_> {
    /// Whether `gain near + low * (far - gain near)` is the whole hybrid: one filter goes over both pictures at once.
    fn is_one(&self, rule: OutOfRange) -> bool {
        std::ptr::eq(self.low, self.high) && self.near_gains.is_none() && rule != OutOfRange::LocalGain
    }

    /// Two-dimensional transforms, forward and inverse, for each channel.
    pub(crate) fn transforms(&self, rule: OutOfRange) -> usize {
        if self.is_one(rule) { 2 } else { 4 }
    }

    /// Writes `low * far + gain (near - high * near)` to `hybrid`; with `details` that gets the second term alone. With
    /// [`OutOfRange::Clip`] the hybrid is clipped and encoded, and `clipped` holds what that took of each row.
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
        let load = |channel: usize, y: usize, row: &mut [f32]| {
            self.decode(far.plane(channel).row(y), row);
            if one {
                let mut block = [0.0; BLOCK];
                for (row, codes) in row.chunks_mut(BLOCK).zip(near.plane(channel).row(y).chunks(BLOCK)) {
                    let light = &mut block[..codes.len()];
                    self.decode(codes, light);
                    row.iter_mut().zip(light).for_each(|(far, near)| *far -= gain * *near);
                }
            }
        };
        self.low.filter(self.execution, count, load, first);
        if !one {
            let load = |channel: usize, y: usize, row: &mut [f32]| self.decode(near.plane(channel).row(y), row);
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
        let width = size.width();
        self.execution.for_each(jobs, |((mut strip, apart), clipped)| {
            let (mut low, mut high) = (Scratch::new(self.low), Scratch::new(self.high));
            let mut marks = vec![0.0; width];
            for y in (0..clipped.len()).step_by(2) {
                let count = 2.min(clipped.len() - y);
                for (channel, samples) in strip.channels.iter_mut().enumerate() {
                    let base = base.rows(self.execution, channel, strip.y + y, &mut low);
                    let blurred = (!one).then(|| blurred.rows(self.execution, channel, strip.y + y, &mut high));
                    let mut blurred = blurred.map(|rows| rows.into_iter());
                    for (i, base) in base.into_iter().enumerate().take(count) {
                        let place = (y + i) * width..(y + i + 1) * width;
                        let near = near.plane(channel).row(strip.y + y + i);
                        let out = &mut samples[place.clone()];
                        self.detail(near, blurred.as_mut().and_then(Iterator::next), strip.y + y + i, out);
                        if let Some(apart) = apart {
                            apart.channels[channel][place].copy_from_slice(out);
                            out.copy_from_slice(base);
                        } else {
                            dispatch!(level, _simd => add(base, out));
                        }
                    }
                }
                if rule == OutOfRange::Clip {
                    for (y, clipped) in (y..).zip(&mut clipped[y..y + count]) {
                        let rows = strip.channels.iter_mut().map(|channel| &mut channel[y * width..][..width]);
                        clipped.clip_and_encode(rows, self.transfer, &mut marks, level);
                    }
                }
            }
        });
    }

    /// Row `y` of `gain (near - blurred)`, or of `gain near` if nothing is to be taken away.
    fn detail(&self, near: &[f32], blurred: Option<&mut [f32]>, y: usize, out: &mut [f32]) {
        self.decode(near, out);
        let gain = self.near_gain;
        dispatch!(self.execution.level(), _simd => {
            if let Some(blurred) = blurred {
                out.iter_mut().zip(&*blurred).for_each(|(out, &blurred)| *out -= blurred);
            }
            out.iter_mut().for_each(|out| *out *= gain);
            if let Some(gains) = self.near_gains {
                out.iter_mut().zip(gains.plane(0).row(y)).for_each(|(out, &gain)| *out *= gain);
            }
        });
    }

    /// Light of codes, each taken for the nearest in `[0, 1]`.
    fn decode(&self, codes: &[f32], light: &mut [f32]) {
        let level = self.execution.level();
        if self.transfer == TransferFunction::Identity {
            dispatch!(level, _simd => clamp(codes, light));
            return;
        }
        let mut within = [0.0; BLOCK];
        for (codes, light) in codes.chunks(BLOCK).zip(light.chunks_mut(BLOCK)) {
            let within = &mut within[..codes.len()];
            clamp(codes, within);
            decode_row(level, self.transfer, within, light);
            // The vectorised power may end a few units in the last place above 1.
            light.iter_mut().for_each(|v| *v = v.min(1.0));
        }
    }
}

/// Samples that are decoded at a time.
const BLOCK: usize = 512;

#[inline(always)]
fn clamp(codes: &[f32], within: &mut [f32]) {
    within.iter_mut().zip(codes).for_each(|(to, code)| *to = code.clamp(0.0, 1.0));
}

#[inline(always)]
fn add(row: &[f32], to: &mut [f32]) {
    to.iter_mut().zip(row).for_each(|(to, v)| *to += v);
}
