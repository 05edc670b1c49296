//! Similarities: rotation, scale and shift.

use nearfar_image::Point;

use crate::PointPair;

use super::{Projective, normal::Normal};

/// A rotation, a scale and a shift: `far = scale * R(radians) * near + shift`, where `R` turns x towards y (clockwise
/// on a screen).
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Similarity {
    /// Far pixels per near pixel, above 0.
    pub scale: f64,
    /// Angle in radians.
    pub radians: f64,
    /// The image of the near picture's `(0, 0)`.
    pub shift: Point,
}

impl Similarity {
    /// The identity.
    pub const IDENTITY: Self = Self { scale: 1.0, radians: 0.0, shift: Point::new(0.0, 0.0) };

    /// The map of a given scale and angle that takes `near` to `far`.
    #[must_use]
    pub fn about(near: Point, far: Point, scale: f64, radians: f64) -> Self {
        let (sin, cos) = (scale * radians.sin(), scale * radians.cos());
        let shift = Point::new(far.x - (cos * near.x - sin * near.y), far.y - (sin * near.x + cos * near.y));
        Self { scale, radians, shift }
    }

    /// The far place of a near place.
    #[must_use]
    pub fn apply(&self, p: Point) -> Point {
        let (sin, cos) = (self.scale * self.radians.sin(), self.scale * self.radians.cos());
        Point::new(cos * p.x - sin * p.y + self.shift.x, sin * p.x + cos * p.y + self.shift.y)
    }

    /// The inverse map.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self::about(self.shift, Point::default(), 1.0 / self.scale, -self.radians)
    }

    /// The composition: first this map, then `next`.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let shift = next.apply(self.shift);
        Self { scale: self.scale * next.scale, radians: self.radians + next.radians, shift }
    }

    /// The closed-form least-squares fit: with points as complex numbers, `far = a * near + b` (Umeyama, PAMI 1991,
    /// without reflections).
    pub(super) fn fit(points: &[PointPair]) -> Option<Self> {
        let near = Normal::of(points.iter().map(|p| p.near))?;
        let far = Normal::of(points.iter().map(|p| p.far))?;
        let (mut dot, mut cross, mut norm) = (0.0, 0.0, 0.0);
        for pair in points {
            let (n, f) = (near.apply(pair.near), far.apply(pair.far));
            dot += n.x * f.x + n.y * f.y;
            cross += n.x * f.y - n.y * f.x;
            norm += n.x * n.x + n.y * n.y;
        }
        let scale = dot.hypot(cross) / norm;
        // Near 0 the points agree on no rotation at all, as when one set is the mirror image of the other.
        if scale < 1e-3 {
            return None;
        }
        let origin = Point::default();
        Some(Self::about(near.undo(origin), far.undo(origin), scale * near.scale() / far.scale(), cross.atan2(dot)))
    }
}

impl From<Similarity> for Projective {
    fn from(s: Similarity) -> Self {
        let (sin, cos) = (s.scale * s.radians.sin(), s.scale * s.radians.cos());
        Self::from_rows([[cos, -sin, s.shift.x], [sin, cos, s.shift.y], [0.0, 0.0, 1.0]])
    }
}
