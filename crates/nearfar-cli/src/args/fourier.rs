//! The Fourier mixer.

use clap::{Args, ValueEnum};
use nearfar::fourier::{Border, Cutoff, FrequencyResponse, Options, OutOfRange};

use super::descent::{TransferArg, set};

/// How the Fourier mixer works.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mixing")]
pub(crate) struct FourierArgs {
    /// Shape of the filters.
    #[arg(long, value_enum, default_value = "gaussian", value_name = "SHAPE")]
    response: ResponseArg,
    /// Order of the Butterworth response.
    #[arg(long, default_value_t = 2, value_name = "N")]
    order: u32,
    /// Where FAR is cut off (gain 1/2), such as 16cpi (cycles per image), 0.03cpp (cycles per pixel) or 6px (sigma). Without
    /// it FAR's subject decides: 10 cycles across a face, else 24 across the picture.
    #[arg(long, value_name = "CUTOFF", value_parser = cutoff, allow_hyphen_values = true, conflicts_with = "far_distance")]
    low: Option<Cutoff>,
    /// Where NEAR begins, in the same units; without it the same as --low.
    #[arg(long, value_name = "CUTOFF", value_parser = cutoff, allow_hyphen_values = true)]
    high: Option<Cutoff>,
    /// Near and far weight of the `wiener` response.
    #[arg(long, num_args = 2, value_names = ["NEAR", "FAR"], default_values_t = [0.1, 1.0])]
    weights: Vec<f64>,
    /// Blur of the `wiener` response in pixels.
    #[arg(
        long,
        default_value_t = 3.0,
        value_name = "PX",
        allow_negative_numbers = true,
        conflicts_with = "far_distance"
    )]
    sigma: f64,
    /// Factor on the details of NEAR.
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
    /// The defaults with the flags laid over them.
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::default();
        let FrequencyResponse::Gaussian { cutoff: usual } = options.low else {
            unreachable!("the default response is a Gaussian");
        };
        options.low = self.response(self.low.unwrap_or(usual), self.sigma);
        options.high = self.high.map(|cutoff| self.response(cutoff, self.sigma));
        set(&mut options.near_gain, self.near_gain);
        set(&mut options.transfer, self.transfer.map(Into::into));
        set(&mut options.border, self.border.map(Into::into));
        set(&mut options.out_of_range, self.out_of_range.map(Into::into));
        options
    }

    /// Whether the cutoff is left to be chosen.
    pub(crate) fn is_open(&self) -> bool {
        self.low.is_none()
    }

    fn response(&self, cutoff: Cutoff, sigma: f64) -> FrequencyResponse {
        match self.response {
            ResponseArg::Gaussian => FrequencyResponse::Gaussian { cutoff },
            ResponseArg::Butterworth => FrequencyResponse::Butterworth { cutoff, order: self.order },
            ResponseArg::Ideal => FrequencyResponse::Ideal { cutoff },
            ResponseArg::Wiener => {
                FrequencyResponse::Wiener { near_weight: self.weights[0], far_weight: self.weights[1], sigma }
            }
        }
    }
}

/// A frequency with its unit.
fn cutoff(text: &str) -> Result<Cutoff, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let value = digits.parse().map_err(|_| format!("{digits:?} is not a number"))?;
    match &text[digits.len()..] {
        "cpi" => Ok(Cutoff::CyclesPerPicture(value)),
        "cpp" => Ok(Cutoff::CyclesPerPixel(value)),
        "px" => Ok(Cutoff::Sigma(value)),
        "" => Err("the unit is missing: cpi (cycles per image), cpp (cycles per pixel) or px (sigma)".to_owned()),
        unit => Err(format!("{unit:?} is no unit; use cpi (cycles per image), cpp (cycles per pixel) or px (sigma)")),
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
