//! Progress events for an observer, and its means of stopping the work.

use std::{fmt, ops::ControlFlow};

use nearfar_image::{Encoded, Image};

#[cfg(feature = "batch")]
use crate::batch::finished::Finished;
use crate::{Note, Progress};

/// Something that happened while a hybrid was made or judged.
///
/// An observer is any `FnMut(&Event) -> ControlFlow<()>`. After [`ControlFlow::Break`] the work ends before its next step:
/// with the best hybrid so far if the optimiser is running, otherwise with `Cancelled`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Event<'a> {
    /// The current phase.
    pub phase: Phase,
    /// Estimated share of all the work that is done, in `[0, 1]`; it never decreases.
    pub share: f64,
    /// What happened.
    pub what: EventKind<'a>,
}

/// A phase of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Phase {
    /// Reading pictures.
    Read,
    /// Looking for faces.
    Faces,
    /// Looking for content that both pictures share.
    Content,
    /// Bringing the far picture into register with the near one.
    Register,
    /// Making the hybrid.
    Mix,
    /// Judging the hybrid.
    Judge,
}

/// What happened.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum EventKind<'a> {
    /// The phase has begun.
    Begun,
    /// The phase has advanced.
    Advanced,
    /// Something worth telling the user was found or chosen.
    Noted(&'a Note),
    /// The optimiser evaluated loss and gradient.
    Evaluated {
        /// The state of the run.
        progress: &'a Progress<'a>,
        /// Renders the best hybrid so far at the pair's own size.
        preview: &'a dyn Fn() -> Image<Encoded>,
    },
    /// Another hybrid of several is made.
    Made {
        /// Hybrids made so far.
        done: usize,
        /// The largest possible number of hybrids.
        most: usize,
    },
    /// A row of a batch is finished.
    #[cfg(feature = "batch")]
    Row(&'a Finished),
}

impl fmt::Debug for EventKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Begun => f.write_str("Begun"),
            Self::Advanced => f.write_str("Advanced"),
            Self::Noted(note) => f.debug_tuple("Noted").field(note).finish(),
            Self::Evaluated { progress, .. } => {
                f.debug_struct("Evaluated").field("progress", progress).finish_non_exhaustive()
            }
            Self::Made { done, most } => f.debug_struct("Made").field("done", done).field("most", most).finish(),
            #[cfg(feature = "batch")]
            Self::Row(row) => f.debug_tuple("Row").field(row).finish(),
        }
    }
}

/// An observer that ignores everything and never stops the work.
pub fn no_observer(_: &Event<'_>) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Share of the work that is done when fitting ends, as measured for two photographs of half a megapixel.
pub(crate) const FITTED: f64 = 0.35;

/// The same for the end of mixing.
pub(crate) const MIXED: f64 = 0.95;

/// The observer asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Tells an observer about one part of the work, in shares of the whole.
pub(crate) struct Watch<'a> {
    observer: &'a mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    /// Where the part begins and how long it is, as shares of the whole.
    from: f64,
    length: f64,
    phase: Phase,
    share: f64,
}

impl<'a> Watch<'a> {
    /// For the whole of the work.
    pub(crate) fn new(observer: &'a mut dyn FnMut(&Event<'_>) -> ControlFlow<()>) -> Self {
        Self { observer, from: 0.0, length: 1.0, phase: Phase::Faces, share: 0.0 }
    }

    /// For anything that comes after the work that shares count.
    pub(crate) fn after_all(observer: &'a mut dyn FnMut(&Event<'_>) -> ControlFlow<()>) -> Self {
        Self { observer, from: 1.0, length: 0.0, phase: Phase::Judge, share: 0.0 }
    }

    /// For the next part, which ends when the share `end` of this one is done.
    pub(crate) fn until(&mut self, end: f64) -> Watch<'_> {
        let share = self.share;
        self.share = end;
        let (from, length) = (self.from + share * self.length, (end - share) * self.length);
        Watch { observer: self.observer, from, length, phase: self.phase, share: 0.0 }
    }

    /// Announces a phase that begins at the given share of this part.
    pub(crate) fn begin(&mut self, phase: Phase, share: f64) -> Result<(), Stopped> {
        (self.phase, self.share) = (phase, share);
        self.tell(EventKind::Begun)
    }

    /// Announces an event at the given share of this part.
    pub(crate) fn at(&mut self, share: f64, what: EventKind<'_>) -> Result<(), Stopped> {
        self.share = share;
        self.tell(what)
    }

    /// Announces notes.
    pub(crate) fn noted<'n>(&mut self, notes: impl IntoIterator<Item = &'n Note>) -> Result<(), Stopped> {
        notes.into_iter().try_for_each(|note| self.tell(EventKind::Noted(note)))
    }

    /// Announces an event at the current share.
    pub(crate) fn tell(&mut self, what: EventKind<'_>) -> Result<(), Stopped> {
        let share = (self.from + self.share * self.length).clamp(0.0, 1.0);
        let event = Event { phase: self.phase, share, what };
        if (self.observer)(&event).is_break() { Err(Stopped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_parts_are_shares_of_the_whole() {
        let mut seen = Vec::new();
        let mut observer = |event: &Event<'_>| {
            seen.push((event.phase, event.share));
            ControlFlow::Continue(())
        };
        let mut watch = Watch::new(&mut observer);
        watch.begin(Phase::Faces, 0.0).unwrap();
        let mut part = watch.until(0.5);
        part.begin(Phase::Content, 0.5).unwrap();
        let mut rest = watch.until(1.0);
        rest.begin(Phase::Mix, 0.0).unwrap();
        rest.at(1.0, EventKind::Made { done: 1, most: 1 }).unwrap();
        let expected = [(Phase::Faces, 0.0), (Phase::Content, 0.25), (Phase::Mix, 0.5), (Phase::Mix, 1.0)];
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_break_stops() {
        let mut observer = |_: &Event<'_>| ControlFlow::Break(());
        assert_eq!(Watch::new(&mut observer).begin(Phase::Mix, 0.0), Err(Stopped));
    }
}
