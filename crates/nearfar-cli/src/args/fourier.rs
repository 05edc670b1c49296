//! The Fourier mixer.

use clap::{Args, ValueEnum};
use nearfar::{
    Cutoff, Cutoffs, ShareWish,
    fourier::{Border, FrequencyResponse, NearGain, Options, OutOfRange},
};

use super::{
    ShareArgs,
    descent::{ColorsArg, TransferArg, set},
};
use crate::failure::Failure;

/// How the Fourier mixer works.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mixing")]
pub(crate) struct FourierArgs {
    /// The classical mix: every channel for itself, details as they are. The flags below override it.
    #[arg(long)]
    classic: bool,
    /// Shape of the filters.
    #[arg(long, value_enum, default_value = "gaussian", value_name = "SHAPE")]
    response: ResponseArg,
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
    #[arg(long, value_enum, value_name = "HOW")]
    colors: Option<ColorsArg>,
    #[command(flatten)]
    share: ShareArgs,
    /// Factor on the details of NEAR, everywhere the same; without it details are made stronger where they would drown.
    #[arg(long, value_name = "G", allow_negative_numbers = true)]
    near_gain: Option<f64>,
    /// The curve between codes and light.
    #[arg(long, value_enum, value_name = "CURVE")]
    transfer: Option<TransferArg>,
    /// What the filters see outside the picture.
    #[arg(long, value_enum, value_name = "WHAT")]
    border: Option<BorderArg>,
    /// What happens where the sum leaves 0 to 1.
    #[arg(long, value_enum, value_name = "HOW")]
    out_of_range: Option<OutOfRangeArg>,
}

impl FourierArgs {
    /// The defaults with the flags laid over them, all but the cutoffs.
    pub(crate) fn options(&self) -> Result<Options, Failure> {
        self.check()?;
        let low = match self.response {
            ResponseArg::Gaussian => FrequencyResponse::Gaussian,
            ResponseArg::Butterworth => FrequencyResponse::Butterworth { order: self.order.unwrap_or(2) },
            ResponseArg::Ideal => FrequencyResponse::Ideal,
            ResponseArg::Wiener => {
                let weights = self.weights.as_deref().unwrap_or(&[0.1, 1.0]);
                let (near_weight, far_weight, sigma) = (weights[0], weights[1], self.sigma.unwrap_or(3.0));
                FrequencyResponse::Wiener { near_weight, far_weight, sigma }
            }
        };
        let usual = if self.classic { Options::classic() } else { Options::default() };
        let mut options = Options { low, ..usual };
        set(&mut options.colors, self.colors.map(Into::into));
        set(&mut options.near_gain, self.near_gain.map(NearGain::Uniform));
        set(&mut options.transfer, self.transfer.map(Into::into));
        set(&mut options.border, self.border.map(Into::into));
        set(&mut options.out_of_range, self.out_of_range.map(Into::into));
        Ok(options)
    }

    /// Refuses what would have no effect.
    fn check(&self) -> Result<(), Failure> {
        let (butterworth, wiener) =
            (matches!(self.response, ResponseArg::Butterworth), matches!(self.response, ResponseArg::Wiener));
        let idle = [
            (self.order.is_some() && !butterworth, "--order", "--response butterworth"),
            (self.weights.is_some() && !wiener, "--weights", "--response wiener"),
            (self.sigma.is_some() && !wiener, "--sigma", "--response wiener (or give the cutoff, as in --low 6px)"),
        ];
        for (is_idle, flag, response) in idle {
            if is_idle {
                return Err(Failure::usage(format_args!("{flag} has no effect with this response"))
                    .fix(format_args!("leave it out, or say {response}")));
            }
        }
        if wiener && self.low.or(self.high).is_some() {
            return Err(Failure::usage("--low and --high have no effect with the wiener response")
                .fix("leave them out, or say --weights and --sigma"));
        }
        Ok(())
    }

    /// The cutoffs that were said.
    pub(crate) fn cutoffs(&self) -> Cutoffs {
        Cutoffs { low: self.low, high: self.high }
    }

    /// How much of FAR comes through.
    pub(crate) fn share(&self) -> ShareWish {
        self.share.wish()
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ResponseArg {
    /// The blur of an eye; never rings.
    Gaussian,
    /// Steeper with every order.
    Butterworth,
    /// A hard step; rings.
    Ideal,
    /// The optimising mixer's optimum in closed form, colour curve and range ignored; takes --weights and --sigma
    /// instead of cutoffs.
    Wiener,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum BorderArg {
    /// The picture mirrored at its edge.
    Mirror,
    /// The picture repeated, as a plain FFT has it.
    Periodic,
}

impl From<BorderArg> for Border {
    fn from(border: BorderArg) -> Self {
        match border {
            BorderArg::Mirror => Self::Mirror,
            BorderArg::Periodic => Self::Periodic,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutOfRangeArg {
    /// Cut off, and counted.
    Clip,
    /// Compress the whole picture.
    Rescale,
    /// Weaken NEAR around such places.
    LocalGain,
}

impl From<OutOfRangeArg> for OutOfRange {
    fn from(rule: OutOfRangeArg) -> Self {
        match rule {
            OutOfRangeArg::Clip => Self::Clip,
            OutOfRangeArg::Rescale => Self::Rescale,
            OutOfRangeArg::LocalGain => Self::LocalGain,
        }
    }
}
