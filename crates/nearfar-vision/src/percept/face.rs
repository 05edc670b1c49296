//! Faces: the part of the far picture that is to be recognised.

use super::grid::Grid;
use crate::VisionError;

/// A face in the far picture: frequencies are counted across it, and only the area of the face matters.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Face {
    center: [f64; 2],
    width: f64,
}

/// Wider than any picture; a guard against typos.
const MAX_WIDTH: f64 = 1e5;

/// Half axes of the ellipse that matters, in face widths: with hair and chin, 1.1 face widths by 1.38.
const HALF_AXES: [f64; 2] = [0.55, 0.6875];

/// Weight of places outside.
const OUTSIDE: f64 = 1e-4;

impl Face {
    /// A face centred at `center` (x and y; pixel centres are integers), halfway between the midpoint of the eyes and
    /// the mouth, and `width` pixels wide from ear to ear: 2.2 times the distance between the eyes.
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

    /// The centre, x and y.
    #[must_use]
    pub fn center(&self) -> [f64; 2] {
        self.center
    }

    /// Width from ear to ear, in pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// The weight of a cell: 1 at the centre of the face, falling smoothly to almost nothing outside.
    pub(super) fn weight(&self, grid: &Grid, cell: [usize; 2]) -> f32 {
        let place = grid.middle(cell);
        let part = |axis: usize| ((place[axis] - self.center[axis]) / (HALF_AXES[axis] * self.width)).powi(2);
        let radius = part(0) + part(1);
        ((-radius * radius).exp() + OUTSIDE) as f32
    }
}
