//! The bands that recognition depends on, and the distances at which they vanish.

use super::Face;
use crate::{PixelsPerDegree, geometry::HALF_GAIN};
use nearfar_image::Size;

/// Number of bands, half an octave apart.
const COUNT: i32 = 11;

/// The centre of the lowest band, in cycles across a face.
const LOWEST: f64 = std::f64::consts::SQRT_2;

/// Cycles across the shorter side of a picture that count as one cycle across a face if there is none: portraits are
/// about this many faces wide.
const FACES_IN_PICTURE: f64 = 2.4;

/// Peak and spread, in octaves, of the log-normal weights of the bands.
const PEAK: f64 = 16.0 * std::f64::consts::SQRT_2;
const SPREAD: f64 = 2.0;

/// A band: the difference of two Gaussians whose gains are 1/2 at `f / sqrt 2` and at `f sqrt 2`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frequency {
    /// The centre f, in cycles across a face, or across a 2.4th of the shorter side.
    pub(super) cycles: f64,
    pub(super) cycles_per_pixel: f64,
}

impl Frequency {
    /// All bands for pictures of a size, low to high.
    pub(super) fn all(size: Size, face: Option<&Face>) -> impl DoubleEndedIterator<Item = Self> {
        let unit = unit(size, face);
        (0..COUNT).map(move |k| {
            let cycles = LOWEST * (0.5 * f64::from(k)).exp2();
            Self { cycles, cycles_per_pixel: cycles / unit }
        })
    }

    /// Sigmas of the narrower and the wider Gaussian, in pixels.
    pub(super) fn sigmas(&self) -> [f64; 2] {
        let sigma = HALF_GAIN / self.cycles_per_pixel;
        [sigma * std::f64::consts::FRAC_1_SQRT_2, sigma * std::f64::consts::SQRT_2]
    }

    /// The band's weight in recognition.
    pub(super) fn weight(&self) -> f64 {
        (-0.5 * ((self.cycles / PEAK).log2() / SPREAD).powi(2)).exp()
    }
}

/// Number of pixels across which cycles are counted.
fn unit(size: Size, face: Option<&Face>) -> f64 {
    face.map_or(size.shorter_side() as f64 / FACES_IN_PICTURE, Face::width)
}

/// The views between which a percept changes, near to far: those in which the eye's gain is 1/2 at one of the model's
/// bands up to 16 cycles across a face, half an octave apart, and one an octave nearer, where little changes.
/// Impossible views (see [`PixelsPerDegree::new`]) are omitted.
#[must_use]
pub fn percept_views(size: Size, face: Option<&Face>) -> Vec<PixelsPerDegree> {
    const HALF_OCTAVES: [i32; 9] = [9, 7, 6, 5, 4, 3, 2, 1, 0];
    let unit = unit(size, face);
    let view = |k: i32| {
        let cycles = LOWEST * (0.5 * f64::from(k)).exp2();
        PixelsPerDegree::from_eye_sigma(HALF_GAIN * unit / cycles).ok()
    };
    HALF_OCTAVES.into_iter().filter_map(view).collect()
}
