//! Busyness: where a picture's own detail masks what lies under it.

use nearfar_image::{Encoded, Image};

use crate::{
    Execution,
    sums::{sum, update},
    wide::blurred,
};

/// Standard deviation of the detail, in codes, that makes a place half busy; the picture's mean if that is less.
const HALF_BUSY: f64 = 0.03;

/// Lower limit of that: smaller deviations mask nothing, however plain the rest is. A quarter of an 8-bit step.
const HARDLY_BUSY: f64 = 0.001;

/// Sigma of the neighbourhood whose detail counts, as a multiple of the sigma that defines detail.
const NEIGHBOURHOOD: f64 = 1.5;

/// How busy a grey picture is at each pixel, from 0 (plain) to 1 (full of detail): `v / (v + h^2)` with the local
/// variance `v` of all that is finer than a Gaussian of `sigma` pixels, and `h` at most .03 in codes.
///
/// # Panics
///
/// If `sigma` is not above 0.
#[must_use]
pub fn busyness(grey: &Image<Encoded>, sigma: f64, execution: &Execution) -> Image<Encoded> {
    let mut busy = blurred(grey, sigma, execution);
    update(execution, busy.samples_mut(), [grey.samples()], |coarse, [grey]| {
        let squared = (grey - coarse).powi(2);
        // Float files may hold samples far outside the range of codes, whose squares overflow.
        if squared < 1.0 { squared } else { 1.0 }
    });
    let mut busy = blurred(&busy, NEIGHBOURHOOD * sigma, execution);
    let mean = sum(execution, [busy.samples()], |[variance]| variance.max(0.0).sqrt());
    let half = (mean / busy.samples().len() as f64).clamp(HARDLY_BUSY, HALF_BUSY).powi(2) as f32;
    update(execution, busy.samples_mut(), [], |variance, []| {
        let variance = variance.max(0.0);
        variance / (variance + half)
    });
    busy
}
