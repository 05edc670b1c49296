//! Everything that can be chosen about a Fourier hybrid.

use nearfar_image::TransferFunction;
use nearfar_kernels::{Colors, Crossover, Share};

use crate::{FourierError, FrequencyResponse};

/// Everything that can be chosen about a Fourier hybrid.
///
/// The defaults choose no crossover and no share: these depend on the pictures. [`Options::classic`] is the plainest mix
/// there is, the classical one.
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
            near_gain: NearGain::Matched { strength: 1.3, most: 1.8 },
            colors: Colors::Luma,
            share: None,
            transfer: TransferFunction::Identity,
            border: Border::Mirror,
            out_of_range: OutOfRange::Clip,
        }
    }
}

impl Options {
    /// The classical mix: every channel for itself, a low-pass of the far picture plus a high-pass of the near one, codes,
    /// clipped.
    #[must_use]
    pub fn classic() -> Self {
        Self { near_gain: NearGain::default(), colors: Colors::Channels, ..Self::default() }
    }

    /// Checks all that does not need a picture: what [`Plan::new`](crate::Plan::new) refuses, but for a crossover that nobody
    /// chose yet.
    ///
    /// # Errors
    ///
    /// [`FourierError`] names the first option that makes no sense.
    ///
    /// # Panics
    ///
    /// Never: pixels hold half a cycle.
    pub fn check(&self) -> Result<(), FourierError> {
        self.near_gain.check()?;
        self.share.map_or(Ok(()), |share| share.check())?;
        let any = Crossover::per_pixel(0.5).expect("what pixels hold");
        self.low.curve(self.crossover.unwrap_or(any)).map(drop)
    }
}

/// How strong the near picture's details are.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)
)]
#[non_exhaustive]
pub enum NearGain {
    /// As strong everywhere: a factor on them, from 0 to [`Self::MAX`]; 1 leaves them as they are.
    Uniform(f64),
    /// Stronger where they would drown: a factor that follows the ratio of two local contrasts in lightness, the far
    /// picture's next to the crossover and that of the near picture's details. Takes twice the transforms.
    Matched {
        /// Factor on the ratio, from 0 to [`Self::MAX`].
        strength: f64,
        /// The greatest factor on details, from 1 to [`Self::MAX`]; the least is 1.
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
    /// The most that a gain may be: one step of 8 bits is black or white then.
    pub const MAX: f64 = 1000.0;

    /// # Errors
    ///
    /// [`FourierError::NearGain`] or [`FourierError::MatchedGain`].
    pub(crate) fn check(self) -> Result<(), FourierError> {
        const MAX: f64 = NearGain::MAX;
        match self {
            Self::Uniform(gain) if !(0.0..=MAX).contains(&gain) => Err(FourierError::NearGain { gain, max: MAX }),
            Self::Matched { strength, most } if !(0.0..=MAX).contains(&strength) || !(1.0..=MAX).contains(&most) => {
                Err(FourierError::MatchedGain { strength, most, max: MAX })
            }
            _ => Ok(()),
        }
    }
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
