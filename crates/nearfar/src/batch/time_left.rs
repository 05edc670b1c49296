//! The time that a batch still takes.

use std::time::Duration;

use super::Outcome;
use crate::{Event, EventKind};

/// An estimate of the time left, from all the work so far: the last few moments say little, because rows and steps differ in
/// length. Rows that existed before, or failed, count as done but not as work.
#[derive(Clone, Copy, Debug, Default)]
pub struct TimeLeft {
    /// Share of the batch that is done.
    done: f64,
    /// Share of the batch that was actual work.
    worked: f64,
}

/// The smallest share of work from which an estimate is made.
const LEAST: f64 = 0.01;

impl TimeLeft {
    /// Hears an event of a batch, `elapsed` after its start. `None` while too little is done for an estimate.
    pub fn hear(&mut self, event: &Event<'_>, elapsed: Duration) -> Option<Duration> {
        let is_work = !matches!(event.what, EventKind::Row(row) if !matches!(row.outcome, Outcome::Made(_)));
        self.worked += if is_work { event.share - self.done } else { 0.0 };
        self.done = event.share;
        (self.worked >= LEAST).then(|| elapsed.mul_f64((1.0 - self.done) / self.worked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Phase, batch::Finished};

    #[test]
    fn time_left_is_by_all_the_work_and_by_work_alone() {
        let row = |outcome| Finished { row: 1, out: "a.png".into(), outcome };
        let (before, made) = (row(Outcome::Before), row(Outcome::Made(Vec::new())));
        let mut left = TimeLeft::default();
        let mut at = |share, what, seconds| {
            let event = Event { phase: Phase::Mix, share, what };
            left.hear(&event, Duration::from_secs(seconds)).map(|left| left.as_secs_f64().round())
        };
        assert_eq!(at(0.001, EventKind::Begun, 1), None);
        // One half existed already: the other half is work.
        assert_eq!(at(0.501, EventKind::Row(&before), 1), None);
        assert_eq!(at(0.601, EventKind::Advanced, 10), Some(40.0));
        // One quick and one slow step change little.
        assert_eq!(at(0.701, EventKind::Advanced, 18), Some(27.0));
        assert_eq!(at(0.711, EventKind::Advanced, 21), Some(29.0));
        assert_eq!(at(1.0, EventKind::Row(&made), 50), Some(0.0));
    }
}
