//! A rectangle of pixels.

use crate::{Point, Size};

/// A rectangle of a picture's pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Column of its leftmost pixels.
    pub x: usize,
    /// Row of its topmost pixels.
    pub y: usize,
    /// Width and height.
    pub size: Size,
}

impl Rect {
    /// The rectangle of `size` whose top left pixel is `(x, y)`.
    #[must_use]
    pub const fn new(x: usize, y: usize, size: Size) -> Self {
        Self { x, y, size }
    }

    /// The whole of a picture.
    #[must_use]
    pub const fn whole(size: Size) -> Self {
        Self { x: 0, y: 0, size }
    }

    /// The pixels of a picture between two corners, clipped to the picture; at least one pixel.
    #[must_use]
    pub fn between(picture: Size, low: Point, high: Point) -> Self {
        let span = |low: f64, high: f64, length: usize| {
            // Casts saturate, and NaN becomes 0.
            let first = (low.round() as usize).min(length - 1);
            let last = (high.round() as usize).clamp(first, length - 1);
            (first, last + 1 - first)
        };
        let (x, width) = span(low.x, high.x, picture.width());
        let (y, height) = span(low.y, high.y, picture.height());
        Self { x, y, size: Size::new(width, height).expect("at least one pixel") }
    }

    /// The smallest rectangle that contains both.
    ///
    /// # Panics
    ///
    /// If no picture can hold both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.size.width()).max(other.x + other.size.width());
        let bottom = (self.y + self.size.height()).max(other.y + other.size.height());
        Self { x, y, size: Size::new(right - x, bottom - y).expect("both lie in one picture") }
    }

    /// The rectangle grown by `by` pixels on each side, clipped to the picture that contains it.
    #[must_use]
    pub fn grown(self, by: usize, picture: Size) -> Self {
        let span = |start: usize, length: usize, limit: usize| {
            let first = start.saturating_sub(by);
            (first, start.saturating_add(length).saturating_add(by).min(limit) - first)
        };
        let (x, width) = span(self.x, self.size.width(), picture.width());
        let (y, height) = span(self.y, self.size.height(), picture.height());
        Self { x, y, size: Size::new(width, height).expect("no smaller than before") }
    }

    /// Whether a point lies within the centres of the rectangle's outermost pixels.
    #[must_use]
    pub fn contains(&self, p: Point) -> bool {
        let inside = |v: f64, start: usize, length: usize| v >= start as f64 && v <= (start + length - 1) as f64;
        inside(p.x, self.x, self.size.width()) && inside(p.y, self.y, self.size.height())
    }
}
