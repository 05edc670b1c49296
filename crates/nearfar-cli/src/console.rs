//! The only place that prints. Results go to standard output, everything else to standard error; colours appear only on
//! a terminal and never with NO_COLOR.

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

/// Exit code of work that failed.
const FAILED: u8 = 1;
/// Exit code of a command that makes no sense, as clap's.
const USAGE: u8 = 2;
/// Exit code of a process that was interrupted: 128 + SIGINT, as a shell counts.
pub(crate) const INTERRUPTED: u8 = 130;

/// A line for the person who waits, on standard error.
pub(crate) fn note(text: impl fmt::Display) {
    // Nobody can be told that nobody can be told.
    let _ = writeln!(anstream::stderr(), "{}", indented(&text.to_string()));
}

/// The same behind a coloured word.
fn labelled(style: Style, label: &str, text: &str) {
    let _ = writeln!(anstream::stderr(), "{style}{label}{style:#} {}", indented(text));
}

/// The same for what the library noted.
pub(crate) fn noted(what: &Note) {
    match what.severity() {
        Severity::Warning => note(format_args!("warning: {what}")),
        Severity::Note => note(format_args!("note: {what}")),
        _ => note(what),
    }
}

/// What went wrong, and how to mend it; gives the exit code.
pub(crate) fn failed(failure: &Failure) -> u8 {
    labelled(AnsiColor::Red.on_default().bold(), "error:", &failure.message);
    if let Some(fix) = &failure.fix {
        labelled(AnsiColor::Green.on_default().bold(), "fix:", fix);
    }
    exit_code(failure)
}

/// The error for a script, which docs/json.md describes.
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

/// A line of the result, on standard output.
pub(crate) fn line(text: impl fmt::Display) {
    finish(writeln!(anstream::stdout(), "{}", printable(&text.to_string())));
}

/// A result and the file that it went to.
#[derive(Serialize)]
struct Written<T> {
    out: String,
    #[serde(flatten)]
    result: T,
}

/// The result in a file, and what is to be said of it, as one JSON object on standard output.
pub(crate) fn written(out: String, result: impl Serialize) {
    json(&Written { out, result });
}

/// The result as one JSON object on standard output.
pub(crate) fn json(result: &impl Serialize) {
    bytes(format!("{}\n", to_json(result)).as_bytes());
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
        std::process::exit(failed(&Failure::standard_output(&error)).into());
    }
}
