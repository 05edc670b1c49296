//! The result of a row, as told by events.

use std::path::PathBuf;

use crate::Note;

/// The result of a row.
#[derive(Debug)]
#[non_exhaustive]
pub struct Finished {
    /// Row in the manifest, from 1.
    pub row: usize,
    /// Path of the hybrid within the folder; empty if the row is not valid.
    pub out: PathBuf,
    /// The outcome.
    pub outcome: Outcome,
}

/// The outcome of a row.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The hybrid was made, with these notes.
    Made(Vec<Note>),
    /// The hybrid existed already, and nothing on which it depends has changed.
    Before,
    /// The hybrid would be made: this is a dry run.
    Planned,
    /// There is no hybrid, for this reason, as written in the file of results.
    Failed(String),
}
