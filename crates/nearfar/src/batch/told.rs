//! The events of many rows at once, told to one observer.

use std::{
    cell::Cell,
    ops::ControlFlow,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::Finished;
use crate::{Event, Phase, What};

/// One observer for all rows.
pub(super) struct Told<'a> {
    state: Mutex<State<'a>>,
    stopped: AtomicBool,
    rows: usize,
}

struct State<'a> {
    observer: &'a mut (dyn FnMut(&Event<'_>) -> ControlFlow<()> + Send),
    /// Rows that are done, and parts of those that are under way.
    done: f64,
    finished: usize,
}

/// Tells of one row.
pub(super) struct Teller<'t, 'a> {
    told: &'t Told<'a>,
    /// The share of the row that is done.
    share: Cell<f64>,
}

impl<'a> Told<'a> {
    pub(super) fn new(observer: &'a mut (dyn FnMut(&Event<'_>) -> ControlFlow<()> + Send), rows: usize) -> Self {
        let state = State { observer, done: 0.0, finished: 0 };
        Self { state: Mutex::new(state), stopped: AtomicBool::new(false), rows }
    }

    /// Whether the observer broke.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// Of something that is about no row.
    pub(super) fn tell(&self, what: What<'_>) {
        let _ = self.more(Phase::Read, 0.0, |_| [Some(what), None]);
    }

    pub(super) fn row(&self) -> Teller<'_, 'a> {
        Teller { told: self, share: Cell::new(0.0) }
    }

    /// So much more of a row is done.
    fn more<'w>(
        &self,
        phase: Phase,
        more: f64,
        what: impl FnOnce(&mut usize) -> [Option<What<'w>>; 2],
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
    /// More happens when so much of the row is done.
    pub(super) fn tell(&self, event: &Event<'_>) -> ControlFlow<()> {
        let more = event.share - self.share.replace(event.share);
        self.told.more(event.phase, more, |_| [Some(event.what), None])
    }

    /// The pictures of the row are read.
    pub(super) fn begin(&self) -> ControlFlow<()> {
        self.tell(&Event { phase: Phase::Read, share: 0.0, what: What::Begun })
    }

    /// The row is finished.
    pub(super) fn finish(self, row: &Finished) {
        let most = self.told.rows;
        let _ = self.told.more(Phase::Judge, 1.0 - self.share.get(), |finished| {
            *finished += 1;
            [Some(What::Row(row)), Some(What::Made { done: *finished, most })]
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
            let at = |share| Event { phase: Phase::Mix, share, what: What::Begun };
            assert!(first.tell(&at(0.5)).is_continue() && second.tell(&at(0.5)).is_continue());
            first.finish(&Finished { row: 1, out: "a.png".into(), outcome: Outcome::Before });
            assert!(told.is_stopped() && second.tell(&at(0.75)).is_break());
        }
        assert_eq!(seen, [0.25, 0.5, 0.75, 0.75, 0.875]);
    }
}
