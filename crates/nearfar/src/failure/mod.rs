//! What went wrong, why, and what to do about it: every error of the library as a person reads it.
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

/// An error as a person reads it: what failed and why, then how to mend it. Settings are called by the program's flags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Failure {
    /// What failed, and why.
    #[serde(rename = "error")]
    pub message: String,
    /// How to mend it.
    pub fix: Option<String>,
    /// What ended the work.
    #[serde(skip)]
    pub cause: Cause,
}

/// What ends work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// It could not be done.
    Work,
    /// What was asked for makes no sense.
    Request,
    /// The observer stopped it before there was anything to keep.
    Stop,
}

impl Failure {
    /// Work that could not be done.
    pub fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), fix: None, cause: Cause::Work }
    }

    /// A request that makes no sense.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { cause: Cause::Request, ..Self::new(message) }
    }

    /// Somebody stopped it before there was anything to keep.
    #[must_use]
    pub fn interrupted() -> Self {
        let failure = Self::new("interrupted before there was a result; nothing is written").fix("run it again");
        Self { cause: Cause::Stop, ..failure }
    }

    /// Somebody stopped it when the hybrid was written, but not yet what shows it.
    #[must_use]
    pub fn interrupted_showing() -> Self {
        let failure = Self::new("interrupted: the hybrid, as far as it came, is written, but nothing that shows it");
        Self { cause: Cause::Stop, ..failure }.fix("nearfar view and nearfar report show what is there")
    }

    /// Says first what it is about.
    #[must_use]
    pub fn about(mut self, what: impl fmt::Display) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn fix(mut self, fix: impl fmt::Display) -> Self {
        self.fix = Some(fix.to_string());
        self
    }
}

impl std::error::Error for Failure {}

/// On one line.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.fix.as_ref().map_or(Ok(()), |fix| write!(f, " (fix: {fix})"))
    }
}
