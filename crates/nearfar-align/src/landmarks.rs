//! The points of a face.

use crate::{Point, PointPair};

/// Where a face is: what a face finder returns, and what a person can give by hand.
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
    /// The points of two faces that belong onto each other: eyes, and mouths if both are people's. A nose belongs onto no
    /// mouth, and the noses of two animals are at very different heights.
    #[must_use]
    pub fn pairs(near: &Self, far: &Self) -> Vec<PointPair> {
        let pair = |near, far| PointPair { near, far };
        let mut pairs = vec![pair(near.eyes[0], far.eyes[0]), pair(near.eyes[1], far.eyes[1])];
        if !near.animal && !far.animal {
            pairs.push(pair(near.mouth, far.mouth));
        }
        pairs
    }

    /// The point between the eyes and the mouth.
    #[must_use]
    pub fn middle(&self) -> Point {
        self.eyes[0].midpoint(self.eyes[1]).midpoint(self.mouth)
    }

    /// The angle of the line from eye to eye, 0 for an upright face, clockwise on a screen.
    #[must_use]
    pub fn radians(&self) -> f64 {
        (self.eyes[1].y - self.eyes[0].y).atan2(self.eyes[1].x - self.eyes[0].x)
    }

    /// Half the width of a square around [`Self::middle`] that holds the whole head, roughly: the larger of the
    /// distances between the eyes and from eyes to mouth, times 1.5.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        let eyes = self.eyes[0].distance(self.eyes[1]);
        let down = self.eyes[0].midpoint(self.eyes[1]).distance(self.mouth);
        1.5 * eyes.max(down)
    }
}
