//! What comes of a request.

use nearfar_image::{Encoded, Image};
use nearfar_vision::Viewing;

use crate::{Method, Note, Perception, Report, fit::Aligned};

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
