//! Bringing a mix into `[0, 1]`.

use fearless_simd::{Level, dispatch};
use nearfar_image::{Encoded, Image, TransferFunction};
use nearfar_kernels::{Execution, transfer::encode_in_place};

/// Rows per task.
const STRIP: usize = 32;
/// Excess over `[0, 1]` that is attributed to rounding, not clipping: a tenth of a step of a 16-bit file.
pub(crate) const TOLERANCE: f32 = 0.1 / 65535.0;

/// The rows of a picture from `y` on, in every channel.
pub(crate) struct Strip<'a> {
    pub(crate) y: usize,
    pub(crate) channels: Vec<&'a mut [f32]>,
}

/// Divides a picture into strips of `rows` rows, all channels together.
pub(crate) fn strips(picture: &mut Image<Encoded>, rows: usize) -> Vec<Strip<'_>> {
    let count = picture.size().height().div_ceil(rows);
    let mut strips: Vec<_> = (0..count).map(|i| Strip { y: i * rows, channels: Vec::new() }).collect();
    for plane in picture.planes_mut() {
        for ((_, samples), strip) in plane.into_strips(rows).zip(&mut strips) {
            strip.channels.push(samples);
        }
    }
    strips
}

/// Maps light linearly so that all samples lie in `[0, 1]`; leaves it alone if they already do.
pub(crate) fn rescale(picture: &mut Image<Encoded>, execution: &Execution) {
    let (low, high) = picture.samples().iter().fold((0.0f32, 1.0f32), |(low, high), &v| (low.min(v), high.max(v)));
    let scale = 1.0 / (high - low);
    execution.for_each(strips(picture, STRIP), |strip| {
        strip.channels.into_iter().flatten().for_each(|v| *v = (*v - low) * scale);
    });
}

/// Clips a picture's light to `[0, 1]` and encodes it; `sums` receives what each row lost.
pub(crate) fn clip_and_encode(
    picture: &mut Image<Encoded>,
    transfer: TransferFunction,
    sums: &mut [Clipped],
    execution: &Execution,
) {
    let width = picture.size().width();
    let jobs = strips(picture, STRIP).into_iter().zip(sums.chunks_mut(STRIP)).collect();
    execution.for_each(jobs, |(mut strip, sums)| {
        let mut marks = vec![0.0; width];
        for (y, sums) in sums.iter_mut().enumerate() {
            let rows = strip.channels.iter_mut().map(|channel| &mut channel[y * width..][..width]);
            sums.clip_and_encode(rows, transfer, &mut marks, execution.level());
        }
    });
}

/// What clipping took from some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Clipped {
    /// Pixels with at least one clipped channel.
    pixels: usize,
    /// Sum of squares before clipping.
    energy: f64,
    /// Sum of squares of the clipped excess.
    lost: f64,
}

impl Clipped {
    /// The sum over all rows, in order.
    pub(crate) fn total(sums: &[Self]) -> Self {
        sums.iter().fold(Self::default(), |a, b| Self {
            pixels: a.pixels + b.pixels,
            energy: a.energy + b.energy,
            lost: a.lost + b.lost,
        })
    }

    /// The clipped share of a picture's `area` pixels, from 0 to 1.
    pub(crate) fn share(&self, area: usize) -> f64 {
        self.pixels as f64 / area as f64
    }

    /// Share of the energy that was lost, from 0 to 1.
    pub(crate) fn energy_lost(&self) -> f64 {
        self.lost / self.energy.max(f64::MIN_POSITIVE)
    }

    /// Clips one row of light, given per channel, and encodes it. `marks` is as long as a row.
    pub(crate) fn clip_and_encode<'a>(
        &mut self,
        channels: impl Iterator<Item = &'a mut [f32]>,
        transfer: TransferFunction,
        marks: &mut [f32],
        level: Level,
    ) {
        marks.fill(0.0);
        for samples in channels {
            dispatch!(level, _simd => self.clip(samples, marks));
            if transfer != TransferFunction::Identity {
                encode_in_place(level, transfer, 0.0, samples);
                // The vectorised power may end a few ulps above 1.
                samples.iter_mut().for_each(|v| *v = v.min(1.0));
            }
        }
        self.pixels += marks.iter().filter(|&&excess| excess > TOLERANCE).count();
    }

    /// Clips samples, accumulates the sums, and marks each pixel with the largest loss of a channel.
    #[inline(always)]
    fn clip(&mut self, samples: &mut [f32], marks: &mut [f32]) {
        // Short runs are summed in single precision.
        for (run, marks) in samples.chunks_mut(64 * LANES).zip(marks.chunks_mut(64 * LANES)) {
            let (mut energy, mut lost) = ([0.0; LANES], [0.0; LANES]);
            let ((values, rest), (marks, rest_marks)) = (run.as_chunks_mut(), marks.as_chunks_mut());
            for (values, marks) in values.iter_mut().zip(marks) {
                clip_lanes(values, marks, &mut energy, &mut lost);
            }
            let (mut values, mut marks) = ([0.0; LANES], [0.0; LANES]);
            values[..rest.len()].copy_from_slice(rest);
            marks[..rest.len()].copy_from_slice(rest_marks);
            clip_lanes(&mut values, &mut marks, &mut energy, &mut lost);
            rest.copy_from_slice(&values[..rest.len()]);
            rest_marks.copy_from_slice(&marks[..rest.len()]);
            self.energy += energy.iter().map(|&v| f64::from(v)).sum::<f64>();
            self.lost += lost.iter().map(|&v| f64::from(v)).sum::<f64>();
        }
    }
}

/// Independent sums, as vector instructions can hold them.
const LANES: usize = 16;

#[inline(always)]
fn clip_lanes(values: &mut [f32; LANES], marks: &mut [f32; LANES], energy: &mut [f32; LANES], lost: &mut [f32; LANES]) {
    for i in 0..LANES {
        let kept = within(values[i]);
        let excess = (values[i] - kept).abs();
        energy[i] += values[i] * values[i];
        lost[i] += excess * excess;
        marks[i] = marks[i].max(excess);
        values[i] = kept;
    }
}

/// The value clamped to `[0, 1]`.
#[inline(always)]
#[expect(clippy::manual_clamp, reason = "clamp branches, and these two are one vector instruction each")]
pub(crate) fn within(v: f32) -> f32 {
    v.max(0.0).min(1.0)
}
