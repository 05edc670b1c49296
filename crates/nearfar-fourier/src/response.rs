//! Frequency responses of low-pass filters.

use nearfar_kernels::{Crossover, Gaussian, HALF_GAIN};

use crate::FourierError;

/// An isotropic low-pass frequency response: 1 at frequency zero, falling with frequency.
///
/// The matching high-pass is always `1 - response`, so that a picture mixed with itself comes out unchanged.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)
)]
#[non_exhaustive]
pub enum FrequencyResponse {
    /// `2^-(f / crossover)^2`: the blur of an eye, and the only one of these that never rings.
    Gaussian,
    /// `1 / (1 + (f / crossover)^(2 order))`: steeper with every order; rings from order 2 on.
    Butterworth {
        /// 1 or more.
        order: u32,
    },
    /// Everything below the crossover, nothing above, and half exactly there: rings badly; for comparison.
    Ideal,
    /// `far_weight g^2 / (near_weight + far_weight g^2)`, where `g` is the response of a Gaussian blur of `sigma`: the
    /// closed-form optimum of `near_weight |Y - near|^2 + far_weight |G Y - G far|^2`, ignoring transfer function and
    /// range.
    ///
    /// It is 1/2 at `sqrt(ln(far_weight / near_weight)) / (2 pi sigma)` cycles per pixel (if far outweighs near), and
    /// `far_weight / (near_weight + far_weight)`, not 1, at frequency zero.
    Wiener {
        /// Weight of matching the near picture.
        near_weight: f64,
        /// Weight of matching the far picture after the blur.
        far_weight: f64,
        /// Sigma of the far view's blur, in pixels.
        sigma: f64,
    },
}

impl FrequencyResponse {
    /// Where the response is 1/2: at the given crossover or, for the Wiener response, at its own, provided that far
    /// outweighs near and pixels can hold the frequency.
    #[must_use]
    pub fn crossover(&self, given: Option<Crossover>) -> Option<Crossover> {
        let Self::Wiener { near_weight, far_weight, sigma } = *self else { return given };
        let cycles = (far_weight / near_weight).ln().sqrt() / (2.0 * std::f64::consts::PI * sigma);
        Crossover::per_pixel(cycles).ok()
    }

    /// The response as a function of frequency. The Wiener response has parameters of its own and ignores the
    /// crossover.
    ///
    /// # Errors
    ///
    /// [`FourierError::Order`], [`FourierError::Weights`] or [`FourierError::Sigma`].
    pub fn curve(&self, crossover: Crossover) -> Result<ResponseCurve, FourierError> {
        // A crossover whose square underflows would turn frequency zero into 0 / 0.
        let cutoff = crossover.cycles_per_pixel().powi(2).max(f64::MIN_POSITIVE);
        Ok(ResponseCurve(match *self {
            Self::Gaussian => Curve::Gaussian { cutoff },
            Self::Butterworth { order: 0 } => return Err(FourierError::Order { order: 0 }),
            // Any order this large is a step.
            Self::Butterworth { order } => {
                Curve::Butterworth { cutoff, order: i32::try_from(order).unwrap_or(i32::MAX) }
            }
            Self::Ideal => Curve::Ideal { cutoff },
            Self::Wiener { near_weight, far_weight, sigma } => {
                let ratio = near_weight / far_weight;
                if !(near_weight > 0.0 && far_weight > 0.0 && ratio > 0.0 && ratio.is_finite()) {
                    return Err(FourierError::Weights { near_weight, far_weight });
                }
                let sigma = Gaussian::new(sigma).map_err(FourierError::Sigma)?.sigma();
                Curve::Wiener { ratio, blur: (HALF_GAIN / sigma).powi(2) }
            }
        }))
    }
}

/// A [`FrequencyResponse`] at a crossover, checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponseCurve(Curve);

/// Cutoffs are stored squared, in squared cycles per pixel, so that tables of gains need no square root.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Curve {
    Gaussian { cutoff: f64 },
    Butterworth { cutoff: f64, order: i32 },
    Ideal { cutoff: f64 },
    Wiener { ratio: f64, blur: f64 },
}

impl ResponseCurve {
    /// The response at a frequency in cycles per pixel, in `[0, 1]`. It never increases with frequency.
    #[must_use]
    pub fn at(&self, frequency: f64) -> f64 {
        self.at_squared(frequency * frequency)
    }

    /// The response at the root of a squared frequency.
    pub(crate) fn at_squared(&self, square: f64) -> f64 {
        match self.0 {
            Curve::Gaussian { cutoff } => (-square / cutoff).exp2(),
            Curve::Butterworth { cutoff, order } => 1.0 / (1.0 + (square / cutoff).powi(order)),
            // Frequencies on the circle itself differ from the cutoff by rounding only.
            Curve::Ideal { cutoff } if (square / cutoff - 1.0).abs() < 1e-12 => 0.5,
            Curve::Ideal { cutoff } => f64::from(u8::from(square < cutoff)),
            Curve::Wiener { ratio, blur } => {
                let power = (-2.0 * square / blur).exp2();
                power / (ratio + power)
            }
        }
    }
}
