//! The events of many rows at once, for one observer.

use std::{
    cell::Cell,
    ops::ControlFlow,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::Finished;
use crate::{Event, EventKind, Phase};

/// One observer for all rows.
pub(super) struct Told<'a> {
    state: Mutex<State<'a>>,
    stopped: AtomicBool,
    rows: usize,
}

struct State<'a> {
    observer: &'a mut (dyn FnMut(&Event<'_>) -> ControlFlow<()> + Send),
    /// Number of rows done, including fractions for those under way.
    done: f64,
    finished: usize,
}

/// Tells the observer about one row.
pub(super) struct Teller<'t, 'a> {
    told: &'t Told<'a>,
    /// Share of the row that is done.
    share: Cell<f64>,
}

impl<'a> Told<'a> {
    pub(super) fn new(observer: &'a mut (dyn FnMut(&Event<'_>) -> ControlFlow<()> + Send), rows: usize) -> Self {
        let state = State { observer, done: 0.0, finished: 0 };
        Self { state: Mutex::new(state), stopped: AtomicBool::new(false), rows }
    }

    /// Whether the observer stopped the work.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// Tells of an event that concerns no row.
    pub(super) fn tell(&self, what: EventKind<'_>) {
        let _ = self.more(Phase::Read, 0.0, |_| [Some(what), None]);
    }

    pub(super) fn row(&self) -> Teller<'_, 'a> {
        Teller { told: self, share: Cell::new(0.0) }
    }

    /// Adds to the share of a row that is done, and tells of events.
    fn more<'w>(
        &self,
        phase: Phase,
        more: f64,
        what: impl FnOnce(&mut usize) -> [Option<EventKind<'w>>; 2],
    ) -> ControlFlow<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done += more;
        let share = (state.done / self.rows.max(1) as f64).clamp(0.0, 1.0);
        for what in what(&mut state.finished).into_iter().flatten() {
            if (state.observer)(&Event { phase, share, what }).is_break() {
                self.stopped.store(true, Ordering::SeqCst);
            }
        }
        if self.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Teller<'_, '_> {
    /// Passes on an event of the row.
    pub(super) fn tell(&self, event: &Event<'_>) -> ControlFlow<()> {
        let more = event.share - self.share.replace(event.share);
        self.told.more(event.phase, more, |_| [Some(event.what), None])
    }

    /// Tells that reading the row's pictures has begun.
    pub(super) fn begin(&self) -> ControlFlow<()> {
        self.tell(&Event { phase: Phase::Read, share: 0.0, what: EventKind::Begun })
    }

    /// Tells that the row is finished.
    pub(super) fn finish(self, row: &Finished) {
        let most = self.told.rows;
        let _ = self.told.more(Phase::Judge, 1.0 - self.share.get(), |finished| {
            *finished += 1;
            [Some(EventKind::Row(row)), Some(EventKind::Made { done: *finished, most })]
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Outcome;

    #[test]
    fn shares_of_rows_are_shares_of_the_batch() {
        let mut seen = Vec::new();
        let mut observer = |event: &Event<'_>| {
            seen.push(event.share);
            if event.share >= 0.75 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        {
            let told = Told::new(&mut observer, 2);
            let (first, second) = (told.row(), told.row());
            let at = |share| Event { phase: Phase::Mix, share, what: EventKind::Begun };
            assert!(first.tell(&at(0.5)).is_continue() && second.tell(&at(0.5)).is_continue());
            first.finish(&Finished { row: 1, out: "a.png".into(), outcome: Outcome::Before });
            assert!(told.is_stopped() && second.tell(&at(0.75)).is_break());
        }
        assert_eq!(seen, [0.25, 0.5, 0.75, 0.75, 0.875]);
    }
}
