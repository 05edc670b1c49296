//! What comes of a recipe.

use nearfar_descent::{Losses, StopReason};
use nearfar_image::{Encoded, Image};
use serde::Serialize;

use crate::fit::Aligned;

/// A hybrid picture and how it came about.
#[derive(Clone, Debug)]
pub struct Hybrid {
    /// The hybrid, every sample in `[0, 1]`.
    pub picture: Image<Encoded>,
    /// The pair that was mixed, and how the pictures were made to fit.
    pub aligned: Aligned,
    /// What the method says of its work.
    pub report: Report,
}

/// What a method says of its work.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
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
        /// Two-dimensional transforms made.
        transforms: usize,
    },
}
