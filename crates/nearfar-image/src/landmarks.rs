//! Facial landmarks.

use crate::Point;

/// The position of a face in a picture, from a face detector or given by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Landmarks {
    /// The eyes: first the one that is on the left when the face is upright.
    pub eyes: [Point; 2],
    /// The middle of the mouth (of the nose, for an animal).
    pub mouth: Point,
    /// Confidence of the detector, in `[0, 1]`; 1 for points given by hand.
    pub confidence: f64,
    /// Whether this is an animal's face; otherwise a person's.
    #[cfg_attr(feature = "serde", serde(default))]
    pub animal: bool,
}

impl Landmarks {
    /// The point midway between the eyes and the mouth.
    #[must_use]
    pub fn middle(&self) -> Point {
        self.between_eyes().midpoint(self.mouth)
    }

    /// Roll of the face in radians: the angle of the line from eye to eye, 0 when upright, positive clockwise on a
    /// screen.
    #[must_use]
    pub fn radians(&self) -> f64 {
        (self.eyes[1].y - self.eyes[0].y).atan2(self.eyes[1].x - self.eyes[0].x)
    }

    /// Size of the face in pixels: the distance between the eyes or, if larger, as in a face turned sideways, the
    /// distance from the eyes to the mouth.
    #[must_use]
    pub fn extent(&self) -> f64 {
        self.eyes[0].distance(self.eyes[1]).max(self.between_eyes().distance(self.mouth))
    }

    /// Half the side of a square around [`Self::middle`] that roughly contains the whole head.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        1.5 * self.extent()
    }

    /// The face with every point mapped by `map`; `None` if any point has no image.
    #[must_use]
    pub fn mapped(&self, map: impl Fn(Point) -> Option<Point>) -> Option<Self> {
        Some(Self { eyes: [map(self.eyes[0])?, map(self.eyes[1])?], mouth: map(self.mouth)?, ..*self })
    }

    fn between_eyes(&self) -> Point {
        self.eyes[0].midpoint(self.eyes[1])
    }
}
