//! Writing.

use std::path::Path;

use clap::Args;
use nearfar::{
    Failure, Writing,
    codec::{DecodeOptions, Rounding},
    settings::{OutputSettings, flags::count},
    unless_stream,
};

/// How the hybrid is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Writing")]
pub(crate) struct OutputArgs {
    #[command(flatten)]
    settings: OutputSettings,
    /// How wide the hybrid is written: it is mixed at the pictures' own size and shrunk in light. Distances are those of the
    /// written picture.
    #[arg(long, value_name = "PX", value_parser = count::<u32>(None))]
    width: Option<u32>,
    /// Store no recipe: nothing but the picture, and what --keep and --profile ask for. `nearfar redo` cannot make it again.
    #[arg(long)]
    pub(crate) no_recipe: bool,
    /// Replace the output if it exists.
    #[arg(short, long)]
    pub(crate) force: bool,
}

impl OutputArgs {
    /// How to write to `path` what is made of pictures that are read so.
    pub(crate) fn writing(&self, path: &Path, rounding: Rounding, reading: &DecodeOptions) -> Result<Writing, Failure> {
        Ok(Writing {
            background: reading.background,
            width: self.width.map(|width| width as usize),
            encoding: OutputSettings { rounding, ..self.settings.clone() }.options(unless_stream(path))?,
            metadata: self.settings.metadata(),
            keeps_recipe: !self.no_recipe,
        })
    }
}
