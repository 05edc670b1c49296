//! Thin-plate splines: maps of minimal bending.

use nearfar_image::Point;

use crate::PointPair;

use crate::linear::solve;

use super::normal::Normal;

/// A thin-plate spline: the map through all pairs of points that bends least (Bookstein, "Principal warps", PAMI 1989).
#[derive(Clone, Debug, PartialEq)]
pub struct ThinPlateSpline {
    near: Normal,
    far: Normal,
    /// The near points, normalised.
    knots: Vec<Point>,
    /// One weight per knot, then those of `x`, `y` and `1`.
    weights: Vec<[f64; 2]>,
}

/// The radial function `r^2 ln r`, given the square of `r`.
fn bend(square: f64) -> f64 {
    if square > 0.0 { 0.5 * square * square.ln() } else { 0.0 }
}

impl ThinPlateSpline {
    pub(super) fn fit(points: &[PointPair]) -> Option<Self> {
        let near = Normal::of(points.iter().map(|p| p.near))?;
        let far = Normal::of(points.iter().map(|p| p.far))?;
        let knots: Vec<Point> = points.iter().map(|p| near.apply(p.near)).collect();
        let n = knots.len();
        let mut matrix = vec![vec![0.0; n + 3]; n + 3];
        for (i, p) in knots.iter().enumerate() {
            for (j, q) in knots.iter().enumerate() {
                matrix[i][j] = bend((p.x - q.x).powi(2) + (p.y - q.y).powi(2));
            }
            for (k, v) in [p.x, p.y, 1.0].into_iter().enumerate() {
                matrix[i][n + k] = v;
                matrix[n + k][i] = v;
            }
        }
        let right = points.iter().map(|p| <[f64; 2]>::from(far.apply(p.far))).chain([[0.0; 2]; 3]).collect();
        let weights = solve(matrix, right, 1e-9)?;
        Some(Self { near, far, knots, weights })
    }

    pub(super) fn is_finite(&self) -> bool {
        self.weights.as_flattened().iter().all(|weight| weight.is_finite())
    }

    /// The centroid of the near points.
    pub(super) fn middle(&self) -> Point {
        self.near.undo(Point::default())
    }

    /// The far place of a near place.
    #[must_use]
    pub fn apply(&self, p: Point) -> Point {
        let p = self.near.apply(p);
        let n = self.knots.len();
        let mut sum = [0, 1].map(|c| self.weights[n][c] * p.x + self.weights[n + 1][c] * p.y + self.weights[n + 2][c]);
        for (q, weight) in self.knots.iter().zip(&self.weights) {
            let value = bend((p.x - q.x).powi(2) + (p.y - q.y).powi(2));
            sum = [0, 1].map(|c| sum[c] + weight[c] * value);
        }
        self.far.undo(sum.into())
    }

    /// Derivatives `[[dx/dx, dx/dy], [dy/dx, dy/dy]]` of [`Self::apply`].
    #[must_use]
    pub fn jacobian(&self, p: Point) -> [[f64; 2]; 2] {
        let p = self.near.apply(p);
        let n = self.knots.len();
        let mut sum = [0, 1].map(|c| [self.weights[n][c], self.weights[n + 1][c]]);
        for (q, weight) in self.knots.iter().zip(&self.weights) {
            let (dx, dy) = (p.x - q.x, p.y - q.y);
            let square = dx * dx + dy * dy;
            if square > 0.0 {
                // d(r^2 ln r)/dx = (2 ln r + 1) x.
                let slope = square.ln() + 1.0;
                for (row, w) in sum.iter_mut().zip(weight) {
                    row[0] += w * slope * dx;
                    row[1] += w * slope * dy;
                }
            }
        }
        let unit = self.near.scale() / self.far.scale();
        sum.map(|row| row.map(|v| v * unit))
    }
}
