//! The optimising mixer.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use nearfar::{
    ShareWish,
    codec::Rounding,
    descent::{EdgeStop, Options, Parametrization, Solver, Start},
    image::TransferFunction,
    kernels::{Border, Colors},
};

use super::ShareArgs;
use crate::failure::Failure;

/// How the optimising mixer works. What is not said comes from the preset.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mixing")]
pub(crate) struct DescentArgs {
    /// Where the settings start from; the flags below override it wherever they stand.
    #[arg(long, value_enum, default_value = "best", value_name = "NAME")]
    pub(crate) preset: Preset,
    /// How much the hybrid is wanted equal to NEAR.
    #[arg(long, value_name = "W", allow_negative_numbers = true)]
    near_weight: Option<f64>,
    /// How much the details of the hybrid are wanted equal to those of NEAR, in units of sigma squared.
    #[arg(long, value_name = "W", allow_negative_numbers = true)]
    detail_weight: Option<f64>,
    /// How much the blurred hybrid is wanted equal to blurred FAR.
    #[arg(long, value_name = "W", allow_negative_numbers = true)]
    far_weight: Option<f64>,
    /// Width of the far view's blur in pixels: what distance does to the picture. Without it FAR's subject decides.
    #[arg(long, value_name = "PX", allow_negative_numbers = true, conflicts_with = "far_distance")]
    sigma: Option<f64>,
    /// Number of taps of the blur, odd; without it the Gaussian reaches to 4 sigma.
    #[arg(long, value_name = "N")]
    kernel_size: Option<usize>,
    /// What the blur sees outside the picture.
    #[arg(long, value_enum, value_name = "WHAT")]
    border: Option<BorderArg>,
    /// The curve between codes and light.
    #[arg(long, value_enum, value_name = "CURVE")]
    pub(crate) transfer: Option<TransferArg>,
    /// How colours go into the hybrid.
    #[arg(long, value_enum, value_name = "HOW")]
    colors: Option<ColorsArg>,
    /// How much of FAR comes through beside its shapes.
    #[command(flatten)]
    share: ShareArgs,
    /// How much the colours of the hybrid are wanted to be those of NEAR and FAR's share of them.
    #[arg(long, value_name = "W", allow_negative_numbers = true)]
    color_weight: Option<f64>,
    /// The difference between neighbouring pixels of NEAR, in codes from 0 to 1, from which on details may jump; 0 lets them
    /// jump nowhere.
    #[arg(long, value_name = "CODES", allow_negative_numbers = true)]
    edge_contrast: Option<f64>,
    /// How the loss is lowered.
    #[arg(long, value_enum, value_name = "NAME")]
    solver: Option<SolverArg>,
    /// Learning rate of gradient descent, momentum or Adam; without it one that suits the weights, or 0.02 for Adam.
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    rate: Option<f64>,
    /// How pixels are kept between 0 and 1.
    #[arg(long, value_enum, value_name = "HOW")]
    range: Option<RangeArg>,
    /// The most iterations at every size.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    steps: Option<usize>,
    /// Stop when an iteration gains less than this part of the loss; 0 stops where nothing is gained any more.
    #[arg(long, value_name = "PART", allow_negative_numbers = true)]
    tolerance: Option<f64>,
    /// The picture to start from: grey, near, far, blend (details of NEAR on blurred FAR), pyramid (from a mix of half the
    /// size), or a file of the hybrid's size, such as another method's hybrid; ./near is a file.
    #[arg(long, value_name = "WHAT", value_parser = start)]
    start: Option<StartArg>,
    /// Report the losses of every Nth step (N-1, 2N-1, ... counted from 0, before the step's update).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) trace: Option<u64>,
}

impl DescentArgs {
    /// The preset with the flags laid over it.
    pub(crate) fn options(&self) -> Result<Options, Failure> {
        let mut options = self.preset.options();
        set(&mut options.near_weight, self.near_weight);
        set(&mut options.detail_weight, self.detail_weight);
        set(&mut options.far_weight, self.far_weight);
        if self.sigma.is_some() {
            options.sigma = self.sigma;
        }
        if self.kernel_size.is_some() {
            options.kernel_size = self.kernel_size;
        }
        set(&mut options.border, self.border.map(Into::into));
        set(&mut options.transfer, self.transfer.map(Into::into));
        set(&mut options.colors, self.colors.map(Into::into));
        if self.color_weight.is_some() && options.colors == Colors::Channels {
            return Err(Failure::usage("--color-weight has no effect where channels are mixed alike")
                .fix("leave it out, or say --colors luma"));
        }
        set(&mut options.color_weight, self.color_weight);
        if let Some(contrast) = self.edge_contrast {
            options.edges = match contrast {
                0.0 => EdgeStop::NOWHERE,
                contrast => EdgeStop { contrast, ..EdgeStop::default() },
            };
        }
        set(&mut options.solver, self.solver.map(Into::into));
        if let Some(new) = self.rate {
            match &mut options.solver {
                Solver::GradientDescent { rate } | Solver::Momentum { rate, .. } => *rate = Some(new),
                Solver::Adam { rate } => *rate = new,
                _ => {
                    return Err(Failure::usage("this solver finds its own steps and takes no --rate")
                        .fix("leave --rate out, or say --solver gradient-descent, momentum or adam"));
                }
            }
        }
        set(&mut options.parametrization, self.range.map(Into::into));
        set(&mut options.stop.max_iterations, self.steps);
        set(&mut options.stop.tolerance, self.tolerance);
        if let Some(StartArg::Named(start)) = self.start {
            options.start = start;
        }
        Ok(options)
    }

