//! Arguments of the commands that take an objective from a file.

use std::path::PathBuf;

use clap::Args;

use super::{FilesArgs, FitArgs, InputSettings, OutputArgs, PlanArgs, RunArgs, ShowArgs, SurfaceSettings};

#[derive(Debug, Args)]
pub(crate) struct RunCommand {
    /// The objective, in TOML: see docs/objectives.md.
    pub(crate) recipe: PathBuf,
    #[command(flatten)]
    pub(crate) pair: FilesArgs,
    /// The hybrid's file; the extension chooses the format, `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Weight of each pixel in terms of NEAR without a mask of their own: a grey picture of NEAR's size, black for 0, white
    /// for 1.
    #[arg(long, value_name = "FILE")]
    pub(crate) near_mask: Option<PathBuf>,
    /// The same for terms of FAR.
    #[arg(long, value_name = "FILE")]
    pub(crate) far_mask: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) surface: SurfaceSettings,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) plan: PlanArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainCommand {
    /// The objective, in TOML; `-` is standard input.
    pub(crate) recipe: PathBuf,
}
