//! What a program prints of a dry run.

use std::path::Path;

use serde::Serialize;

use super::{Finished, Outcome};

/// What would come of a batch.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct BatchPlan<'a> {
    /// Always true.
    pub dry_run: bool,
    /// Rows whose hybrid would be made.
    pub made: usize,
    /// Rows whose hybrid is there already.
    pub skipped: usize,
    /// Rows that are refused.
    pub failed: usize,
    /// All of them.
    pub rows: Vec<PlannedRow<'a>>,
}

/// What would come of a row.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PlannedRow<'a> {
    /// Its place in the manifest, from 1.
    pub row: usize,
    /// Where its hybrid goes, within the folder; empty of a row that makes no sense.
    pub out: &'a Path,
    /// `make`, `skip` or `refuse`.
    pub outcome: &'static str,
    /// Why it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'a str>,
}

impl<'a> BatchPlan<'a> {
    /// Of what [`Batch::dry_run`](super::Batch::dry_run) says.
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