    /// How much of FAR comes through.
    pub(crate) fn share(&self) -> ShareWish {
        self.share.wish()
    }

    /// The file to start from.
    pub(crate) fn start_file(&self) -> Option<&Path> {
        match &self.start {
            Some(StartArg::File(path)) => Some(path),
            _ => None,
        }
    }
}

/// Overrides a setting if something was said.
pub(crate) fn set<T>(setting: &mut T, said: Option<T>) {
    if let Some(value) = said {
        *setting = value;
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Preset {
    /// The best picture we know how to make.
    Best,
    /// A quick look: 8 iterations at every size.
    Draft,
    /// Everything as in the article: 15 taps at sigma 3, zero border, power 2.2, sigmoid, grey start, 200 steps of
    /// gradient descent at rate 0.3, weights 0.1 and 1, samples truncated to 8 bits.
    Article,
}

impl Preset {
    /// What it stands for.
    pub(crate) fn options(self) -> Options {
        match self {
            Self::Best => Options::default(),
            Self::Draft => Options::draft(),
            Self::Article => Options::article(),
        }
    }

    /// How samples fall on 8 bits: the article's program truncates.
    pub(crate) fn rounding(self) -> Rounding {
        match self {
            Self::Best | Self::Draft => Rounding::Nearest,
            Self::Article => Rounding::Truncate,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum BorderArg {
    /// The picture mirrored at its edge.
    Mirror,
    /// Black, not renormalised: rims darken.
    Zero,
}

impl From<BorderArg> for Border {
    fn from(border: BorderArg) -> Self {
        match border {
            BorderArg::Mirror => Self::Mirror,
            BorderArg::Zero => Self::Zero,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TransferArg {
    /// The sRGB curve.
    Srgb,
    /// Plain power 2.2.
    Power22,
    /// None: codes are blurred as if they were light.
    Identity,
}

impl From<TransferArg> for TransferFunction {
    fn from(transfer: TransferArg) -> Self {
        match transfer {
            TransferArg::Srgb => Self::Srgb,
            TransferArg::Power22 => Self::Power22,
            TransferArg::Identity => Self::Identity,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ColorsArg {
    /// Light and dark are mixed; colours are NEAR's but for FAR's share of them.
    Luma,
    /// Red, green and blue are mixed alike: FAR owns all that is coarse, colours too.
    Channels,
}

impl From<ColorsArg> for Colors {
    fn from(colors: ColorsArg) -> Self {
        match colors {
            ColorsArg::Luma => Self::Luma,
            ColorsArg::Channels => Self::Channels,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SolverArg {
    /// Curvature learnt from the last step; the default.
    Lbfgs,
    /// Plain gradient descent, as in the article.
    GradientDescent,
    /// Gradient descent that keeps nine tenths of its velocity.
    Momentum,
    /// Steps scaled for each pixel.
    Adam,
    /// Projected gradient descent that looks ahead.
    Fista,
}

impl From<SolverArg> for Solver {
    fn from(solver: SolverArg) -> Self {
        match solver {
            SolverArg::Lbfgs => Self::default(),
            SolverArg::GradientDescent => Self::GradientDescent { rate: None },
            SolverArg::Momentum => Self::Momentum { rate: None, momentum: 0.9 },
            SolverArg::Adam => Self::Adam { rate: 0.02 },
            SolverArg::Fista => Self::Fista,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RangeArg {
    /// Pixels are projected onto [0, 1] at every step.
    Box,
    /// Pixels are a sigmoid of free variables.
    Sigmoid,
}

impl From<RangeArg> for Parametrization {
    fn from(range: RangeArg) -> Self {
        match range {
            RangeArg::Box => Self::Box,
            RangeArg::Sigmoid => Self::Sigmoid,
        }
    }
}

#[derive(Clone, Debug)]
enum StartArg {
    Named(Start),
    File(PathBuf),
}

fn start(text: &str) -> Result<StartArg, String> {
    Ok(match text {
        "grey" => StartArg::Named(Start::Grey),
        "near" => StartArg::Named(Start::Near),
        "far" => StartArg::Named(Start::Far),
        "blend" => StartArg::Named(Start::Blend),
        "pyramid" => StartArg::Named(Start::Pyramid),
        "-" => return Err("the start cannot come from standard input".to_owned()),
        file if Path::new(file).is_file() => StartArg::File(file.into()),
        _ => return Err("it is neither grey, near, far, blend or pyramid nor a file".to_owned()),
    })
}
