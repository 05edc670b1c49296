//! Arguments of writing the hybrid.

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
    /// Width of the written hybrid in pixels: it is mixed at the pictures' own size and shrunk in light. Distances refer to
    /// the written picture.
    #[arg(long, value_name = "PX", value_parser = count::<u32>(None))]
    width: Option<u32>,
    /// Store no recipe: only the picture, and what --keep and --profile ask for. `nearfar redo` cannot make it again then.
    #[arg(long)]
    pub(crate) no_recipe: bool,
    /// Replace the output if it exists.
    #[arg(short, long)]
    pub(crate) force: bool,
}

impl OutputArgs {
    /// How the hybrid is written to `path`, given how its pictures are read.
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
