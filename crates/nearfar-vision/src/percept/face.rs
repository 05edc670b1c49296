//! The part of the far picture that is to be recognised.

use super::grid::Grid;
use crate::VisionError;

/// A face of the far picture: frequencies are then counted across it, and only what lies on it matters.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Face {
    center: [f64; 2],
    width: f64,
}

/// Wider than any picture; a guard against typing errors.
const MAX_WIDTH: f64 = 1e5;

/// Half axes of the ellipse that matters, in face widths: 1.1 by 1.38 times as wide as the face in all, hair and chin.
const HALF_AXES: [f64; 2] = [0.55, 0.6875];

/// Weight of what lies outside.
const OUTSIDE: f64 = 1e-4;

impl Face {
    /// A face about `center` (x and y; the middles of pixels are whole numbers; halfway between the eyes' middle and the
    /// mouth) of `width` pixels from ear to ear: 2.2 times the distance of the eyes.
    ///
    /// # Errors
    ///
    /// [`VisionError::Face`] unless the centre is finite and the width is above 0 and at most 100 000.
    pub fn new(center: [f64; 2], width: f64) -> Result<Self, VisionError> {
        if center.iter().all(|x| x.is_finite()) && width > 0.0 && width <= MAX_WIDTH {
            Ok(Self { center, width })
        } else {
            Err(VisionError::Face { center, width, max: MAX_WIDTH })
        }
    }

    /// The middle, x and y.
    #[must_use]
    pub fn center(&self) -> [f64; 2] {
        self.center
    }

    /// From ear to ear, in pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// How much the middle of a cell matters: 1 in the middle of the face, falling smoothly to almost nothing outside.
    pub(super) fn weight(&self, grid: &Grid, cell: [usize; 2]) -> f32 {
        let place = grid.middle(cell);
        let part = |axis: usize| ((place[axis] - self.center[axis]) / (HALF_AXES[axis] * self.width)).powi(2);
        let radius = part(0) + part(1);
        ((-radius * radius).exp() + OUTSIDE) as f32
    }
}
