//! What came of a row, as data: events tell it.

use std::path::PathBuf;

use crate::Note;

/// What came of a row.
#[derive(Debug)]
#[non_exhaustive]
pub struct Finished {
    /// Its place in the manifest, from 1.
    pub row: usize,
    /// Where its hybrid goes, within the folder; empty of a row that makes no sense.
    pub out: PathBuf,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a row.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The hybrid was made, and its notes are these.
    Made(Vec<Note>),
    /// It was there already, and nothing that it depends on has changed.
    Before,
    /// It would be made: this is a dry run.
    Planned,
    /// There is no hybrid, and this is why, as the file of results has it.
    Failed(String),
}
