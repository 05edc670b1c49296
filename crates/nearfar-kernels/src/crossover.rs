//! Where near and far picture change places.

use crate::KernelError;

/// Frequency (cycles per pixel) times sigma (pixels) at which a Gaussian blur's gain is 1/2: `sqrt(2 ln 2) / (2 pi)`.
pub const HALF_GAIN: f64 = 0.1873906251292776;

/// The frequency at which near and far picture have half each, in cycles per pixel: the far picture owns what is coarser,
/// the near picture what is finer.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "f64", into = "f64"))]
pub struct Crossover(f64);

/// The highest frequency a row of pixels can hold.
const NYQUIST: f64 = 0.5;

impl Crossover {
    /// So many cycles per pixel.
    ///
    /// # Errors
    ///
    /// [`KernelError::Crossover`] unless it is above 0 and at most 0.5, which is all that pixels can hold.
    pub fn per_pixel(cycles: f64) -> Result<Self, KernelError> {
        if cycles > 0.0 && cycles <= NYQUIST { Ok(Self(cycles)) } else { Err(KernelError::Crossover { cycles }) }
    }

    /// So many cycles across something that is `width` pixels wide: a face, or a picture's shorter side.
    ///
    /// # Errors
    ///
    /// As [`Self::per_pixel`].
    pub fn across(cycles: f64, width: f64) -> Result<Self, KernelError> {
        Self::per_pixel(cycles / width)
    }

    /// Where a Gaussian blur of `sigma` pixels leaves half.
    ///
    /// # Errors
    ///
    /// As [`Self::per_pixel`].
    pub fn of_sigma(sigma: f64) -> Result<Self, KernelError> {
        Self::per_pixel(HALF_GAIN / sigma)
    }

    /// In cycles per pixel.
    #[must_use]
    pub fn cycles_per_pixel(self) -> f64 {
        self.0
    }

    /// Sigma, in pixels, of the Gaussian blur that leaves half here.
    #[must_use]
    pub fn sigma(self) -> f64 {
        HALF_GAIN / self.0
    }
}

impl TryFrom<f64> for Crossover {
    type Error = KernelError;

    fn try_from(cycles: f64) -> Result<Self, KernelError> {
        Self::per_pixel(cycles)
    }
}

impl From<Crossover> for f64 {
    fn from(crossover: Crossover) -> Self {
        crossover.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_gain_is_where_a_gaussian_leaves_half() {
        let sigma = Crossover::per_pixel(0.05).unwrap().sigma();
        let gain = (-2.0 * (std::f64::consts::PI * sigma * 0.05).powi(2)).exp();
        assert!((gain - 0.5).abs() < 1e-12, "{gain}");
        let found = Crossover::of_sigma(sigma).unwrap().cycles_per_pixel();
        assert!((found - 0.05).abs() < 1e-15);
    }

    #[test]
    fn crossover_lies_between_nothing_and_what_pixels_hold() {
        for cycles in [0.0, -0.1, 0.500_1, f64::NAN, f64::INFINITY] {
            assert!(matches!(Crossover::per_pixel(cycles), Err(KernelError::Crossover { .. })), "{cycles}");
        }
        assert!((Crossover::across(5.0, 200.0).unwrap().cycles_per_pixel() - 0.025).abs() < 1e-15);
    }
}
