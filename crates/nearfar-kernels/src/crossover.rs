//! The frequency at which near and far picture swap roles.

use crate::KernelError;

/// Frequency (cycles per pixel) times sigma (pixels) at which the gain of a Gaussian blur is 1/2:
/// `sqrt(2 ln 2) / (2 pi)`.
pub const HALF_GAIN: f64 = 0.1873906251292776;

/// The frequency, in cycles per pixel, at which near and far picture contribute half each: the far picture owns lower
/// frequencies, the near picture higher ones.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "f64", into = "f64"))]
pub struct Crossover(f64);

/// The highest frequency that a row of pixels can hold, in cycles per pixel.
const NYQUIST: f64 = 0.5;

impl Crossover {
    /// A crossover at `cycles` per pixel.
    ///
    /// # Errors
    ///
    /// [`KernelError::Crossover`] unless it is above 0 and at most 0.5, the Nyquist frequency.
    pub fn per_pixel(cycles: f64) -> Result<Self, KernelError> {
        if cycles > 0.0 && cycles <= NYQUIST { Ok(Self(cycles)) } else { Err(KernelError::Crossover { cycles }) }
    }

    /// A crossover at `cycles` per `width` pixels, the width of a face or the shorter side of a picture.
    ///
    /// # Errors
    ///
    /// As [`Self::per_pixel`].
    pub fn across(cycles: f64, width: f64) -> Result<Self, KernelError> {
        Self::per_pixel(cycles / width)
    }

    /// The crossover at which a Gaussian blur of `sigma` pixels has gain 1/2.
    ///
    /// # Errors
    ///
    /// As [`Self::per_pixel`].
    pub fn of_sigma(sigma: f64) -> Result<Self, KernelError> {
        Self::per_pixel(HALF_GAIN / sigma)
    }

    /// The frequency in cycles per pixel.
    #[must_use]
    pub fn cycles_per_pixel(self) -> f64 {
        self.0
    }

    /// Sigma, in pixels, of the Gaussian blur whose gain is 1/2 at this frequency.
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
    fn half_gain_is_where_a_gaussian_has_gain_one_half() {
        let sigma = Crossover::per_pixel(0.05).unwrap().sigma();
        let gain = (-2.0 * (std::f64::consts::PI * sigma * 0.05).powi(2)).exp();
        assert!((gain - 0.5).abs() < 1e-12, "{gain}");
        let found = Crossover::of_sigma(sigma).unwrap().cycles_per_pixel();
        assert!((found - 0.05).abs() < 1e-15);
    }

    #[test]
    fn crossover_lies_between_zero_and_nyquist() {
        for cycles in [0.0, -0.1, 0.500_1, f64::NAN, f64::INFINITY] {
            assert!(matches!(Crossover::per_pixel(cycles), Err(KernelError::Crossover { .. })), "{cycles}");
        }
        assert!((Crossover::across(5.0, 200.0).unwrap().cycles_per_pixel() - 0.025).abs() < 1e-15);
    }
}
