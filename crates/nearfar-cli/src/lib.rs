//! The program `nearfar`: parse, call the library, print.
//!
//! It is a library so that its parser of manifests can be tested and fuzzed alone; programs want the crate `nearfar`.
#![forbid(unsafe_code)]

mod args;
mod commands;
mod console;
mod explain;
mod failure;
mod files;
mod interrupt;
pub mod manifest;
mod progress;

use std::process::ExitCode;

use clap::Parser;

/// Does what the command line says and gives the exit code.
#[must_use]
pub fn main() -> ExitCode {
    nearfar::codec::quiet_panics();
    let cli = args::Cli::parse();
    match commands::run(&cli) {
        Ok(code) => code,
        Err(failure) => ExitCode::from(failure.report()),
    }
}
