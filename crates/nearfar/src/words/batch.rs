//! Sentences about batches.

use std::path::Path;

use crate::{
    Severity,
    batch::{BatchPlan, Finished, Outcome, PlannedRow, Tally},
};

/// What a batch would make: a sentence for each row, and one for all.
#[must_use]
pub fn batch_plan(plan: &BatchPlan<'_>) -> Vec<String> {
    let row = |PlannedRow { row, out, outcome, error }: &PlannedRow<'_>| match (error, *outcome) {
        (Some(error), _) => format!("row {row} is refused: {error}"),
        (None, "skip") => format!("row {row}: {} is there already", out.display()),
        (None, _) => format!("row {row}: {} would be made", out.display()),
    };
    let BatchPlan { made, skipped, failed, rows, .. } = plan;
    let all = format!("{made} to make, {skipped} there already, {failed} refused; this was a dry run");
    rows.iter().map(row).chain([all]).collect()
}

/// What users should know of a finished row; usually nothing.
#[must_use]
pub fn batch_row(Finished { row, outcome, .. }: &Finished) -> Vec<String> {
    match outcome {
        Outcome::Failed(error) => vec![format!("row {row}: {error}")],
        Outcome::Made(notes) => {
            let warnings = notes.iter().filter(|note| note.severity() == Severity::Warning);
            warnings.map(|note| format!("row {row}: warning: {note}")).collect()
        }
        Outcome::Before | Outcome::Planned => Vec::new(),
    }
}

/// The result of a batch whose hybrids were written to the folder `out`.
#[must_use]
pub fn batch_tally(Tally { done, skipped, failed, .. }: Tally, out: &Path) -> String {
    let before = if skipped == 0 { String::new() } else { format!(" ({skipped} of them before)") };
    format!("{done} done{before}, {failed} failed: {}", out.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Note;

    #[test]
    fn rows_are_reported_by_outcome() {
        let row = |row, outcome| Finished { row, out: "a.png".into(), outcome };
        let rows = [
            row(1, Outcome::Planned),
            row(2, Outcome::Before),
            row(3, Outcome::Failed("no face".into())),
            row(4, Outcome::Made(vec![Note::FarEnlarged { factor: 3.0 }])),
        ];
        assert_eq!(
            batch_plan(&BatchPlan::new(&rows[..3])),
            [
                "row 1: a.png would be made",
                "row 2: a.png is there already",
                "row 3 is refused: no face",
                "1 to make, 1 there already, 1 refused; this was a dry run",
            ]
        );
        assert_eq!(batch_row(&rows[2]), ["row 3: no face"]);
        assert!(batch_row(&rows[1]).is_empty());
        let [warning] = &batch_row(&rows[3])[..] else { panic!("one warning") };
        assert!(warning.starts_with("row 4: warning: "), "{warning}");
        let tally = Tally { done: 3, skipped: 1, failed: 1, is_cancelled: false };
        assert_eq!(batch_tally(tally, Path::new("out")), "3 done (1 of them before), 1 failed: out");
    }
}
