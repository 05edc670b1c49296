//! The Fourier mixer.

use clap::Args;
use nearfar::{
    Cutoff, Cutoffs, ShareWish,
    fourier::{Border, OutOfRange},
    image::TransferFunction,
    kernels::Colors,
    settings::{FourierSettings, ResponseName},
};

use super::{ShareArgs, choice::word};

/// How the Fourier mixer works.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mixing")]
pub(crate) struct FourierArgs {
    /// The classical mix: every channel for itself, details as they are. The flags below override it.
    #[arg(long)]
    classic: bool,
    /// Shape of the filters.
    #[arg(long, value_parser = word::<ResponseName>(), default_value = "gaussian", value_name = "SHAPE")]
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
    #[arg(long, value_parser = word::<Colors>(), value_name = "HOW")]
    colors: Option<Colors>,
    #[command(flatten)]
    share: ShareArgs,
    /// Factor on the details of NEAR, everywhere the same; without it details are made stronger where they would drown.
    #[arg(long, value_name = "G", allow_negative_numbers = true)]
    near_gain: Option<f64>,
    /// The curve between codes and light.
    #[arg(long, value_parser = word::<TransferFunction>(), value_name = "CURVE")]
    transfer: Option<TransferFunction>,
    /// What the filters see outside the picture.
    #[arg(long, value_parser = word::<Border>(), value_name = "WHAT")]
    border: Option<Border>,
    /// What happens where the sum leaves 0 to 1.
    #[arg(long, value_parser = word::<OutOfRange>(), value_name = "HOW")]
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
