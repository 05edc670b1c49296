//! Arguments of `nearfar compare`.

use std::path::PathBuf;

use clap::Args;

use super::{DistanceSettings, FilesArgs, FitArgs, InputSettings, RunArgs};

#[derive(Debug, Args)]
pub(crate) struct CompareCommand {
    #[command(flatten)]
    pub(crate) pair: FilesArgs,
    /// The folder to write to, which is made if need be.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The percept from afar at which the methods are matched: -1 is only the far picture, 0 is both equally.
    #[arg(long, value_name = "P", default_value_t = -0.5, allow_negative_numbers = true)]
    pub(crate) p_far: f64,
    /// Number of settings in each method's sweep, 2 or more.
    #[arg(id = "sweep", long = "sweep", value_name = "N", default_value_t = 8)]
    pub(crate) points: usize,
    /// Also write a page that shows the comparison: one HTML file that needs no network.
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
