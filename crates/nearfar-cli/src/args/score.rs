//! A hybrid and the pictures that it was made of.

use std::path::PathBuf;

use clap::Args;

use super::{DistanceArgs, FitArgs, InputArgs, RunArgs};

#[derive(Debug, Args)]
pub(crate) struct ScoreCommand {
    /// The hybrid, as a file that people get to see.
    pub(crate) hybrid: PathBuf,
    /// The picture to be seen up close.
    pub(crate) near: PathBuf,
    /// The picture to be seen from afar.
    pub(crate) far: PathBuf,
    #[command(flatten)]
    pub(crate) distance: DistanceArgs,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
