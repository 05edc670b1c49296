//! Writing.

use std::path::Path;

use clap::Args;
use nearfar::{
    Failure, Metadata,
    codec::{EncodeOptions, Rounding},
    settings::OutputSettings,
    unless_stream,
};

/// How the hybrid is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Writing")]
pub(crate) struct OutputArgs {
    #[command(flatten)]
    settings: OutputSettings,
    /// Store no recipe: nothing but the picture, and what --keep and --profile ask for. `nearfar redo` cannot make it again.
    #[arg(long)]
    pub(crate) no_recipe: bool,
    /// Replace the output if it exists.
    #[arg(short, long)]
    pub(crate) force: bool,
}

impl OutputArgs {
    /// How to write to `path`.
    pub(crate) fn encode_options(&self, path: &Path, rounding: Rounding) -> Result<EncodeOptions, Failure> {
        Ok(OutputSettings { rounding, ..self.settings.clone() }.options(unless_stream(path))?)
    }

    /// What the file says beside the picture.
    pub(crate) fn metadata(&self) -> Metadata {
        self.settings.metadata()
    }
}
