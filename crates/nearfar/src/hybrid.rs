//! What comes of a request.

use nearfar_descent::{Losses, StopReason};
use nearfar_image::{Encoded, Image};
use nearfar_vision::Viewing;
use serde::Serialize;

use crate::{Method, Note, Perception, fit::Aligned};

/// A hybrid picture and how it came about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hybrid {
    /// The hybrid, every sample in `[0, 1]`.
    pub picture: Image<Encoded>,
    /// The pair that was mixed, and how the pictures were made to fit.
    pub aligned: Aligned,
    /// How they were mixed: nothing is left open.
    pub method: Method,
    /// What the method says of its work.
    pub report: Report,
    /// The views that it is made for; none where the method's weights leave no crossover.
    pub viewing: Option<Viewing>,
    /// What is seen in these views; none without them, or if the work was cancelled.
    pub perception: Option<Perception>,
    /// What a person may want to know, in the order in which it was found.
    pub notes: Vec<Note>,
}

impl Hybrid {
    /// Whether somebody stopped it half way: it is the best so far.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.report.is_cancelled()
    }
}

impl Report {
    /// Whether somebody stopped the work half way.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Descent { stop_reason: StopReason::Cancelled, .. })
    }
}

/// What a method says of its work.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "method", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Report {
    /// Of the optimising mixer.
    Descent {
        /// Iterations at the pair's own size, the start being the first.
        iterations: usize,
        /// Evaluations of loss and gradient, at all sizes.
        evaluations: usize,
        /// Why it ended.
        stop_reason: StopReason,
        /// Losses of the hybrid.
        losses: Losses,
    },
    /// Of the Fourier mixer.
    Fourier {
        /// Share of pixels, 0 to 1, of which some channel was clipped.
        clipped_share: f64,
        /// Share of energy, 0 to 1, that clipping took.
        clipping_energy_lost: f64,
        /// Share of pixels, 0 to 1, whose colours were weakened to fit the hybrid's luma.
        weakened_share: f64,
        /// Two-dimensional transforms made.
        transforms: usize,
    },
}
