//! Normalised coordinates, in which fits are well conditioned (Hartley, "In defense of the eight-point algorithm",
//! 1997): the centroid of the points is the origin and their root-mean-square distance from it is the square root of 2.

use nearfar_image::Point;

/// Converts to and from normalised coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Normal {
    middle: Point,
    scale: f64,
}

impl Normal {
    /// The normalisation of some points; `None` if they coincide, or are so far apart that squares would overflow.
    pub(super) fn of(points: impl Iterator<Item = Point> + Clone) -> Option<Self> {
        let count = points.clone().count() as f64;
        let sum = points.clone().fold(Point::default(), |s, p| Point::new(s.x + p.x, s.y + p.y));
        let middle = Point::new(sum.x / count, sum.y / count);
        let spread = (points.map(|p| p.distance(middle).powi(2)).sum::<f64>() / count).sqrt();
        // The lower limit is a thousandth of a pixel, finer than anybody can point; the upper one is wider than any
        // picture. NaN is refused too.
        (1e-3..1e12).contains(&spread).then(|| Self { middle, scale: std::f64::consts::SQRT_2 / spread })
    }

    pub(super) fn apply(self, p: Point) -> Point {
        Point::new((p.x - self.middle.x) * self.scale, (p.y - self.middle.y) * self.scale)
    }

    pub(super) fn undo(self, p: Point) -> Point {
        Point::new(p.x / self.scale + self.middle.x, p.y / self.scale + self.middle.y)
    }

    /// Normalised units per pixel.
    pub(super) fn scale(self) -> f64 {
        self.scale
    }

    /// [`Self::apply`] as a matrix.
    pub(super) fn matrix(self) -> [[f64; 3]; 3] {
        let s = self.scale;
        [[s, 0.0, -s * self.middle.x], [0.0, s, -s * self.middle.y], [0.0, 0.0, 1.0]]
    }

    /// [`Self::undo`] as a matrix.
    pub(super) fn undo_matrix(self) -> [[f64; 3]; 3] {
        let s = 1.0 / self.scale;
        [[s, 0.0, self.middle.x], [0.0, s, self.middle.y], [0.0, 0.0, 1.0]]
    }
}
