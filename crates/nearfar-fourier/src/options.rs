//! Everything that can be chosen about a Fourier hybrid.

use nearfar_image::TransferFunction;
use nearfar_kernels::{Crossover, Share};

use crate::{FourierError, FrequencyResponse};

/// Everything that can be chosen about a Fourier hybrid.
///
/// The defaults are the plainest mix there is: one Gaussian for both bands, every channel alike, codes, clipped. They choose
/// no crossover: that depends on the pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Options {
    /// Where the far picture ends: `low` is 1/2 there. [`Plan::new`](crate::Plan::new) takes no `None`.
    pub crossover: Option<Crossover>,
    /// What the far picture keeps.
    pub low: FrequencyResponse,
    /// Where the near picture begins, if that is elsewhere: its high-pass is `1 - low` with this crossover. `None` is the same
    /// crossover, costs half the transforms, and leaves neither a gap nor an overlap between the pictures.
    pub high: Option<Crossover>,
    /// How strong the near picture's details are.
    pub near_gain: NearGain,
    /// What of a colour is mixed.
    pub colors: Colors,
    /// How much of the far picture's tones and colours comes through, with [`Colors::Luma`]; `None` is all.
    pub share: Option<Share>,
    /// The curve between codes and what is mixed: [`TransferFunction::Identity`] mixes the codes themselves, the other
    /// two mix light.
    pub transfer: TransferFunction,
    /// What the filters see outside the picture.
    pub border: Border,
    /// What happens where the sum of both bands leaves `[0, 1]`.
    pub out_of_range: OutOfRange,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            crossover: None,
            low: FrequencyResponse::Gaussian,
            high: None,
            near_gain: NearGain::default(),
            colors: Colors::Channels,
            share: None,
            transfer: TransferFunction::Identity,
            border: Border::Mirror,
            out_of_range: OutOfRange::Clip,
        }
    }
}

/// How strong the near picture's details are.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)
)]
pub enum NearGain {
    /// As strong everywhere: a factor on them, 0 or more; 1 leaves them as they are.
    Uniform(f64),
    /// Stronger where they would drown: a factor that follows the ratio of two local contrasts in lightness, the far
    /// picture's next to the crossover and that of the near picture's details. Takes twice the transforms.
    Matched {
        /// Factor on the ratio, 0 or more.
        strength: f64,
        /// The greatest factor on details, 1 or more; the least is 1.
        most: f64,
    },
}

impl Default for NearGain {
    /// Details as they are.
    fn default() -> Self {
        Self::Uniform(1.0)
    }
}

impl NearGain {
    /// # Errors
    ///
    /// [`FourierError::NearGain`] or [`FourierError::MatchedGain`].
    pub(crate) fn check(self) -> Result<(), FourierError> {
        match self {
            Self::Uniform(gain) if !(gain >= 0.0 && gain.is_finite()) => Err(FourierError::NearGain { gain }),
            Self::Matched { strength, most }
                if !(strength >= 0.0 && strength.is_finite() && most >= 1.0 && most.is_finite()) =>
            {
                Err(FourierError::MatchedGain { strength, most })
            }
            _ => Ok(()),
        }
    }
}

/// What of a colour is mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Colors {
    /// Every channel for itself, all alike.
    Channels,
    /// Luma alone: the near picture's with the far picture's tones. Colours are as [`Options::share`] has them, and weaker
    /// where that luma leaves them no room in `[0, 1]`.
    Luma,
}

/// What a Fourier filter sees outside the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Border {
    /// The picture mirrored at its outer edge (`c b a | a b c`), exactly: filtering in the discrete cosine transform.
    Mirror,
    /// The picture repeated, as a plain FFT has it: what leaves on the left comes in on the right.
    Periodic,
}

/// What happens where the sum of both bands leaves `[0, 1]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum OutOfRange {
    /// It is cut off, and counted.
    Clip,
    /// The whole picture is compressed to fit: nothing is lost but contrast, everywhere.
    Rescale,
    /// The near picture's details are weakened around such places, smoothly over about 1/64 of the shorter side, just
    /// as far as it takes; the far view suffers least. Takes twice the transforms.
    LocalGain,
}
