//! The command line.

mod batch;
mod compare;
mod descent;
mod examples;
mod files;
mod fit;
mod fourier;
mod geometry;
mod layers;
mod look;
mod run;
mod score;
mod wanted;

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};

use nearfar::settings::flags::{choice, word};
pub(crate) use nearfar::settings::{DistanceSettings, InputSettings, LimitSettings, SurfaceSettings};

pub(crate) use batch::BatchCommand;
pub(crate) use compare::CompareCommand;
pub(crate) use descent::DescentArgs;
pub(crate) use files::OutputArgs;
pub(crate) use fit::FitArgs;
pub(crate) use fourier::FourierArgs;
pub(crate) use geometry::{GeometryArgs, Given};
pub(crate) use layers::LayersCommand;
pub(crate) use look::{AlignCommand, HybridArgs, ReportCommand, ShowArgs, SpectrumCommand, SweepCommand, ViewCommand};
pub(crate) use run::RunArgs;
pub(crate) use score::ScoreCommand;
pub(crate) use wanted::{ExplainCommand, RunCommand};

/// Hybrid images: one picture that shows NEAR up close and FAR from afar.
#[derive(Debug, Parser)]
#[command(name = "nearfar", version, propagate_version = true, arg_required_else_help = true, max_term_width = 80)]
#[command(after_help = examples::PROGRAM)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make example hybrids of built-in pictures, and say what to look for.
    #[command(after_help = examples::DEMO)]
    Demo(DemoArgs),
    /// Make a hybrid of any two pictures by optimising its pixels: fit, choose the settings, mix.
    #[command(visible_alias = "descent", after_help = examples::MIX)]
    Mix(Box<MixCommand>),
    /// Say which of two pictures should be near, and which far.
    #[command(after_help = examples::SUGGEST)]
    Suggest(SuggestCommand),
    /// Make many hybrids from a list.
    #[command(after_help = examples::BATCH)]
    Batch(BatchCommand),
    /// Make a hybrid again from the recipe in its file: byte for byte if the version is the same and the processor has the
    /// same vector instructions.
    #[command(after_help = examples::REDO)]
    Redo(RedoCommand),
    /// Make a hybrid by filters: a low-pass of FAR plus a high-pass of NEAR.
    #[command(after_help = examples::FOURIER)]
    Fourier(Box<FourierCommand>),
    /// Make one picture of any number of pictures and texts, each seen from its own distance.
    #[command(after_help = examples::LAYERS)]
    Layers(Box<LayersCommand>),
    /// Mix by an objective of your own, from a file: its terms, their pictures and their weights.
    #[command(after_help = examples::RUN)]
    Run(Box<RunCommand>),
    /// Explain in words what such an objective asks for and what each weight costs.
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainCommand),
    /// Measure how well a hybrid shows NEAR up close and FAR from afar.
    #[command(after_help = examples::SCORE)]
    Score(Box<ScoreCommand>),
    /// Mix a pair by both methods with matched settings, and write pictures, scores and a summary.
    #[command(after_help = examples::COMPARE)]
    Compare(Box<CompareCommand>),
    /// Show a hybrid as it looks from further and further away: a strip, a film, in the terminal.
    View(Box<ViewCommand>),
    /// Explain a hybrid on one HTML page: views from afar, sources, frequencies, scores.
    Report(Box<ReportCommand>),
    /// Bring two pictures into register without mixing them: both, an overlay, and the points.
    Align(Box<AlignCommand>),
    /// Mix a pair many times, over the crossover and another knob, onto one sheet, with the best flip marked.
    Sweep(Box<SweepCommand>),
    /// Show the frequencies of a picture.
    Spectrum(SpectrumCommand),
    /// Open the studio in a browser: mix two photographs by hand; nothing leaves the machine.
    #[cfg(feature = "studio")]
    #[command(after_help = examples::STUDIO)]
    Studio(StudioCommand),
    /// Convert a distance to pixels, or a sigma to metres.
    #[command(after_help = examples::GEOMETRY, override_usage = examples::GEOMETRY_USAGE)]
    Geometry(GeometryArgs),
    /// Print a completion script for a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell to complete for.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write a page per command.
    #[command(after_help = examples::MAN)]
    Man(ManCommand),
}

