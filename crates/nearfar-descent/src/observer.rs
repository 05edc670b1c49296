//! Watching a mix, and stopping it.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};

use crate::Losses;

/// What an observer sees at every step: an observer is any `FnMut(&Progress) -> ControlFlow<()>`.
///
/// Returning [`ControlFlow::Break`] ends the mix with [`StopReason::Cancelled`](crate::StopReason::Cancelled) and the best
/// picture so far.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The step, from 0.
    pub step: usize,
    /// The most steps that there can be.
    pub max_steps: usize,
    /// Evaluations of loss and gradient so far, this step's included.
    pub evaluations: usize,
    /// Losses of `picture`.
    pub losses: Losses,
    /// The picture at this step, before the step's update.
    pub picture: &'a Image<Encoded>,
}

/// Watches nothing and never stops.
pub fn no_observer(_: &Progress<'_>) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
