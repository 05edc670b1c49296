//! The optimising mixer.

use std::path::{Path, PathBuf};

use clap::Args;
use nearfar::{
    ShareWish,
    descent::{Options, Parametrization, Start},
    image::TransferFunction,
    kernels::{Border, Colors},
    settings::{DescentSettings, Preset, SettingsError, SolverName, Worded},
};

use super::{ShareArgs, choice::word};
use crate::files::is_stream;

/// How the optimising mixer works. What is not said comes from the preset.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mixing")]
pub(crate) struct DescentArgs {
    /// Where the settings start from; the flags below override it wherever they stand.
    #[arg(long, value_parser = word::<Preset>(), default_value = "best", value_name = "NAME")]
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
    #[arg(long, value_parser = word::<Border>(), value_name = "WHAT")]
    border: Option<Border>,
    /// The curve between codes and light.
    #[arg(long, value_parser = word::<TransferFunction>(), value_name = "CURVE")]
    transfer: Option<TransferFunction>,
    /// How colours go into the hybrid.
    #[arg(long, value_parser = word::<Colors>(), value_name = "HOW")]
    colors: Option<Colors>,
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
    #[arg(long, value_parser = word::<SolverName>(), value_name = "NAME")]
    solver: Option<SolverName>,
    /// Learning rate of gradient descent, momentum or Adam; without it one that suits the weights, or 0.02 for Adam.
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    rate: Option<f64>,
    /// How pixels are kept between 0 and 1.
    #[arg(long, value_parser = word::<Parametrization>(), value_name = "HOW")]
    range: Option<Parametrization>,
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
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "dry_run")]
    pub(crate) trace: Option<u64>,
}

impl DescentArgs {
    /// The preset with the flags laid over it.
    pub(crate) fn options(&self) -> Result<Options, SettingsError> {
        let start = match &self.start {
            Some(StartArg::Named(start)) => Some(*start),
            _ => None,
        };
        let said = DescentSettings {
            preset: self.preset,
            near_weight: self.near_weight,
            detail_weight: self.detail_weight,
            far_weight: self.far_weight,
            sigma: self.sigma,
            kernel_size: self.kernel_size,
            border: self.border,
            transfer: self.transfer,
            colors: self.colors,
            color_weight: self.color_weight,
            edge_contrast: self.edge_contrast,
            solver: self.solver,
            rate: self.rate,
            range: self.range,
            steps: self.steps,
            tolerance: self.tolerance,
            start,
        };
        said.options()
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

#[derive(Clone, Debug)]
enum StartArg {
    Named(Start),
    File(PathBuf),
}

fn start(text: &str) -> Result<StartArg, String> {
    let named = Start::WORDS.iter().find(|named| named.word == text);
    match named {
        Some(named) => Ok(StartArg::Named(named.value)),
        None if is_stream(Path::new(text)) => Err("the start cannot come from standard input".to_owned()),
        None if Path::new(text).is_file() => Ok(StartArg::File(text.into())),
        None => {
            let words: Vec<_> = Start::WORDS.iter().map(|named| named.word).collect();
            Err(format!("it is neither {} nor a file", words.join(", ")))
        }
    }
}
