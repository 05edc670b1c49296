//! The only module that prints. Results go to standard output, everything else to standard error; colours appear only on a
//! terminal, and never with NO_COLOR.

use std::{
    fmt,
    io::{self, ErrorKind, Write},
};

use anstyle::{AnsiColor, Style};
use nearfar::{
    Cause, Failure, Note, Severity, to_json,
    words::{indented, printable},
};
use serde::Serialize;

/// Exit code of a failure at work.
const FAILED: u8 = 1;
/// Exit code of an invalid command, the same as clap's.
const USAGE: u8 = 2;
/// Exit code of an interrupted process: 128 + SIGINT, as in shells.
pub(crate) const INTERRUPTED: u8 = 130;

/// Prints a line for the user on standard error.
pub(crate) fn note(text: impl fmt::Display) {
    // There is no way left to report that reporting failed.
    let _ = writeln!(anstream::stderr(), "{}", indented(&text.to_string()));
}

/// Prints a line after a coloured label on standard error.
fn labelled(style: Style, label: &str, text: &str) {
    let _ = writeln!(anstream::stderr(), "{style}{label}{style:#} {}", indented(text));
}

/// Prints a note of the library on standard error.
pub(crate) fn noted(what: &Note) {
    match what.severity() {
        Severity::Warning => note(format_args!("warning: {what}")),
        Severity::Note => note(format_args!("note: {what}")),
        _ => note(what),
    }
}

/// Prints an error and its fix, and returns the exit code.
pub(crate) fn failed(failure: &Failure) -> u8 {
    labelled(AnsiColor::Red.on_default().bold(), "error:", &failure.message);
    if let Some(fix) = &failure.fix {
        labelled(AnsiColor::Green.on_default().bold(), "fix:", fix);
    }
    exit_code(failure)
}

/// The error as JSON for scripts, as described in docs/json.md.
pub(crate) fn failure_json(failure: &Failure) -> impl Serialize {
    #[derive(Serialize)]
    struct Json<'a> {
        #[serde(flatten)]
        failure: &'a Failure,
        exit_code: u8,
    }
    Json { failure, exit_code: exit_code(failure) }
}

fn exit_code(failure: &Failure) -> u8 {
    match failure.cause {
        Cause::Request => USAGE,
        Cause::Stop => INTERRUPTED,
        _ => FAILED,
    }
}

/// Prints a line of the result on standard output.
pub(crate) fn line(text: impl fmt::Display) {
    finish(writeln!(anstream::stdout(), "{}", printable(&text.to_string())));
}

/// A result and the name of its file.
#[derive(Serialize)]
struct Written<T> {
    out: String,
    #[serde(flatten)]
    result: T,
}

/// Prints a summary of a result in a file, as one JSON object on standard output.
pub(crate) fn written(out: String, result: impl Serialize) {
    json(&Written { out, result });
}

/// Prints a result as one JSON object on standard output.
pub(crate) fn json(result: &impl Serialize) {
    bytes(format!("{}\n", to_json(result)).as_bytes());
}

/// Writes the raw bytes of a result to standard output.
pub(crate) fn bytes(bytes: &[u8]) {
    finish(io::stdout().write_all(bytes));
}

/// A closed pipe is fine, since readers such as `head` may have had enough, and the work goes on; other errors end the
/// program.
fn finish(written: io::Result<()>) {
    if let Err(error) = written.and_then(|()| io::stdout().flush())
        && error.kind() != ErrorKind::BrokenPipe
    {
        std::process::exit(failed(&Failure::standard_output(&error)).into());
    }
}
