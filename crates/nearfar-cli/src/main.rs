//! `nearfar`: hybrid images from the command line. Parse, call the library, print.
#![forbid(unsafe_code)]

mod args;
mod commands;
mod console;
mod explain;
mod failure;
mod files;
mod interrupt;
mod progress;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    match commands::run(&cli) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
