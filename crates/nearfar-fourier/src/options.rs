//! Everything that can be chosen about a Fourier hybrid.

use nearfar_image::TransferFunction;

use crate::{Cutoff, FrequencyResponse};

/// Everything that can be chosen about a Fourier hybrid.
///
/// The defaults were chosen by looking at hybrids of a few aligned sample pairs, at full size and shrunk 4 and 8 times in
/// light. Response, cutoffs, and the rule for what is out of range were compared on one pair (Hopper near, Collins far)
/// only:
///
/// - *A Gaussian*: it does not ring, and steeper responses were no better.
/// - *One cutoff*: neither a gap nor an overlap of two was clearly better, and it costs half the transforms.
/// - *24 cycles per picture*: a face that takes a quarter of the picture's width does best with about 24, one that fills it
///   with about 12. The more, the earlier the far picture takes over. It is the optimising mixer's default too.
/// - *Codes*: mixing light is what the far eye does, but the near eye sees codes. Details added as light fade on bright
///   parts of the far picture and burn black into dark ones, and more of them is clipped.
/// - *Clipping*: it happens where bold details meet a black or white base, and looks like a crisp edge.
///   [`OutOfRange::LocalGain`] gives the cleaner far view but loses such details up close; rescaling greys everything.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Options {
    /// What the far picture keeps.
    pub low: FrequencyResponse,
    /// What the near picture loses: its high-pass is `1 - high`. `None` is the same as `low`, costs half the transforms,
    /// and leaves neither a gap nor an overlap between the pictures.
    pub high: Option<FrequencyResponse>,
    /// Factor on the near picture's details, 0 or more; 1 leaves them as they are.
    pub near_gain: f64,
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
            low: FrequencyResponse::Gaussian { cutoff: Cutoff::CyclesPerPicture(24.0) },
            high: None,
            near_gain: 1.0,
            transfer: TransferFunction::Identity,
            border: Border::Mirror,
            out_of_range: OutOfRange::Clip,
        }
    }
}

/// What a Fourier filter sees outside the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Border {
    /// The picture mirrored at its outer edge (`c b a | a b c`), exactly: filtering in the discrete cosine transform.
    #[default]
    Mirror,
    /// The picture repeated, as a plain FFT has it: what leaves on the left comes in on the right.
    Periodic,
}

/// What happens where the sum of both bands leaves `[0, 1]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum OutOfRange {
    /// It is cut off, and counted.
    #[default]
    Clip,
    /// The whole picture is compressed to fit: nothing is lost but contrast, everywhere.
    Rescale,
    /// The near picture's details are weakened around such places, smoothly over about 1/64 of the shorter side, just
    /// as far as it takes; the far view suffers least. Takes twice the transforms.
    LocalGain,
}
