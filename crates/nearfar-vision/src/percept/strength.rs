//! How strong two pictures are in one band.

use super::frequencies::Frequency;
use crate::PixelsPerDegree;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strength {
    /// Across the far picture's face, or across a 2.4th of the shorter side.
    pub(super) cycles: f64,
    /// How much the band matters for recognition.
    pub(super) weight: f64,
    /// Root mean squares of the near and the far picture, as shares of the lightness range.
    pub(super) rms: [f64; 2],
}

impl Strength {
    /// Of a near and a far picture with such mean squares in a band.
    pub(super) fn new(frequency: Frequency, squares: [f64; 2]) -> Self {
        Self { cycles: frequency.cycles, weight: frequency.weight(), rms: squares.map(f64::sqrt) }
    }

    /// The same for an eye that has not blurred the pictures yet.
    pub(super) fn seen_in(self, view: PixelsPerDegree, frequency: Frequency) -> Self {
        Self { rms: self.rms.map(|rms| frequency.seen_in(view) * rms), ..self }
    }
}
