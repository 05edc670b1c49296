//! The Fourier mixer.

use clap::{Args, ValueEnum};
use nearfar::{
    Method, Size,
    fourier::{Border, FrequencyResponse, NearGain, Options, OutOfRange},
    kernels::{Crossover, KernelError},
};

use super::descent::{TransferArg, set};
use crate::failure::Failure;

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
    /// The defaults with the flags laid over them, all but the cutoffs.
    pub(crate) fn options(&self) -> Options {
        let low = match self.response {
            ResponseArg::Gaussian => FrequencyResponse::Gaussian,
            ResponseArg::Butterworth => FrequencyResponse::Butterworth { order: self.order },
            ResponseArg::Ideal => FrequencyResponse::Ideal,
            ResponseArg::Wiener => FrequencyResponse::Wiener {
                near_weight: self.weights[0],
                far_weight: self.weights[1],
                sigma: self.sigma,
            },
        };
        let mut options = Options { low, ..Options::default() };
        set(&mut options.near_gain, self.near_gain.map(NearGain::Uniform));
        set(&mut options.transfer, self.transfer.map(Into::into));
        set(&mut options.border, self.border.map(Into::into));
        set(&mut options.out_of_range, self.out_of_range.map(Into::into));
        options
    }

    /// The cutoffs that were said.
    pub(crate) fn cutoffs(&self) -> Cutoffs {
        Cutoffs { low: self.low, high: self.high }
    }

    /// Whether the cutoff is left to be chosen.
    pub(crate) fn is_open(&self) -> bool {
        self.low.is_none()
    }
}

/// Cutoffs that were said, to be laid over a method when the pictures' size is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cutoffs {
    low: Option<Cutoff>,
    high: Option<Cutoff>,
}

impl Cutoffs {
    /// The method, for pictures of `size`, with these cutoffs.
    pub(crate) fn laid_over(self, method: Method, size: Size) -> Result<Method, Failure> {
        let at = |cutoff: Option<Cutoff>| {
            cutoff.map(|cutoff| cutoff.crossover(size)).transpose().map_err(|error| {
                Failure::usage(format_args!("a cutoff is out of reach: {error}"))
                    .fix("give --low and --high what these pixels can hold, such as 24cpi")
            })
        };
        match method {
            Method::Fourier(options) => {
                Ok(Method::Fourier(Options { crossover: at(self.low)?, high: at(self.high)?, ..options }))
            }
            other => Ok(other),
        }
    }
}

/// A frequency in the unit that it was said in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cutoff {
    /// Cycles along the shorter side of the picture.
    CyclesPerImage(f64),
    CyclesPerPixel(f64),
    /// Where a Gaussian blur of so many pixels leaves half.
    Sigma(f64),
}

impl Cutoff {
    fn crossover(self, size: Size) -> Result<Crossover, KernelError> {
        match self {
            Self::CyclesPerImage(cycles) => Crossover::across(cycles, size.shorter_side() as f64),
            Self::CyclesPerPixel(cycles) => Crossover::per_pixel(cycles),
            Self::Sigma(pixels) => Crossover::of_sigma(pixels),
        }
    }
}

/// A frequency with its unit.
fn cutoff(text: &str) -> Result<Cutoff, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let value = digits.parse().map_err(|_| format!("{digits:?} is not a number"))?;
    match &text[digits.len()..] {
        "cpi" => Ok(Cutoff::CyclesPerImage(value)),
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