/// The two pictures.
#[derive(Debug, Args)]
pub(crate) struct FilesArgs {
    /// The picture to be seen up close; `-` reads standard input.
    pub(crate) near: PathBuf,
    /// The picture to be seen from afar; `-` reads standard input.
    pub(crate) far: PathBuf,
}

impl FilesArgs {
    pub(crate) fn paths(&self) -> [&Path; 2] {
        [&self.near, &self.far]
    }
}

/// The two pictures and the hybrid.
#[derive(Debug, Args)]
pub(crate) struct PairArgs {
    #[command(flatten)]
    pub(crate) pair: FilesArgs,
    /// The hybrid's file: the extension chooses the format, `-` writes to standard output; if left out, NEAR-FAR.png or an
    /// unused name like it, in the current folder.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Arguments that all mixing commands share.
#[derive(Debug, Args)]
pub(crate) struct CommonArgs {
    #[command(flatten)]
    pub(crate) distance: DistanceSettings,
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
    /// Fit the pictures, choose the settings and say what would be made, but neither mix nor write.
    #[arg(long, help_heading = "Running")]
    pub(crate) dry_run: bool,
    /// Say what was chosen and why: the fit, the crossover, FAR's share, the distances.
    #[arg(short, long, help_heading = "Running", conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

/// The same for commands that choose little.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub(crate) struct PlanArgs {
    /// Fit the pictures and say what would be made, but neither mix nor write.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Say what is asked for, and where the crossovers are.
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MixCommand {
    #[command(flatten)]
    pub(crate) pair: PairArgs,
    #[command(flatten)]
    pub(crate) descent: DescentArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

#[derive(Debug, Args)]
pub(crate) struct FourierCommand {
    #[command(flatten)]
    pub(crate) pair: PairArgs,
    #[command(flatten)]
    pub(crate) fourier: FourierArgs,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SuggestCommand {
    /// A picture.
    pub(crate) a: PathBuf,
    /// Another picture.
    pub(crate) b: PathBuf,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RedoCommand {
    /// A PNG, JPEG, WebP or TIFF that this program made.
    pub(crate) hybrid: PathBuf,
    /// The new hybrid's file; if left out, HYBRID-redo with the same extension, beside the old one.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Where the near picture is now.
    #[arg(long, value_name = "FILE")]
    pub(crate) near: Option<PathBuf>,
    /// Where the far picture is now.
    #[arg(long, value_name = "FILE")]
    pub(crate) far: Option<PathBuf>,
    /// Where the picture is now from which the optimiser started, if that was a file.
    #[arg(long, value_name = "FILE")]
    pub(crate) start: Option<PathBuf>,
    /// Where any other file of the hybrid is now, by its name in the recipe: a mask, a picture or the font of `nearfar
    /// layers`. May be repeated.
    #[arg(long, value_name = "NAME=FILE", value_parser = moved)]
    pub(crate) moved: Vec<(String, PathBuf)>,
    /// Replace the output if it exists.
    #[arg(short, long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) limits: LimitSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

fn moved(text: &str) -> Result<(String, PathBuf), String> {
    let (name, file) = text.rsplit_once('=').ok_or("say its old name and the file, as in mask.png=masks/new.png")?;
    Ok((name.to_owned(), file.into()))
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The folder to write to; if left out, nearfar-demo, or if that exists nearfar-demo-2 and so on.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ManCommand {
    /// The folder for nearfar.1 and a page per command; if left out, nearfar.1 is printed.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace pages that exist.
    #[arg(short, long, requires = "out")]
    pub(crate) force: bool,
}

#[cfg(feature = "studio")]
#[derive(Debug, Args)]
pub(crate) struct StudioCommand {
    /// Write the page to this file, or for `-` to standard output, and open nothing. If left out, your browser opens
    /// nearfar-studio.html in the current folder, or an unused name like it if another file has that name.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file if it exists.
    #[arg(short, long, requires = "out")]
    pub(crate) force: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
