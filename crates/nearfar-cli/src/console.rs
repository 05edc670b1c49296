//! The only place that prints. Results go to standard output, everything else to standard error; colours appear only on
//! a terminal and never with NO_COLOR.

use std::{
    fmt,
    io::{self, ErrorKind, Write},
};

use nearfar::{Note, SCHEMA, Severity};
use serde::Serialize;

use crate::failure::Failure;

/// A line for the person who waits, on standard error.
pub(crate) fn note(text: impl fmt::Display) {
    // Nobody can be told that nobody can be told.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// The same for what the library noted.
pub(crate) fn noted(what: &Note) {
    match what.severity() {
        Severity::Warning => note(format_args!("warning: {what}")),
        Severity::Note => note(format_args!("note: {what}")),
        _ => note(what),
    }
}

/// A line of the result, on standard output.
pub(crate) fn line(text: impl fmt::Display) {
    finish(writeln!(anstream::stdout(), "{text}"));
}

/// A result and the version of its form.
#[derive(Serialize)]
struct Versioned<'a, T> {
    schema: u32,
    #[serde(flatten)]
    result: &'a T,
}

/// The result as one JSON object on standard output.
pub(crate) fn json(result: &impl Serialize) {
    let text = serde_json::to_string(&Versioned { schema: SCHEMA, result }).expect("results are plain data");
    bytes(format!("{text}\n").as_bytes());
}

/// The result as it is on standard output.
pub(crate) fn bytes(bytes: &[u8]) {
    finish(io::stdout().write_all(bytes));
}

/// Whoever reads may have had enough, as `head` has, and the work goes on; other errors end the program.
fn finish(written: io::Result<()>) {
    if let Err(error) = written.and_then(|()| io::stdout().flush())
        && error.kind() != ErrorKind::BrokenPipe
    {
        std::process::exit(Failure::standard_output(&error).report().into());
    }
}
