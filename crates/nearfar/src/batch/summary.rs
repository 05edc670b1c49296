//! The summary that programs print of a dry run.

use std::path::Path;

use serde::Serialize;

use super::{Finished, Outcome};

/// What a batch would make.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct BatchPlan<'a> {
    /// Always true.
    pub dry_run: bool,
    /// Number of rows whose hybrid would be made.
    pub made: usize,
    /// Number of rows whose hybrid exists already.
    pub skipped: usize,
    /// Number of rows that would be refused.
    pub failed: usize,
    /// All rows.
    pub rows: Vec<PlannedRow<'a>>,
}

/// The outcome that a row would have.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PlannedRow<'a> {
    /// Row in the manifest, from 1.
    pub row: usize,
    /// Path of the hybrid within the folder; empty if the row is not valid.
    pub out: &'a Path,
    /// `make`, `skip` or `refuse`.
    pub outcome: &'static str,
    /// The reason for refusing it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'a str>,
}

impl<'a> BatchPlan<'a> {
    /// The plan for the result of [`Batch::dry_run`](super::Batch::dry_run).
    #[must_use]
    pub fn new(rows: &'a [Finished]) -> Self {
        let row = |Finished { row, out, outcome }: &'a Finished| {
            let (outcome, error) = match outcome {
                Outcome::Before => ("skip", None),
                Outcome::Failed(error) => ("refuse", Some(error.as_str())),
                _ => ("make", None),
            };
            PlannedRow { row: *row, out, outcome, error }
        };
        let rows: Vec<_> = rows.iter().map(row).collect();
        let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
        let (made, skipped, failed) = (count("make"), count("skip"), count("refuse"));
        Self { dry_run: true, made, skipped, failed, rows }
    }
}
