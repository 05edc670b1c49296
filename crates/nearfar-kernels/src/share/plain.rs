//! Where the near picture is plain and hides nothing: up close, the far one's shapes are ghosts there.

use nearfar_image::{Encoded, Image};

use super::blurred;
use crate::{
    Crossover, Execution,
    sums::{sum, update},
};

/// The near picture is busy, and hides shapes, where its details, what is finer than the crossover, deviate by this much or by
/// their mean over the picture, whichever is less: there half of the way from what comes through in plain places is gone. In
/// codes.
const BUSY: f64 = 0.03;

/// Details that deviate by less hide nothing, however plain all else is: a quarter of a step of 8 bits.
const HARDLY_BUSY: f64 = 0.001;

/// How far around a place its details count, in sigmas of the crossover.
const AROUND: f64 = 1.5;

/// What busy places have more, as a part of what plain ones have less.
const MAKE_UP: f64 = 0.3;

/// How much of the far picture's shapes comes through at each pixel of a near one, of which `near` are the tones; where it is
/// plain, `plain`.
pub(super) fn parts(near: &Image<Encoded>, plain: f64, crossover: Crossover, execution: &Execution) -> Image<Encoded> {
    let mut busy = blurred(near, crossover.sigma(), execution);
    update(execution, busy.samples_mut(), [near.samples()], |coarse, [near]| {
        let squared = (near - coarse).powi(2);
        // Samples of files may be far beyond codes, whose squares are no numbers.
        if squared < 1.0 { squared } else { 1.0 }
    });
    let mut busy = blurred(&busy, AROUND * crossover.sigma(), execution);
    let mean = sum(execution, [busy.samples()], |[variance]| variance.max(0.0).sqrt());
    let half = (mean / busy.samples().len() as f64).clamp(HARDLY_BUSY, BUSY).powi(2) as f32;
    let (plain, more) = (plain as f32, ((1.0 + MAKE_UP) * (1.0 - plain)) as f32);
    update(execution, busy.samples_mut(), [], |variance, []| {
        let variance = variance.max(0.0);
        plain + more * variance / (variance + half)
    });
    blurred(&busy, crossover.sigma(), execution)
}
