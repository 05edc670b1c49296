//! The only place that prints. Results go to standard output, everything else to standard error; colours appear only on
//! a terminal and never with NO_COLOR.
#![expect(clippy::print_stdout, reason = "printing is this module's subject")]

use std::fmt;

use serde::Serialize;

/// A line for the person who waits, on standard error.
pub(crate) fn note(text: impl fmt::Display) {
    anstream::eprintln!("{text}");
}

/// A line of the result, on standard output.
pub(crate) fn line(text: impl fmt::Display) {
    anstream::println!("{text}");
}

/// The result as one JSON object on standard output.
pub(crate) fn json(value: &impl Serialize) {
    println!("{}", serde_json::to_string(value).expect("results are plain data"));
}
