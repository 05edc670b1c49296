//! The Fourier mixer.

use clap::Args;
use nearfar::{
    Cutoff, Cutoffs, ShareWish,
    fourier::{Border, OutOfRange},
    image::TransferFunction,
    kernels::Colors,
    settings::{FourierSettings, ResponseName},
};

use super::{
    ShareArgs,
    choice::{Choice, choice},
    descent::{COLORS, TRANSFERS},
};

/// How the Fourier mixer works.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mixing")]
pub(crate) struct FourierArgs {
    /// The classical mix: every channel for itself, details as they are. The flags below override it.
    #[arg(long)]
    classic: bool,
    /// Shape of the filters.
    #[arg(long, value_parser = choice(RESPONSES), default_value = "gaussian", value_name = "SHAPE")]
    response: ResponseName,
    /// Order of the Butterworth response; 2 if not given.
    #[arg(long, value_name = "N")]
    order: Option<u32>,
    /// Where FAR is cut off (gain 1/2), such as 16cpi (cycles per image), 0.03cpp (cycles per pixel) or 6px (sigma). Without
    /// it FAR's subject decides.
    #[arg(long, value_name = "CUTOFF", allow_hyphen_values = true, conflicts_with = "far_distance")]
    low: Option<Cutoff>,
    /// Where NEAR begins, in the same units; without it the same as --low.
    #[arg(long, value_name = "CUTOFF", allow_hyphen_values = true)]
    high: Option<Cutoff>,
    /// Near and far weight of the `wiener` response; 0.1 and 1 if not given.
    #[arg(long, num_args = 2, value_names = ["NEAR", "FAR"])]
    weights: Option<Vec<f64>>,
    /// Blur of the `wiener` response in pixels; 3 if not given.
    #[arg(long, value_name = "PX", allow_negative_numbers = true, conflicts_with = "far_distance")]
    sigma: Option<f64>,
    /// How colours go into the hybrid.
    #[arg(long, value_parser = choice(COLORS), value_name = "HOW")]
    colors: Option<Colors>,
    #[command(flatten)]
    share: ShareArgs,
    /// Factor on the details of NEAR, everywhere the same; without it details are made stronger where they would drown.
    #[arg(long, value_name = "G", allow_negative_numbers = true)]
    near_gain: Option<f64>,
    /// The curve between codes and light.
    #[arg(long, value_parser = choice(TRANSFERS), value_name = "CURVE")]
    transfer: Option<TransferFunction>,
    /// What the filters see outside the picture.
    #[arg(long, value_parser = choice(BORDERS), value_name = "WHAT")]
    border: Option<Border>,
    /// What happens where the sum leaves 0 to 1.
    #[arg(long, value_parser = choice(OUT_OF_RANGE), value_name = "HOW")]
    out_of_range: Option<OutOfRange>,
}

impl FourierArgs {
    /// What was said.
    pub(crate) fn settings(&self) -> FourierSettings {
        FourierSettings {
            classic: self.classic,
            response: self.response,
            order: self.order,
            weights: self.weights.as_deref().and_then(|weights| weights.try_into().ok()),
            sigma: self.sigma,
            cutoffs: Cutoffs { low: self.low, high: self.high },
            colors: self.colors,
            near_gain: self.near_gain,
            transfer: self.transfer,
            border: self.border,
            out_of_range: self.out_of_range,
        }
    }

    /// How much of FAR comes through.
    pub(crate) fn share(&self) -> ShareWish {
        self.share.wish()
    }
}

const RESPONSES: &[Choice<ResponseName>] = &[
    ("gaussian", ResponseName::Gaussian, "The blur of an eye; never rings"),
    ("butterworth", ResponseName::Butterworth, "Steeper with every order"),
    ("ideal", ResponseName::Ideal, "A hard step; rings"),
    (
        "wiener",
        ResponseName::Wiener,
        "The optimising mixer's optimum in closed form, colour curve and range ignored; takes --weights and --sigma \
         instead of cutoffs",
    ),
];

const BORDERS: &[Choice<Border>] = &[
    ("mirror", Border::Mirror, "The picture mirrored at its edge"),
    ("periodic", Border::Periodic, "The picture repeated, as a plain FFT has it"),
];

const OUT_OF_RANGE: &[Choice<OutOfRange>] = &[
    ("clip", OutOfRange::Clip, "Cut off, and counted"),
    ("rescale", OutOfRange::Rescale, "Compress the whole picture"),
    ("local-gain", OutOfRange::LocalGain, "Weaken NEAR around such places"),
];
