//! Watching a run, and stopping it.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};

use crate::Losses;

/// The state of a run after an evaluation of loss and gradient.
///
/// An observer is any `FnMut(&Progress) -> ControlFlow<()>`; returning [`ControlFlow::Break`] ends the run before the next
/// evaluation, with [`StopReason::Cancelled`](crate::StopReason::Cancelled) and the best picture so far.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// Index of the current size, 0 for the coarsest.
    pub level: usize,
    /// Number of sizes; the last one is the pair's own.
    pub levels: usize,
    /// Completed iterations at this size: points that the solver moved to, the start being the first.
    pub iterations: usize,
    /// The most iterations allowed.
    pub max_iterations: usize,
    /// Whether this evaluation completed an iteration; otherwise it was a trial of a line search.
    pub moved: bool,
    /// Evaluations of loss and gradient so far, at all sizes.
    pub evaluations: usize,
    /// An estimate of the share of the work done so far, `[0, 1]`; it never decreases.
    pub share: f64,
    /// Losses of `picture`.
    pub losses: &'a Losses,
    /// The picture at this level's size: the last point that the solver moved to.
    pub picture: &'a Image<Encoded>,
}

impl Progress<'_> {
    /// The same progress where this size is number `level` of `levels`, after `evaluations` at coarser ones; `before`
    /// is the share of the work done before this size, `part` its own share.
    #[must_use]
    pub fn at_level(self, level: usize, levels: usize, evaluations: usize, (before, part): (f64, f64)) -> Self {
        let share = before + part * self.share;
        Self { level, levels, evaluations: evaluations + self.evaluations, share, ..self }
    }
}

/// Watches nothing and never stops.
pub fn no_observer(_: &Progress<'_>) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
