//! The points of a face.

use crate::Point;

/// Where a face is in a picture: what a face finder returns, and what a person can give by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Landmarks {
    /// The eyes: first the one that is further left when the face is upright.
    pub eyes: [Point; 2],
    /// The middle of the mouth (of the nose, for an animal).
    pub mouth: Point,
    /// How sure the finder is, in `[0, 1]`; 1 for points given by hand.
    pub confidence: f64,
    /// Whether it is an animal's face; else a person's.
    #[cfg_attr(feature = "serde", serde(default))]
    pub animal: bool,
}

impl Landmarks {
    /// The point between the eyes and the mouth.
    #[must_use]
    pub fn middle(&self) -> Point {
        self.between_eyes().midpoint(self.mouth)
    }

    /// The angle of the line from eye to eye, 0 for an upright face, clockwise on a screen.
    #[must_use]
    pub fn radians(&self) -> f64 {
        (self.eyes[1].y - self.eyes[0].y).atan2(self.eyes[1].x - self.eyes[0].x)
    }

    /// How large the face is, in pixels: the distance of the eyes, or from the eyes to the mouth for a face that looks
    /// aside, whichever is larger.
    #[must_use]
    pub fn extent(&self) -> f64 {
        self.eyes[0].distance(self.eyes[1]).max(self.between_eyes().distance(self.mouth))
    }

    /// Half the width of a square around [`Self::middle`] that holds the whole head, roughly.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        1.5 * self.extent()
    }

    /// The same face where a map takes its points; `None` if any has no place there.
    #[must_use]
    pub fn moved(&self, map: impl Fn(Point) -> Option<Point>) -> Option<Self> {
        Some(Self { eyes: [map(self.eyes[0])?, map(self.eyes[1])?], mouth: map(self.mouth)?, ..*self })
    }

    fn between_eyes(&self) -> Point {
        self.eyes[0].midpoint(self.eyes[1])
    }
}
