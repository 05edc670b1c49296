//! From where the two pictures of a hybrid are seen.

use nearfar_kernels::{Crossover, HALF_GAIN};
use nearfar_vision::{PixelsPerDegree, Viewing, VisionError};

/// The far picture is seen from where the eye's blur leaves half at the crossover divided by this. Where it leaves half at the
/// crossover itself, half of the near picture still shows.
const FARTHER: f64 = std::f64::consts::SQRT_2;

/// Unless told otherwise, up close is this many times nearer than afar: 60 cm against 2.94 m.
const NEARER: f64 = 4.9;

/// The blur, as sigma in pixels, of an eye so far away that it sees the far picture of a hybrid with this crossover.
#[must_use]
pub fn far_eye_sigma(crossover: Crossover) -> f64 {
    FARTHER * crossover.sigma()
}

/// The two views of a hybrid with this crossover. The far picture is seen from where the eye's blur is [`far_eye_sigma`], the
/// near one from `near`, or from 4.9 times nearer than the far view where that is nearer still or `near` is not given.
///
/// # Errors
///
/// [`VisionError::PixelsPerDegree`] if no eye resolves that finely.
pub fn views(crossover: Crossover, near: Option<PixelsPerDegree>) -> Result<Viewing, VisionError> {
    let far_ppd = PixelsPerDegree::from_eye_sigma(far_eye_sigma(crossover))?;
    let nearest = PixelsPerDegree::new(far_ppd.get() / NEARER)?;
    let near_ppd = near.filter(|near| *near < far_ppd).unwrap_or(nearest);
    Ok(Viewing { near_ppd, far_ppd })
}

/// The crossover of a hybrid whose far picture is seen by an eye that blurs by `eye_sigma` pixels; none if that is finer than
/// the pixels.
#[must_use]
pub fn crossover_seen_by(eye_sigma: f64) -> Option<Crossover> {
    Crossover::per_pixel(FARTHER * HALF_GAIN / eye_sigma).ok()
}

/// The highest crossover that a pixel grid can hold.
pub(crate) fn finest() -> Crossover {
    Crossover::per_pixel(0.5).expect("half a cycle per pixel is the limit of the grid")
}
