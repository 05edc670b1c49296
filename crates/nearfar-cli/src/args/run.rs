//! Arguments that control how the program runs.

use clap::Args;
use nearfar::{Execution, Failure, execution_on};

/// How the program runs and what it prints.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub(crate) struct RunArgs {
    /// Number of threads, 1 or more, but at most one per core; if left out, one per core. The result is the same for any
    /// number.
    #[arg(short, long, value_name = "N")]
    threads: Option<usize>,
    /// Print the result as JSON on standard output.
    #[arg(long)]
    pub(crate) json: bool,
    /// Print nothing but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

impl RunArgs {
    pub(crate) fn execution(&self) -> Result<Execution, Failure> {
        execution_on(self.threads).map_err(|error| Failure::usage(error).fix("leave --threads out to use all cores"))
    }
}
