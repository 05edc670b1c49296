//! Failures: what went wrong, why, and what to do about it; every error of the library as users read it.
//!
//! ```
//! use nearfar::{Failure, MixError};
//!
//! let failure = Failure::from(MixError::NoShare);
//! assert!(failure.fix.is_some_and(|fix| fix.contains("--colors luma")));
//! ```

#[cfg(feature = "batch")]
mod batch;
#[cfg(feature = "clap")]
mod command;
#[cfg(feature = "codec")]
mod files;
mod keywords;
mod looking;
mod mixing;
mod values;

use std::fmt;

use serde::Serialize;

/// An error as users read it: what failed and why, and how to fix it. Settings are called by the program's flags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Failure {
    /// What failed, and why.
    #[serde(rename = "error")]
    pub message: String,
    /// How to fix it.
    pub fix: Option<String>,
    /// The kind of cause.
    #[serde(skip)]
    pub cause: Cause,
}

/// Why work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// It could not be done.
    Work,
    /// There was too little memory for it, beside what else is done: by itself it may succeed.
    Memory,
    /// The request is not valid.
    Request,
    /// The observer stopped the work before there was anything to keep.
    Stop,
}

impl Failure {
    /// A failure of the work itself.
    pub fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), fix: None, cause: Cause::Work }
    }

    /// There is too little memory.
    pub fn memory(message: impl fmt::Display) -> Self {
        let fix = "raise the limit on memory if one is set (ulimit -v), close other programs, or take smaller pictures";
        Self { cause: Cause::Memory, ..Self::new(message).fix(fix) }
    }

    /// A request that is not valid.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { cause: Cause::Request, ..Self::new(message) }
    }

    /// The work was stopped before there was anything to keep.
    #[must_use]
    pub fn interrupted() -> Self {
        let failure = Self::new("interrupted before there was a result; nothing is written").fix("run it again");
        Self { cause: Cause::Stop, ..failure }
    }

    /// The work was stopped after the hybrid was written, but before the files that show it.
    #[must_use]
    pub fn interrupted_showing() -> Self {
        let failure = Self::new("interrupted: the hybrid so far is written, but nothing that shows it");
        Self { cause: Cause::Stop, ..failure }.fix("nearfar view and nearfar report show what is there")
    }

    /// Puts the subject in front of the message.
    #[must_use]
    pub fn about(mut self, what: impl fmt::Display) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// Adds how to fix it.
    #[must_use]
    pub fn fix(mut self, fix: impl fmt::Display) -> Self {
        self.fix = Some(fix.to_string());
        self
    }
}

impl std::error::Error for Failure {}

/// The message and the fix on one line.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.fix.as_ref().map_or(Ok(()), |fix| write!(f, " (fix: {fix})"))
    }
}
