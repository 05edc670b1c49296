//! `nearfar`: hybrid images from the command line.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    nearfar_cli::main()
}
