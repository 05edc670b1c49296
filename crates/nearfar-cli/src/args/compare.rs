//! Both methods on one pair.

use std::path::PathBuf;

use clap::Args;

use super::{DistanceSettings, FilesArgs, FitArgs, InputSettings, RunArgs};

#[derive(Debug, Args)]
pub(crate) struct CompareCommand {
    #[command(flatten)]
    pub(crate) pair: FilesArgs,
    /// The folder to write to; it is made if need be.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// What is seen from afar where the methods are matched: -1 is only the far picture, 0 is both alike.
    #[arg(long, value_name = "P", default_value_t = -0.5, allow_negative_numbers = true)]
    pub(crate) p_far: f64,
    /// Settings of each method in its sweep, 2 or more.
    #[arg(id = "sweep", long = "sweep", value_name = "N", default_value_t = 8)]
    pub(crate) points: usize,
    /// Write a page that shows the comparison, too: one HTML file that needs no network.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Replace files of an earlier comparison.
    #[arg(short, long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) distance: DistanceSettings,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
