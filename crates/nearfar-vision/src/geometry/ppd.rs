//! Pixels per degree of the visual field.

use std::fmt;

use super::{Density, Length};
use crate::VisionError;

/// Pixels per degree of the visual field, which combine viewing distance and pixel density.
///
/// At least 0.01 and at most 20 000, which at 96 dpi is about 300 m.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "f64", into = "f64"))]
pub struct PixelsPerDegree(f64);

/// Below this, a pixel is more than a hundred degrees wide.
const MIN: f64 = 0.01;
/// Above this, the eye's blur is wider than 300 pixels and says nothing about any picture.
const MAX: f64 = 2e4;

/// The eye as a Gaussian, in degrees: the achromatic contrast sensitivity of FLIP (Andersson et al. 2020), which is
/// `exp(-pi^2 x^2 / b)` in space with b = 0.0047; hence `sigma = sqrt(b / 2) / pi`, 0.01543 to four digits.
const EYE_SIGMA_DEGREES: f64 = 0.01543;

impl PixelsPerDegree {
    /// A number of pixels per degree.
    ///
    /// # Errors
    ///
    /// [`VisionError::PixelsPerDegree`] unless it is at least 0.01 and at most 20 000.
    pub fn new(ppd: f64) -> Result<Self, VisionError> {
        if (MIN..=MAX).contains(&ppd) {
            Ok(Self(ppd))
        } else {
            Err(VisionError::PixelsPerDegree { ppd, min: MIN, max: MAX })
        }
    }

    /// A number checked at compile time to be in range.
    pub(crate) const fn constant(ppd: f64) -> Self {
        assert!(ppd >= MIN && ppd <= MAX, "pixels per degree out of range");
        Self(ppd)
    }

    /// Pixels per degree of a picture seen from `distance`: `2 d tan(0.5 deg)` times the density.
    ///
    /// # Errors
    ///
    /// [`VisionError::PixelsPerDegree`] if the result is out of range.
    pub fn at(distance: Length, density: Density) -> Result<Self, VisionError> {
        Self::new(degree() * distance.centimetres() * density.pixels_per_centimetre())
    }

    /// The view in which the eye's own blur has a sigma of `sigma` pixels.
    ///
    /// # Errors
    ///
    /// [`VisionError::EyeSigma`] if the result is out of range.
    pub fn from_eye_sigma(sigma: f64) -> Result<Self, VisionError> {
        let out_of_range =
            |_| VisionError::EyeSigma { sigma, min: MIN * EYE_SIGMA_DEGREES, max: MAX * EYE_SIGMA_DEGREES };
        Self::new(sigma / EYE_SIGMA_DEGREES).map_err(out_of_range)
    }

    /// The number of pixels per degree.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// Sigma of the eye's blur, in pixels.
    #[must_use]
    pub fn eye_sigma(self) -> f64 {
        EYE_SIGMA_DEGREES * self.0
    }

    /// The viewing distance of this view for a picture of this density.
    ///
    /// # Errors
    ///
    /// [`VisionError::LengthRange`] if that is more than 100 km.
    pub fn distance(self, density: Density) -> Result<Length, VisionError> {
        Length::from_centimetres(self.0 / (degree() * density.pixels_per_centimetre()))
    }

    /// The viewing distance of this view for a picture of `pixels` columns and any density, in widths of the picture.
    #[must_use]
    pub fn picture_widths(self, pixels: usize) -> f64 {
        self.0 / (degree() * pixels as f64)
    }
}

/// Width of one degree of the visual field at unit distance: `2 tan(0.5 deg)`.
fn degree() -> f64 {
    2.0 * 0.5_f64.to_radians().tan()
}

/// The number alone, with as many digits as the formatter asks for.
impl fmt::Display for PixelsPerDegree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(feature = "serde")]
impl TryFrom<f64> for PixelsPerDegree {
    type Error = VisionError;

    fn try_from(ppd: f64) -> Result<Self, VisionError> {
        Self::new(ppd)
    }
}

#[cfg(feature = "serde")]
impl From<PixelsPerDegree> for f64 {
    fn from(ppd: PixelsPerDegree) -> Self {
        ppd.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn out_of_range_is_refused() {
        for ppd in [0.0, -1.0, f64::NAN, f64::INFINITY, 2.1e4] {
            assert!(matches!(PixelsPerDegree::new(ppd), Err(VisionError::PixelsPerDegree { .. })), "{ppd}");
        }
        for sigma in [0.0, -1.0, f64::NAN, 309.0] {
            let error = PixelsPerDegree::from_eye_sigma(sigma).expect_err("no such view");
            assert!(error.to_string().ends_with("from 0.00015 to 308.6"), "{error}");
        }
        assert!(PixelsPerDegree::at("100000m".parse().expect("length"), Density::default()).is_err());
    }

    #[test]
    fn distance_in_picture_widths_is_that_in_centimetres() {
        let (ppd, density) = (PixelsPerDegree(194.0), "110dpi".parse().expect("density"));
        let width = 640.0 / Density::pixels_per_centimetre(density);
        let expected = ppd.distance(density).expect("in range").centimetres() / width;
        assert!((ppd.picture_widths(640) / expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn eye_sigma_is_the_constant_of_flip() {
        assert!((EYE_SIGMA_DEGREES - (0.0047_f64 / 2.0).sqrt() / std::f64::consts::PI).abs() < 5e-6);
    }
}
