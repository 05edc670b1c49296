//! The results of face finders.

use nearfar_image::{Landmarks, Point};

/// A rectangle in a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The corner with the smallest coordinates.
    pub top_left: Point,
    /// The corner with the largest coordinates.
    pub bottom_right: Point,
}

impl Bounds {
    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.bottom_right.x - self.top_left.x
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.bottom_right.y - self.top_left.y
    }

    /// Area in square pixels.
    #[must_use]
    pub fn area(&self) -> f64 {
        self.width() * self.height()
    }

    pub(crate) fn around(points: &[Point]) -> Self {
        let x = || points.iter().map(|p| p.x);
        let y = || points.iter().map(|p| p.y);
        Self {
            top_left: Point::new(x().fold(f64::INFINITY, f64::min), y().fold(f64::INFINITY, f64::min)),
            bottom_right: Point::new(x().fold(f64::NEG_INFINITY, f64::max), y().fold(f64::NEG_INFINITY, f64::max)),
        }
    }

    /// Intersection over union.
    pub(crate) fn overlap(&self, other: &Self) -> f64 {
        let common = |from: f64, to: f64| (to - from).max(0.0);
        let width = common(self.top_left.x.max(other.top_left.x), self.bottom_right.x.min(other.bottom_right.x));
        let height = common(self.top_left.y.max(other.top_left.y), self.bottom_right.y.min(other.bottom_right.y));
        let both = width * height;
        both / (self.area() + other.area() - both)
    }
}

/// A face that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Eyes, mouth and confidence.
    pub landmarks: Landmarks,
    /// The face from forehead to chin; it may extend beyond the picture.
    pub bounds: Bounds,
}

/// The most faces that a finder returns for a picture.
pub(crate) const MAX_FACES: usize = 8;
