//! How much of each frequency a low-pass filter keeps.

use nearfar_image::Size;

use crate::FourierError;

/// A spatial frequency, in the unit that is at hand: where a response falls to 1/2.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Cutoff {
    /// Cycles along the shorter side of the picture. The larger the value, the finer the details that are still "far".
    CyclesPerPicture(f64),
    /// Cycles per pixel; pixels can hold up to 0.5.
    CyclesPerPixel(f64),
    /// The cutoff of a Gaussian blur of this many pixels, `0.18739 / sigma` cycles per pixel.
    Sigma(f64),
}

/// Cutoff times sigma of a Gaussian: `exp(-2 pi^2 x^2) = 1/2` at `x = sqrt(ln 2 / 2) / pi`.
const HALF_GAIN: f64 = 0.187_390_625_129_277_85;

impl Cutoff {
    /// The same frequency in cycles per pixel.
    ///
    /// # Errors
    ///
    /// [`FourierError::Cutoff`] unless the value is finite and above zero.
    pub fn cycles_per_pixel(self, size: Size) -> Result<f64, FourierError> {
        let (value, unit, frequency) = match self {
            Self::CyclesPerPicture(v) => (v, "cycles per picture", v / size.shorter_side() as f64),
            Self::CyclesPerPixel(v) => (v, "cycles per pixel", v),
            Self::Sigma(v) => (v, "pixels (sigma)", HALF_GAIN / v),
        };
        // Responses work with the square, so that must be an ordinary number as well.
        if value > 0.0 && value.is_finite() && (frequency * frequency).is_normal() {
            Ok(frequency)
        } else {
            Err(FourierError::Cutoff { value, unit })
        }
    }
}

/// A low-pass frequency response: 1 at frequency zero, falling with frequency, the same in every direction.
///
/// The matching high-pass is always `1 - response`, so that a picture mixed with itself comes out unchanged.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)
)]
pub enum FrequencyResponse {
    /// `2^-(f / cutoff)^2`: the blur of an eye, and the only one of these that never rings.
    Gaussian {
        /// Where the response is 1/2.
        cutoff: Cutoff,
    },
    /// `1 / (1 + (f / cutoff)^(2 order))`: steeper with every order; rings from order 2 on.
    Butterworth {
        /// Where the response is 1/2.
        cutoff: Cutoff,
        /// 1 or more.
        order: u32,
    },
    /// Everything below the cutoff and nothing above: rings badly; for comparison.
    Ideal {
        /// The step; the response is 1/2 exactly there.
        cutoff: Cutoff,
    },
    /// `far_weight g^2 / (near_weight + far_weight g^2)`, `g` the response of a Gaussian blur of `sigma`: the optimum
    /// in closed form of `near_weight |Y - near|^2 + far_weight |G Y - G far|^2`, colour curve and range ignored.
    ///
    /// It is 1/2 at `sqrt(ln(far_weight / near_weight)) / (2 pi sigma)` cycles per pixel (if far outweighs near), and
    /// `far_weight / (near_weight + far_weight)`, not 1, at frequency zero.
    Wiener {
        /// Weight of being like the near picture.
        near_weight: f64,
        /// Weight of being like the far picture after the blur.
        far_weight: f64,
        /// The blur of the far view, in pixels.
        sigma: f64,
    },
}

impl FrequencyResponse {
    /// The response as a function of frequency in pictures of `size`.
    ///
    /// # Errors
    ///
    /// [`FourierError::Cutoff`], [`FourierError::Order`] or [`FourierError::Weights`].
    pub fn curve(&self, size: Size) -> Result<ResponseCurve, FourierError> {
        let squared = |cutoff: Cutoff| cutoff.cycles_per_pixel(size).map(|frequency| frequency * frequency);
        Ok(ResponseCurve(match *self {
            Self::Gaussian { cutoff } => Curve::Gaussian { cutoff: squared(cutoff)? },
            Self::Butterworth { order: 0, .. } => return Err(FourierError::Order { order: 0 }),
            Self::Butterworth { cutoff, order } => {
                // Any order this large is a step.
                Curve::Butterworth { cutoff: squared(cutoff)?, order: i32::try_from(order).unwrap_or(i32::MAX) }
            }
            Self::Ideal { cutoff } => Curve::Ideal { cutoff: squared(cutoff)? },
            Self::Wiener { near_weight, far_weight, sigma } => {
                let ratio = near_weight / far_weight;
                if !(near_weight > 0.0 && far_weight > 0.0 && ratio > 0.0 && ratio.is_finite()) {
                    return Err(FourierError::Weights { near_weight, far_weight });
                }
                Curve::Wiener { ratio, blur: squared(Cutoff::Sigma(sigma))? }
            }
        }))
    }
}

/// A [`FrequencyResponse`] in pictures of one size: checked, with every cutoff in cycles per pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponseCurve(Curve);

/// Cutoffs are squared: tables of gains need no root then.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Curve {
    Gaussian { cutoff: f64 },
    Butterworth { cutoff: f64, order: i32 },
    Ideal { cutoff: f64 },
    Wiener { ratio: f64, blur: f64 },
}

impl ResponseCurve {
    /// The response at a frequency in cycles per pixel, in `[0, 1]`. It never rises with frequency.
    #[must_use]
    pub fn at(&self, frequency: f64) -> f64 {
        self.at_squared(frequency * frequency)
    }

    /// The response at the root of a squared frequency.
    pub(crate) fn at_squared(&self, square: f64) -> f64 {
        match self.0 {
            Curve::Gaussian { cutoff } => (-square / cutoff).exp2(),
            Curve::Butterworth { cutoff, order } => 1.0 / (1.0 + (square / cutoff).powi(order)),
            // Frequencies on the circle itself differ from it by rounding only.
            Curve::Ideal { cutoff } if (square / cutoff - 1.0).abs() < 1e-12 => 0.5,
            Curve::Ideal { cutoff } => f64::from(u8::from(square < cutoff)),
            Curve::Wiener { ratio, blur } => {
                let power = (-2.0 * square / blur).exp2();
                power / (ratio + power)
            }
        }
    }
}
