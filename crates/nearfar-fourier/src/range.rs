//! Bringing what was mixed into `[0, 1]`.

use nearfar_image::{Encoded, Image, TransferFunction};
use nearfar_kernels::{Execution, transfer::encode_in_place};

/// Rows that one thread works on at a time.
const STRIP: usize = 32;
/// Less than this beyond `[0, 1]` is rounding, not clipping: a tenth of a step of a 16-bit file.
pub(crate) const TOLERANCE: f32 = 0.1 / 65535.0;

/// What clipping took away.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Clipping {
    /// Share of pixels.
    pub(crate) share: f64,
    /// Share of energy.
    pub(crate) energy: f64,
}

/// The rows of a picture from `y` on, in every channel.
pub(crate) struct Strip<'a> {
    pub(crate) y: usize,
    pub(crate) channels: Vec<&'a mut [f32]>,
}

/// Cuts a picture into strips of `rows` rows, all channels together.
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

/// Maps light linearly so that the least and the greatest of all samples lie in `[0, 1]`; leaves it alone if they do.
pub(crate) fn rescale(picture: &mut Image<Encoded>, execution: &Execution) {
    let (low, high) = picture.samples().iter().fold((0.0f32, 1.0f32), |(low, high), &v| (low.min(v), high.max(v)));
    let scale = 1.0 / (high - low);
    execution.for_each(strips(picture, STRIP), |strip| {
        strip.channels.into_iter().flatten().for_each(|v| *v = (*v - low) * scale);
    });
}

/// Clips light to `[0, 1]`, turns it into codes, and says what clipping took.
pub(crate) fn clip_and_encode(
    picture: &mut Image<Encoded>,
    transfer: TransferFunction,
    execution: &Execution,
) -> Clipping {
    let area = picture.size().area();
    let strips = strips(picture, STRIP);
    let mut sums = vec![Sums::default(); strips.len()];
    execution.for_each(strips.into_iter().zip(&mut sums).collect(), |(strip, sums)| {
        let mut clipped = vec![false; strip.channels[0].len()];
        for samples in strip.channels {
            sums.clip(samples, &mut clipped);
            if transfer != TransferFunction::Identity {
                encode_in_place(execution.level(), transfer, 0.0, samples);
                // The vectorised power may end a few units in the last place above 1.
                samples.iter_mut().for_each(|v| *v = v.min(1.0));
            }
        }
        sums.pixels = clipped.into_iter().filter(|&clipped| clipped).count();
    });
    // In order, so that the sums do not depend on the threads.
    let total = sums.iter().fold(Sums::default(), |a, b| Sums {
        pixels: a.pixels + b.pixels,
        energy: a.energy + b.energy,
        lost: a.lost + b.lost,
    });
    Clipping { share: total.pixels as f64 / area as f64, energy: total.lost / total.energy.max(f64::MIN_POSITIVE) }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    pixels: usize,
    energy: f64,
    lost: f64,
}

impl Sums {
    /// Clips samples, adds up what was there and what was lost, and marks the pixels that lost something.
    fn clip(&mut self, samples: &mut [f32], clipped: &mut [bool]) {
        // Short runs are summed in single precision, in lanes that vector instructions can hold.
        const LANES: usize = 16;
        for (run, marks) in samples.chunks_mut(64 * LANES).zip(clipped.chunks_mut(64 * LANES)) {
            let (mut energy, mut lost) = ([0.0f32; LANES], [0.0f32; LANES]);
            for (values, marks) in run.chunks_mut(LANES).zip(marks.chunks_mut(LANES)) {
                for ((v, mark), (energy, lost)) in values.iter_mut().zip(marks).zip(energy.iter_mut().zip(&mut lost)) {
                    let kept = v.clamp(0.0, 1.0);
                    let excess = *v - kept;
                    *energy += *v * *v;
                    *lost += excess * excess;
                    *mark |= excess.abs() > TOLERANCE;
                    *v = kept;
                }
            }
            self.energy += energy.iter().map(|&v| f64::from(v)).sum::<f64>();
            self.lost += lost.iter().map(|&v| f64::from(v)).sum::<f64>();
        }
    }
}
