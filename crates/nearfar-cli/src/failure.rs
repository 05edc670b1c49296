//! What went wrong, why, and what to do about it.

use std::{fmt, process::ExitCode};

use anstyle::{AnsiColor, Style};
use nearfar::{
    MixError,
    align::AlignError,
    codec::{DecodeError, EncodeError, WriteError},
    descent::DescentError,
};

/// Exit code of work that failed.
const FAILED: u8 = 1;
/// Exit code of a command that makes no sense, as clap's.
const USAGE: u8 = 2;

/// An error as a person reads it: what failed and why, then how to mend it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    fix: Option<String>,
    code: u8,
}

impl Failure {
    /// Work that could not be done.
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), fix: None, code: FAILED }
    }

    /// A command that makes no sense.
    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), fix: None, code: USAGE }
    }

    /// Says how to mend it.
    pub(crate) fn fix(mut self, fix: impl fmt::Display) -> Self {
        self.fix = Some(fix.to_string());
        self
    }

    /// Reading a picture named `name` failed.
    pub(crate) fn reading(name: &str, error: &DecodeError) -> Self {
        let failure = Self::new(format_args!("cannot read {name}: {}", reason(error)));
        match error {
            DecodeError::TooManyPixels { .. } => failure.fix("raise the limit with --max-pixels if you trust the file"),
            DecodeError::TooManyBytes { .. } => failure.fix("raise the limit with --max-memory if you trust the file"),
            DecodeError::Io { source } if source.kind() == std::io::ErrorKind::NotFound => {
                failure.fix("check the spelling and the folder; `-` reads standard input")
            }
            DecodeError::Truncated { .. } | DecodeError::Empty => failure.fix("copy or download the file again"),
            _ => failure,
        }
    }

    /// Prints the error and gives the exit code.
    pub(crate) fn report(self) -> ExitCode {
        let red = AnsiColor::Red.on_default().bold();
        let green = AnsiColor::Green.on_default().bold();
        let line = |style: Style, label: &str, text: &str| {
            crate::console::note(format_args!("{style}{label}{style:#} {text}"));
        };
        line(red, "error:", &self.message);
        if let Some(fix) = &self.fix {
            line(green, "fix:", fix);
        }
        ExitCode::from(self.code)
    }
}

/// The reason alone: an [`DecodeError::Io`] says "cannot read" itself.
fn reason(error: &DecodeError) -> String {
    match error {
        DecodeError::Io { source } => source.to_string(),
        other => other.to_string(),
    }
}

impl From<EncodeError> for Failure {
    fn from(error: EncodeError) -> Self {
        let failure = Self::usage(&error);
        match error {
            EncodeError::ReadOnlyFormat { .. } => failure.fix("give the output another extension, such as .png"),
            EncodeError::Depth { .. } => failure.fix("write a .png or .tif, or leave --depth at 8"),
            EncodeError::SideTooLong { .. } => failure.fix("write a .png or .tif"),
            _ => failure,
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        let failure = Self::new(&error);
        match error {
            WriteError::Exists { .. } => failure.fix("choose another name, or replace it with --force"),
            _ => failure.fix("check that the folder exists, that you may write there and that the disk is not full"),
        }
    }
}

impl From<MixError> for Failure {
    fn from(error: MixError) -> Self {
        let failure = Self::usage(&error);
        match error {
            MixError::Align(AlignError::SizeMismatch { .. }) => {
                failure.fix("let nearfar fit them: --align auto (or center, points, crop); or make them one size first")
            }
            MixError::Descent(DescentError::NoWeight) => {
                failure.fix("give at least one of --near-weight, --far-weight")
            }
            _ => failure,
        }
    }
}
