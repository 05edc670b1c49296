//! What can be said on the command line.

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
    /// Make example hybrids from pictures inside the program, and say what to look for.
    #[command(after_help = examples::DEMO)]
    Demo(DemoArgs),
    /// Make a hybrid of any two pictures by optimising its pixels: fit them, choose the settings, mix.
    #[command(visible_alias = "descent", after_help = examples::MIX)]
    Mix(Box<MixCommand>),
    /// Say which of two pictures should be near, and which far.
    #[command(after_help = examples::SUGGEST)]
    Suggest(SuggestCommand),
    /// Make many hybrids from a list.
    #[command(after_help = examples::BATCH)]
    Batch(BatchCommand),
    /// Make a hybrid again by the recipe in its file: byte for byte with the same version on a processor with the same
    /// vector instructions.
    #[command(after_help = examples::REDO)]
    Redo(RedoCommand),
    /// The same by filters: a low-pass of FAR and a high-pass of NEAR, added.
    #[command(after_help = examples::FOURIER)]
    Fourier(Box<FourierCommand>),
    /// Make one picture of any number of pictures and texts, each seen from its own distance.
    #[command(after_help = examples::LAYERS)]
    Layers(Box<LayersCommand>),
    /// Mix by an objective of your own, from a file: which terms, of which picture, how much of each.
    #[command(after_help = examples::RUN)]
    Run(Box<RunCommand>),
    /// Say in words what such a file asks for and what each weight costs.
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainCommand),
    /// Measure how well a hybrid shows NEAR up close and FAR from afar.
    #[command(after_help = examples::SCORE)]
    Score(Box<ScoreCommand>),
    /// Mix a pair by both methods at matched settings, and write pictures, scores and a summary.
    #[command(after_help = examples::COMPARE)]
    Compare(Box<CompareCommand>),
    /// Show a hybrid as it looks from further and further away: a strip, a film, in the terminal.
    View(Box<ViewCommand>),
    /// Explain a hybrid in one HTML file: see it from afar, its sources, its frequencies, its scores.
    Report(Box<ReportCommand>),
    /// Make two pictures fit without mixing them: both, one over the other, and the points.
    Align(Box<AlignCommand>),
    /// Mix a pair many times, over the crossover and another knob, onto one sheet; the one that flips best is marked.
    Sweep(Box<SweepCommand>),
    /// Show the frequencies of a picture.
    Spectrum(SpectrumCommand),
    /// Open the studio in a browser: two photographs in, a hybrid under your hand; nothing leaves the machine.
    #[cfg(feature = "studio")]
    #[command(after_help = examples::STUDIO)]
    Studio(StudioCommand),
    /// Say what a distance means in pixels, or a sigma in metres.
    #[command(after_help = examples::GEOMETRY, override_usage = examples::GEOMETRY_USAGE)]
    Geometry(GeometryArgs),
    /// Print a completion script for a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell to complete for.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write a page for every command.
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
    /// Where the hybrid goes: the extension chooses the format, `-` writes to standard output; without it to NEAR-FAR.png in
    /// the current folder, under a name that is free.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// What every command that mixes can be told.
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
    /// Fit the pictures, choose the settings and say what would be made, but mix and write nothing.
    #[arg(long, help_heading = "Running")]
    pub(crate) dry_run: bool,
    /// Say what was chosen and why: how the pictures fit, where they change places, how much of FAR comes through, distances.
    #[arg(short, long, help_heading = "Running", conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

/// The same for commands that choose little.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub(crate) struct PlanArgs {
    /// Fit the pictures and say what would be made, but mix and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Say what is asked for, and where the pictures change places.
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
    /// Where the new hybrid goes; without it to HYBRID-redo with the same extension, beside the old one.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Where the near picture is now.
    #[arg(long, value_name = "FILE")]
    pub(crate) near: Option<PathBuf>,
    /// Where the far picture is now.
    #[arg(long, value_name = "FILE")]
    pub(crate) far: Option<PathBuf>,
    /// Where the picture is now that the optimiser started from, if it started from a file.
    #[arg(long, value_name = "FILE")]
    pub(crate) start: Option<PathBuf>,
    /// Where a file is now that the hybrid was made of, by the name that it had then: a mask, a picture or the font of
    /// `nearfar layers`. Can be said more than once.
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
    /// The folder to write to; without it nearfar-demo, or nearfar-demo-2 and so on if that is there.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ManCommand {
    /// The folder for nearfar.1 and a page for every command; without it nearfar.1 is printed.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace pages that exist.
    #[arg(short, long, requires = "out")]
    pub(crate) force: bool,
}

#[cfg(feature = "studio")]
#[derive(Debug, Args)]
pub(crate) struct StudioCommand {
    /// Write the page there, `-` to standard output, and open nothing. Without it to nearfar-studio.html in the current
    /// folder, under a name that is free unless it is there already, and your browser opens it.
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
