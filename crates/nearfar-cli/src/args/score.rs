//! A hybrid and the pictures that it was made of.

use clap::Args;

use super::{DistanceSettings, FitArgs, HybridArgs, InputSettings, RunArgs};

#[derive(Debug, Args)]
pub(crate) struct ScoreCommand {
    #[command(flatten)]
    pub(crate) hybrid: HybridArgs,
    #[command(flatten)]
    pub(crate) distance: DistanceSettings,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
