//! Objectives from files.

use std::path::PathBuf;

use clap::Args;

use super::{FilesArgs, FitArgs, InputSettings, OutputArgs, PlanArgs, RunArgs, ShowArgs, SurfaceSettings};

#[derive(Debug, Args)]
pub(crate) struct RunCommand {
    /// What is asked of the picture, in TOML: see docs/objectives.md.
    pub(crate) recipe: PathBuf,
    #[command(flatten)]
    pub(crate) pair: FilesArgs,
    /// Where the hybrid goes; the extension chooses the format, `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// What each pixel weighs in terms of NEAR that have no mask: a grey picture of NEAR's size, black nothing, white all.
    #[arg(long, value_name = "FILE")]
    pub(crate) near_mask: Option<PathBuf>,
    /// The same in terms of FAR.
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
    /// What is asked of a picture, in TOML; `-` is standard input.
    pub(crate) recipe: PathBuf,
}
