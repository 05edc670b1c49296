//! Gaussian kernels.

use crate::KernelError;

/// A Gaussian of a given width, truncated at a given radius.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaussian {
    sigma: f64,
    radius: usize,
}

/// The longest kernel: more taps than any picture that fits memory has pixels in a row.
const MAX_SIZE: usize = (1 << 20) - 1;

/// The narrowest blur: practically none, but not so narrow that its square underflows.
const MIN_SIGMA: f64 = 1e-9;

/// The widest blur: truncated at 4 sigma, it is about as long as a kernel may be.
const MAX_SIGMA: f64 = 131_071.0;

/// Where a Gaussian is truncated by default, in sigmas. At sigma 3 this costs 0.05 % of its variance; 3 sigmas cost 1.6
/// %, 2 sigmas 16.9 %.
const TRUNCATION: f64 = 4.0;

impl Gaussian {
    /// A Gaussian of `sigma` pixels, truncated at 4 sigma.
    ///
    /// # Errors
    ///
    /// [`KernelError::Sigma`] unless sigma is from 1e-9 to 131 071.
    pub fn new(sigma: f64) -> Result<Self, KernelError> {
        Self::with_truncation(sigma, TRUNCATION)
    }

    /// A Gaussian of `sigma` pixels, truncated at the first whole pixel at or beyond `truncation` sigmas.
    ///
    /// # Errors
    ///
    /// As [`Self::new`]; [`KernelError::Truncation`], or [`KernelError::KernelSize`] if the kernel would be too long.
    pub fn with_truncation(sigma: f64, truncation: f64) -> Result<Self, KernelError> {
        if !(truncation.is_finite() && truncation > 0.0) {
            return Err(KernelError::Truncation { truncation });
        }
        check_sigma(sigma)?;
        let radius = (sigma * truncation).ceil() as usize;
        Self::with_size(sigma, radius.saturating_mul(2).saturating_add(1))
    }

    /// A Gaussian of `sigma` pixels with `size` taps; `size` is odd.
    ///
    /// # Errors
    ///
    /// [`KernelError::Sigma`] or [`KernelError::KernelSize`].
    pub fn with_size(sigma: f64, size: usize) -> Result<Self, KernelError> {
        check_sigma(sigma)?;
        if size.is_multiple_of(2) || size > MAX_SIZE {
            return Err(KernelError::KernelSize { size, max: MAX_SIZE });
        }
        Ok(Self { sigma, radius: size / 2 })
    }

    /// Standard deviation before truncation, in pixels.
    #[must_use]
    pub fn sigma(&self) -> f64 {
        self.sigma
    }

    /// Radius in pixels at which it is truncated.
    #[must_use]
    pub fn radius(&self) -> usize {
        self.radius
    }

    /// Samples of the Gaussian at whole pixels, divided by their sum.
    #[must_use]
    pub fn taps(&self) -> Taps {
        let weight = |k: usize| (-((k * k) as f64) / (2.0 * self.sigma * self.sigma)).exp();
        let sum = 1.0 + 2.0 * (1..=self.radius).map(weight).sum::<f64>();
        let radius = self.radius as isize;
        Taps { weights: (-radius..=radius).map(|k| (weight(k.unsigned_abs()) / sum) as f32).collect() }
    }
}

fn check_sigma(sigma: f64) -> Result<(), KernelError> {
    if (MIN_SIGMA..=MAX_SIGMA).contains(&sigma) {
        Ok(())
    } else {
        Err(KernelError::Sigma { sigma, min: MIN_SIGMA, max: MAX_SIGMA })
    }
}

/// An odd number of filter weights, symmetric about the middle one.
#[derive(Clone, Debug, PartialEq)]
pub struct Taps {
    weights: Vec<f32>,
}

impl Taps {
    /// All weights from first to last.
    #[must_use]
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// How far the filter reaches to either side, in pixels.
    #[must_use]
    pub fn radius(&self) -> usize {
        self.weights.len() / 2
    }

    /// Variance of the filter in square pixels: that of the Gaussian less the loss from truncation.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let radius = self.radius() as f64;
        self.weights.iter().enumerate().map(|(i, &w)| f64::from(w) * (i as f64 - radius).powi(2)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(taps: &Taps) -> (f64, f64) {
        let radius = taps.radius() as f64;
        let weights = taps.weights().iter().map(|&w| f64::from(w));
        let mean = weights.clone().enumerate().map(|(i, w)| (i as f64 - radius) * w).sum();
        (weights.sum(), mean)
    }

    #[test]
    fn taps_sum_to_one_about_zero() {
        for sigma in [0.3, 1.0, 3.0, 7.7, 48.0] {
            let (sum, mean) = moments(&Gaussian::new(sigma).unwrap().taps());
            assert!((sum - 1.0).abs() < 1e-6, "sigma {sigma}: sum {sum}");
            assert!(mean.abs() < 1e-12, "sigma {sigma}: mean {mean}");
        }
    }

    #[test]
    fn variance_is_sigma_squared_less_the_stated_loss() {
        for (truncation, loss) in [(2.0, 0.169), (3.0, 0.016), (4.0, 0.0005)] {
            let taps = Gaussian::with_truncation(3.0, truncation).unwrap().taps();
            let found = 1.0 - taps.variance() / 9.0;
            assert!((found - loss).abs() < 0.05 * loss + 5e-5, "{truncation} sigma lose {found}, not {loss}");
        }
    }

    #[test]
    fn article_kernel_has_variance_8_21() {
        let taps = Gaussian::with_size(3.0, 15).unwrap().taps();
        assert_eq!(taps.weights().len(), 15);
        assert!((taps.variance() - 8.21).abs() < 0.005, "{}", taps.variance());
    }

    #[test]
    fn sigma_must_be_in_range() {
        for sigma in [0.0, -1.0, 1e-200, 131_072.0, 1e30, f64::NAN, f64::INFINITY] {
            assert!(matches!(Gaussian::new(sigma), Err(KernelError::Sigma { .. })), "{sigma}");
            assert!(matches!(Gaussian::with_size(sigma, 3), Err(KernelError::Sigma { .. })), "{sigma}");
        }
        assert_eq!(Gaussian::new(MIN_SIGMA).unwrap().taps().weights(), [0.0, 1.0, 0.0]);
        assert!(Gaussian::new(MAX_SIGMA).is_ok());
        assert!(matches!(Gaussian::with_truncation(3.0, 1e9), Err(KernelError::KernelSize { .. })));
        assert!(matches!(Gaussian::with_size(3.0, 14), Err(KernelError::KernelSize { size: 14, .. })));
        assert!(matches!(Gaussian::with_truncation(3.0, f64::NAN), Err(KernelError::Truncation { .. })));
    }
}
