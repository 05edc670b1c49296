//! Display codes, light, and the transfer functions between them.

use std::fmt;

mod sealed {
    pub trait Sealed {}
}

/// Whether samples are display codes or amounts of light; implemented by [`Encoded`] and [`Linear`] alone.
pub trait ColorState: sealed::Sealed + Copy + fmt::Debug + PartialEq + Send + Sync + 'static {
    /// Name of the state, for messages.
    const NAME: &'static str;
}

/// Samples are display codes, as files hold them: equal differences look roughly equal to the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoded;

/// Samples are proportional to light, which is what adds up when a picture is blurred or seen from afar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linear;

impl sealed::Sealed for Encoded {}
impl sealed::Sealed for Linear {}

impl ColorState for Encoded {
    const NAME: &'static str = "Encoded";
}

impl ColorState for Linear {
    const NAME: &'static str = "Linear";
}

/// Weights of red, green and blue light in luminance: ITU-R BT.709-6, section 3.2.
pub const REC709: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// The transfer function between display codes and light, both nominally in `[0, 1]`.
///
/// Outside that range it is extended as an odd function (`decode(-v) == -decode(v)`), so that no value becomes NaN.
/// These scalar functions are the definition; vectorised versions elsewhere are tested against them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum TransferFunction {
    /// Codes are taken as light. For experiments and reference tests: it makes every problem linear.
    Identity,
    /// The article's plain power law: light = code^2.2. The slope of its encoding is infinite at black.
    Power22,
    /// IEC 61966-2-1: a linear segment near black, then a power of 2.4. All slopes are finite.
    #[default]
    Srgb,
}

/// Exponent of [`TransferFunction::Power22`].
const GAMMA: f32 = 2.2;
/// IEC 61966-2-1 as published: the linear segment ends at code 0.04045.
const SRGB_CODE_BREAK: f32 = 0.04045;
/// The same point in light, 0.04045 / 12.92, so that encode and decode switch at the same colour.
const SRGB_LIGHT_BREAK: f32 = SRGB_CODE_BREAK / SRGB_SLOPE;
const SRGB_SLOPE: f32 = 12.92;
const SRGB_OFFSET: f32 = 0.055;
const SRGB_EXPONENT: f32 = 2.4;

impl TransferFunction {
    /// The light that a code stands for.
    #[must_use]
    pub fn decode(self, code: f32) -> f32 {
        let v = code.abs();
        let light = match self {
            Self::Identity => v,
            Self::Power22 => v.powf(GAMMA),
            Self::Srgb if v <= SRGB_CODE_BREAK => v / SRGB_SLOPE,
            Self::Srgb => ((v + SRGB_OFFSET) / (1.0 + SRGB_OFFSET)).powf(SRGB_EXPONENT),
        };
        light.copysign(code)
    }

    /// The code for an amount of light; the inverse of [`Self::decode`].
    #[must_use]
    pub fn encode(self, light: f32) -> f32 {
        let v = light.abs();
        let code = match self {
            Self::Identity => v,
            Self::Power22 => v.powf(1.0 / GAMMA),
            Self::Srgb if v <= SRGB_LIGHT_BREAK => v * SRGB_SLOPE,
            Self::Srgb => (1.0 + SRGB_OFFSET) * v.powf(1.0 / SRGB_EXPONENT) - SRGB_OFFSET,
        };
        code.copysign(light)
    }

    /// Derivative of [`Self::decode`] at a code.
    #[must_use]
    pub fn decode_slope(self, code: f32) -> f32 {
        let v = code.abs();
        match self {
            Self::Identity => 1.0,
            Self::Power22 => GAMMA * v.powf(GAMMA - 1.0),
            Self::Srgb if v <= SRGB_CODE_BREAK => 1.0 / SRGB_SLOPE,
            Self::Srgb => {
                let scale = 1.0 + SRGB_OFFSET;
                SRGB_EXPONENT / scale * ((v + SRGB_OFFSET) / scale).powf(SRGB_EXPONENT - 1.0)
            }
        }
    }

    /// Derivative of [`Self::encode`] at an amount of light; infinite at black for [`Self::Power22`].
    #[must_use]
    pub fn encode_slope(self, light: f32) -> f32 {
        let v = light.abs();
        match self {
            Self::Identity => 1.0,
            Self::Power22 => v.powf(1.0 / GAMMA - 1.0) / GAMMA,
            Self::Srgb if v <= SRGB_LIGHT_BREAK => SRGB_SLOPE,
            Self::Srgb => (1.0 + SRGB_OFFSET) / SRGB_EXPONENT * v.powf(1.0 / SRGB_EXPONENT - 1.0),
        }
    }
}
