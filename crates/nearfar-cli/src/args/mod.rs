//! What can be said on the command line.

mod descent;
mod files;
mod fit;
mod fourier;
mod run;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(crate) use descent::DescentArgs;
pub(crate) use files::{InputArgs, OutputArgs};
pub(crate) use fit::FitArgs;
pub(crate) use fourier::FourierArgs;
pub(crate) use run::RunArgs;

/// Hybrid images: one picture that shows NEAR up close and FAR from afar.
#[derive(Debug, Parser)]
#[command(name = "nearfar", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make example hybrids from pictures inside the program, and say what to look for.
    Demo(DemoArgs),
    /// Mix by optimising the pixels.
    Descent(Box<DescentCommand>),
    /// Mix by adding a low-pass of FAR and a high-pass of NEAR.
    Fourier(Box<FourierCommand>),
    /// Print a completion script for a shell.
    Completions {
        /// The shell to complete for.
        shell: clap_complete::Shell,
    },
    /// Print the manual page in roff.
    #[command(hide = true)]
    Man,
}

/// The two pictures and the hybrid.
#[derive(Debug, Args)]
pub(crate) struct PairArgs {
    /// The picture to be seen up close; `-` reads standard input.
    pub(crate) near: PathBuf,
    /// The picture to be seen from afar; `-` reads standard input.
    pub(crate) far: PathBuf,
    /// Where the hybrid goes; the extension chooses the format, `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DescentCommand {
    #[command(flatten)]
    pub(crate) pair: PairArgs,
    #[command(flatten)]
    pub(crate) descent: DescentArgs,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct FourierCommand {
    #[command(flatten)]
    pub(crate) pair: PairArgs,
    #[command(flatten)]
    pub(crate) fourier: FourierArgs,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The folder to write to; it is made if need be.
    #[arg(short, long, value_name = "DIR", default_value = "nearfar-demo")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
