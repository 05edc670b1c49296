//! Transforms: maps from the near picture to the far one.

mod normal;
mod projective;
mod similarity;
mod thin_plate;

pub use projective::Projective;
pub use similarity::Similarity;
pub use thin_plate::ThinPlateSpline;

use nearfar_image::Point;

use crate::{AlignError, Model, PointList, PointPair};

/// A map from pixels of the near picture (the frame) to pixels of the far one; see [`Point`] for pixel coordinates.
#[derive(Clone, Debug, PartialEq)]
pub enum Transform {
    /// Rotation, scale and shift.
    Similarity(Similarity),
    /// An affine or projective map.
    Projective(Projective),
    /// A map that bends.
    ThinPlate(ThinPlateSpline),
}

impl Transform {
    /// Fits a map to pairs of points: exactly if the model has as many degrees of freedom as the points, otherwise by
    /// least squares (a thin-plate spline always goes through its points).
    ///
    /// # Errors
    ///
    /// [`AlignError::TooFewPoints`], [`AlignError::TooManyPoints`], [`AlignError::PointNotFinite`],
    /// [`AlignError::DegeneratePoints`] if points coincide, lie on one line, or would fold the picture over.
    pub fn fit(list: &PointList, model: Model) -> Result<Self, AlignError> {
        list.check()?;
        let points = list.points.as_slice();
        let found = points.len();
        if found < model.least_points() {
            return Err(AlignError::TooFewPoints { model, needed: model.least_points(), found });
        }
        if model == Model::ThinPlate && found > Model::MAX_THIN_PLATE_POINTS {
            return Err(AlignError::TooManyPoints { model, max: Model::MAX_THIN_PLATE_POINTS, found });
        }
        let transform = match model {
            Model::Similarity => Similarity::fit(points).map(Self::Similarity),
            Model::Affine => Projective::fit_affine(points).map(Self::Projective),
            Model::Projective => Projective::fit_projective(points).map(Self::Projective),
            Model::ThinPlate => ThinPlateSpline::fit(points).map(Self::ThinPlate),
        };
        transform.filter(Self::is_finite).ok_or(AlignError::DegeneratePoints { model })
    }

    fn is_finite(&self) -> bool {
        let rows = match self {
            Self::Similarity(s) => Projective::from(*s).rows(),
            Self::Projective(p) => p.rows(),
            Self::ThinPlate(t) => return t.is_finite(),
        };
        rows.as_flattened().iter().all(|v| v.is_finite())
    }

    /// The far place of a near place; NaN where a perspective map has none.
    #[must_use]
    pub fn apply(&self, p: Point) -> Point {
        match self {
            Self::Similarity(s) => s.apply(p),
            Self::Projective(h) => h.apply(p),
            Self::ThinPlate(t) => t.apply(p),
        }
    }

    /// Derivatives `[[dx/dx, dx/dy], [dy/dx, dy/dy]]` of [`Self::apply`].
    #[must_use]
    pub fn jacobian(&self, p: Point) -> [[f64; 2]; 2] {
        match self {
            Self::Similarity(s) => Projective::from(*s).jacobian(p),
            Self::Projective(h) => h.jacobian(p),
            Self::ThinPlate(t) => t.jacobian(p),
        }
    }

    /// Local scale, in far pixels per near pixel: the square root of the area that a pixel is mapped to.
    #[must_use]
    pub fn scale_at(&self, p: Point) -> f64 {
        let [[a, b], [c, d]] = self.jacobian(p);
        (a * d - b * c).abs().sqrt()
    }

    /// Whether the map is exactly the identity.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        *self == Self::Similarity(Similarity::IDENTITY)
    }

    /// The same map with a similarity's sine and cosine precomputed, for work on many places.
    pub(crate) fn prepared(&self) -> Self {
        match self {
            Self::Similarity(s) => Self::Projective((*s).into()),
            other => other.clone(),
        }
    }

    /// The near place of a far place, to a ten-thousandth of a pixel; `None` if there is none or it was not found.
    #[must_use]
    pub fn apply_inverse(&self, far: Point) -> Option<Point> {
        let near = match self {
            Self::Similarity(s) => s.inverse().apply(far),
            Self::Projective(h) => h.inverse()?.apply(far),
            Self::ThinPlate(t) => newton(t, far)?,
        };
        near.is_finite().then_some(near)
    }

    /// Root-mean-square distance between the far points and the mapped near points, in far pixels.
    #[must_use]
    pub fn misfit(&self, points: &[PointPair]) -> f64 {
        let sum: f64 = points.iter().map(|p| self.apply(p.near).distance(p.far).powi(2)).sum();
        (sum / points.len().max(1) as f64).sqrt()
    }
}

impl From<Similarity> for Transform {
    fn from(similarity: Similarity) -> Self {
        Self::Similarity(similarity)
    }
}

/// Newton's method for `t(near) = far`, starting from the centre of the near points.
fn newton(t: &ThinPlateSpline, far: Point) -> Option<Point> {
    let mut p = t.middle();
    for _ in 0..50 {
        let q = t.apply(p);
        let [[a, b], [c, d]] = t.jacobian(p);
        let (dx, dy) = (far.x - q.x, far.y - q.y);
        let determinant = a * d - b * c;
        let step = Point::new((d * dx - b * dy) / determinant, (a * dy - c * dx) / determinant);
        p = Point::new(p.x + step.x, p.y + step.y);
        if step.x.hypot(step.y) < 1e-4 {
            return Some(p);
        }
    }
    None
}
