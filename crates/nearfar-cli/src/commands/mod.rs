//! The commands.

mod align;
mod batch;
mod compare;
mod demo;
mod geometry;
mod layers;
mod man;
mod mixing;
mod redo;
mod report;
mod score;
mod spectrum;
#[cfg(feature = "studio")]
mod studio;
mod suggest;
mod sweep;
mod view;
mod wanted;

use std::process::ExitCode;

use clap::CommandFactory;
use nearfar::Failure;

use crate::{
    args::{Cli, Command},
    console,
};

/// Runs the command.
pub(crate) fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    match &cli.command {
        Command::Demo(args) => demo::run(args),
        Command::Mix(args) => mixing::mix(args),
        Command::Suggest(args) => suggest::run(args),
        Command::Batch(args) => batch::run(args),
        Command::Redo(args) => redo::run(args),
        Command::Fourier(args) => mixing::fourier(args),
        Command::Layers(args) => layers::run(args),
        Command::Run(args) => wanted::run(args),
        Command::Explain(args) => wanted::explain(args),
        Command::Compare(args) => compare::run(args),
        Command::Score(args) => score::run(args),
        Command::View(args) => view::run(args),
        Command::Report(args) => report::run(args),
        Command::Align(args) => align::run(args),
        Command::Sweep(args) => sweep::run(args),
        Command::Spectrum(args) => spectrum::run(args),
        #[cfg(feature = "studio")]
        Command::Studio(args) => studio::run(args),
        Command::Geometry(args) => geometry::run(args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "nearfar", &mut script);
            console::bytes(&script);
            Ok(ExitCode::SUCCESS)
        }
        Command::Man(args) => man::run(args),
    }
}
