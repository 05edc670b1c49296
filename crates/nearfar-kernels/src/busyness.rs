//! Where a picture is busy: there an eye sees little of what lies under its details.

use nearfar_image::{Encoded, Image};

use crate::{
    Execution,
    sums::{sum, update},
    wide::blurred,
};

/// Details that deviate by this much, or by their mean over the picture if that is less, make a place half busy. In codes.
const HALF: f64 = 0.03;

/// Details that deviate by less hide nothing, however plain all else is: a quarter of a step of 8 bits.
const HARDLY_BUSY: f64 = 0.001;

/// How far around a place its details count, in sigmas of what is fine.
const AROUND: f64 = 1.5;

/// How busy a grey picture is at each pixel, from 0, plain, to 1, full of details: `v / (v + h^2)` for the local variance `v` of
/// what is finer than a Gaussian of this sigma, in pixels, and `h` of .03 in codes or less.
///
/// # Panics
///
/// If sigma is not above 0.
#[must_use]
pub fn busyness(grey: &Image<Encoded>, sigma: f64, execution: &Execution) -> Image<Encoded> {
    let mut busy = blurred(grey, sigma, execution);
    update(execution, busy.samples_mut(), [grey.samples()], |coarse, [grey]| {
        let squared = (grey - coarse).powi(2);
        // Samples of files may be far beyond codes, whose squares are no numbers.
        if squared < 1.0 { squared } else { 1.0 }
    });
    let mut busy = blurred(&busy, AROUND * sigma, execution);
    let mean = sum(execution, [busy.samples()], |[variance]| variance.max(0.0).sqrt());
    let half = (mean / busy.samples().len() as f64).clamp(HARDLY_BUSY, HALF).powi(2) as f32;
    update(execution, busy.samples_mut(), [], |variance, []| {
        let variance = variance.max(0.0);
        variance / (variance + half)
    });
    busy
}
