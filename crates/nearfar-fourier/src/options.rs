//! The options of a Fourier hybrid.

use nearfar_image::TransferFunction;
use nearfar_kernels::{Colors, Crossover, Share};

use crate::{FourierError, FrequencyResponse};

/// All options of a Fourier hybrid.
///
/// The defaults leave crossover and share open, since these depend on the pictures. [`Options::classic`] is the
/// simplest, classical mix.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Options {
    /// The far picture's cutoff: `low` is 1/2 there. [`Plan::new`](crate::Plan::new) refuses `None`.
    pub crossover: Option<Crossover>,
    /// The low-pass response of the far picture.
    pub low: FrequencyResponse,
    /// The near picture's cutoff, if it differs: its high-pass is `1 - low` with this crossover. `None` uses the same
    /// crossover, costs half the transforms, and leaves neither gap nor overlap between the pictures.
    pub high: Option<Crossover>,
    /// The strength of the near picture's details.
    pub near_gain: NearGain,
    /// How the colours of the two pictures are combined.
    pub colors: Colors,
    /// How much of the far picture's tones and colours comes through, with [`Colors::Luma`]; `None` means all.
    pub share: Option<Share>,
    /// The transfer function between codes and what is mixed: [`TransferFunction::Identity`] mixes the codes
    /// themselves, the other two mix light.
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
    /// The classical mix: each channel separately, a low-pass of the far picture plus a high-pass of the near one, on
    /// codes, clipped.
    #[must_use]
    pub fn classic() -> Self {
        Self { near_gain: NearGain::default(), colors: Colors::Channels, ..Self::default() }
    }

    /// Checks everything that does not need a picture: what [`Plan::new`](crate::Plan::new) refuses, except for a
    /// missing crossover.
    ///
    /// # Errors
    ///
    /// [`FourierError`] for the first invalid option.
    ///
    /// # Panics
    ///
    /// Never: 1/2 cycle per pixel is a valid crossover.
    pub fn check(&self) -> Result<(), FourierError> {
        self.near_gain.check()?;
        self.share.map_or(Ok(()), |share| share.check())?;
        let any = Crossover::per_pixel(0.5).expect("what pixels hold");
        self.low.curve(self.crossover.unwrap_or(any)).map(drop)
    }
}

/// The strength of the near picture's details.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)
)]
#[non_exhaustive]
pub enum NearGain {
    /// The same gain everywhere, from 0 to [`Self::MAX`]; 1 leaves details as they are.
    Uniform(f64),
    /// A larger gain where the far picture would mask details. It follows the ratio of two local contrasts in
    /// lightness, that of the far picture next to the crossover and that of the near picture's details. Takes twice the
    /// transforms.
    Matched {
        /// Factor on the ratio, from 0 to [`Self::MAX`].
        strength: f64,
        /// The largest gain of details, from 1 to [`Self::MAX`]; the smallest is 1.
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
    /// The limit on gains: with it one 8-bit step becomes black or white.
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
    /// The picture repeated, as in a plain FFT: the left edge continues at the right one.
    Periodic,
}

/// What happens where the sum of both bands leaves `[0, 1]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum OutOfRange {
    /// It is clipped, and counted.
    Clip,
    /// The whole picture is compressed to fit: only contrast is lost, but everywhere.
    Rescale,
    /// The near picture's details are weakened around such places, smoothly over about 1/64 of the shorter side, no
    /// more than necessary; the far view suffers least. Takes twice the transforms.
    LocalGain,
}
