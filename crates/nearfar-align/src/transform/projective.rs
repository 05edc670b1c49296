//! Projective maps, which keep straight lines straight.

use nearfar_image::Point;

use crate::PointPair;

use crate::linear::least_squares;

use super::normal::Normal;

type Matrix = [[f64; 3]; 3];

/// A map that keeps straight lines straight, as a 3x3 matrix `H` on `(x, y, 1)`: rotation, scale, shift, stretch, shear
/// and perspective.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projective {
    rows: Matrix,
}

impl Projective {
    /// The map of a matrix, row by row. Scaling the matrix does not change the map.
    #[must_use]
    pub const fn from_rows(rows: [[f64; 3]; 3]) -> Self {
        Self { rows }
    }

    /// The matrix, row by row.
    #[must_use]
    pub const fn rows(&self) -> [[f64; 3]; 3] {
        self.rows
    }

    /// The far place of a near place: NaN in both coordinates on and beyond the horizon.
    #[must_use]
    pub fn apply(&self, p: Point) -> Point {
        let [x, y, w] = self.rows.map(|r| r[0] * p.x + r[1] * p.y + r[2]);
        if w > 0.0 { Point::new(x / w, y / w) } else { Point::new(f64::NAN, f64::NAN) }
    }

    /// Derivatives `[[dx/dx, dx/dy], [dy/dx, dy/dy]]` of [`Self::apply`].
    #[must_use]
    pub fn jacobian(&self, p: Point) -> [[f64; 2]; 2] {
        let [[a, b, _], [c, d, _], [g, h, i]] = self.rows;
        let w = g * p.x + h * p.y + i;
        let q = self.apply(p);
        [[(a - q.x * g) / w, (b - q.x * h) / w], [(c - q.y * g) / w, (d - q.y * h) / w]]
    }

    /// The inverse map; `None` if there is none.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let m = self.rows;
        let minor = |r: usize, c: usize| {
            let (r1, r2, c1, c2) = ((r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3);
            m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
        };
        let determinant: f64 = (0..3).map(|c| m[0][c] * minor(0, c)).sum();
        // Divided by the determinant, so that w stays positive for the inverse too.
        let inverse = [0, 1, 2].map(|r| [0, 1, 2].map(|c| minor(c, r) / determinant));
        inverse.as_flattened().iter().all(|v| v.is_finite()).then_some(Self { rows: inverse })
    }

    pub(super) fn fit_affine(points: &[PointPair]) -> Option<Self> {
        let (near, far) = normals(points)?;
        let rows = points.iter().map(|pair| {
            let (n, f) = (near.apply(pair.near), far.apply(pair.far));
            ([n.x, n.y, 1.0], [f.x, f.y])
        });
        let x = least_squares(rows)?;
        let row = |c: usize| [x[0][c], x[1][c], x[2][c]];
        Self::from_normalised([row(0), row(1), [0.0, 0.0, 1.0]], near, far, points)
    }

    /// The direct linear transform (Hartley and Zisserman, "Multiple View Geometry", section 4.1), with the last
    /// element of the normalised matrix set to 1: it is `w` at the centroid of the near points, which no horizon that
    /// leaves all of them visible can cross.
    pub(super) fn fit_projective(points: &[PointPair]) -> Option<Self> {
        let (near, far) = normals(points)?;
        let rows = points.iter().flat_map(|pair| {
            let (n, f) = (near.apply(pair.near), far.apply(pair.far));
            [
                ([n.x, n.y, 1.0, 0.0, 0.0, 0.0, -f.x * n.x, -f.x * n.y], [f.x, 0.0]),
                ([0.0, 0.0, 0.0, n.x, n.y, 1.0, -f.y * n.x, -f.y * n.y], [f.y, 0.0]),
            ]
        });
        let x = least_squares(rows)?;
        let v = |i: usize| x[i][0];
        Self::from_normalised([[v(0), v(1), v(2)], [v(3), v(4), v(5)], [v(6), v(7), 1.0]], near, far, points)
    }

    /// Converts from normalised coordinates; refuses maps that flatten the picture, put points beyond the horizon, or
    /// fold the picture over.
    fn from_normalised(rows: Matrix, near: Normal, far: Normal, points: &[PointPair]) -> Option<Self> {
        let normalised = Self { rows };
        let area = |p: Point| {
            let [[a, b], [c, d]] = normalised.jacobian(near.apply(p));
            a * d - b * c
        };
        let sign = area(points[0].near).signum();
        points
            .iter()
            .all(|p| area(p.near) * sign > 1e-3)
            .then(|| Self { rows: product(far.undo_matrix(), product(rows, near.matrix())) })
    }
}

fn normals(points: &[PointPair]) -> Option<(Normal, Normal)> {
    Some((Normal::of(points.iter().map(|p| p.near))?, Normal::of(points.iter().map(|p| p.far))?))
}

fn product(a: Matrix, b: Matrix) -> Matrix {
    a.map(|row| [0, 1, 2].map(|c| (0..3).map(|k| row[k] * b[k][c]).sum()))
}
