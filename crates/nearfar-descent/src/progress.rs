//! Watching a run, and stopping it.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};

use crate::Losses;

/// What is known after each evaluation of loss and gradient.
///
/// An observer is any `FnMut(&Progress) -> ControlFlow<()>`; returning [`ControlFlow::Break`] ends the run before the next
/// evaluation, with [`StopReason::Cancelled`](crate::StopReason::Cancelled) and the best picture so far.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// The size that is worked at, from 0, the coarsest.
    pub level: usize,
    /// How many sizes there are; the last one is the pair's own.
    pub levels: usize,
    /// Iterations at this size that have ended: points that the solver went to, the start being the first.
    pub iterations: usize,
    /// The most that there can be.
    pub max_iterations: usize,
    /// Whether this evaluation ended an iteration; the others are trials of a line search.
    pub moved: bool,
    /// Evaluations of loss and gradient so far, at all sizes.
    pub evaluations: usize,
    /// An estimate of the share of the work that is done, `[0, 1]`; it never falls.
    pub share: f64,
    /// Losses of `picture`.
    pub losses: &'a Losses,
    /// The picture at this level's size: the last point that the solver went to.
    pub picture: &'a Image<Encoded>,
}

impl Progress<'_> {
    /// The same where this size is number `level` of `levels`, after `evaluations` at coarser ones, and is a part of the work:
    /// the share of the work done before it, and its own.
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
