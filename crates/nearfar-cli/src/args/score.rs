//! A hybrid and the pictures that it was made of.

use std::path::PathBuf;

use clap::Args;

use super::{DistanceSettings, FilesArgs, FitArgs, InputSettings, RunArgs};

#[derive(Debug, Args)]
pub(crate) struct ScoreCommand {
    /// The hybrid, as a file that people get to see.
    pub(crate) hybrid: PathBuf,
    #[command(flatten)]
    pub(crate) pair: FilesArgs,
    #[command(flatten)]
    pub(crate) distance: DistanceSettings,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
