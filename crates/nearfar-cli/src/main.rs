//! The program `nearfar`: parse, call the library, print.
#![forbid(unsafe_code)]

mod args;
mod commands;
mod console;
mod files;
mod interrupt;
mod progress;
mod session;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use nearfar::Failure;

/// Runs the command line.
fn main() -> ExitCode {
    nearfar::codec::quiet_panics();
    interrupt::refuse_to_die_of_large_files();
    let words: Vec<_> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let done = match args::Cli::try_parse() {
        Ok(cli) => commands::run(&cli),
        Err(error) => {
            let failure = Failure::of_command_line(&error, &args::Cli::command(), &words);
            Err(failure.unwrap_or_else(|| error.exit()))
        }
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            // Whatever the command: the flag has this name in all of them.
            if words.iter().any(|word| word == "--json") {
                console::json(&console::failure_json(&failure));
            }
            ExitCode::from(console::failed(&failure))
        }
    }
}
