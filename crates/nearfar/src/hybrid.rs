//! The result of a request.

use nearfar_image::{Encoded, Image};
use nearfar_vision::Viewing;

use crate::{Method, Note, Perception, Report, fit::Aligned};

/// A hybrid picture and how it was made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hybrid {
    /// The hybrid, every sample in `[0, 1]`.
    pub picture: Image<Encoded>,
    /// The pair that was mixed, and how it was brought into register.
    pub aligned: Aligned,
    /// How the pair was mixed, with every option settled.
    pub method: Method,
    /// What the method reports of its work.
    pub report: Report,
    /// The views that the hybrid is made for; `None` if the method's weights define no crossover.
    pub viewing: Option<Viewing>,
    /// What is seen in these views; `None` without them, or if the work was cancelled.
    pub perception: Option<Perception>,
    /// Notes for the user, in the order in which they arose.
    pub notes: Vec<Note>,
}

impl Hybrid {
    /// Whether the work was stopped early; the hybrid is then the best so far.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.report.is_cancelled()
    }
}
