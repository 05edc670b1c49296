//! Subpixel refinement: enhanced correlation (Evangelidis and Psarakis, "Parametric image alignment using enhanced
//! correlation coefficient maximization", PAMI 2008) for similarities.

use nearfar_image::{Plane, Point};

use crate::{Similarity, linear::solve};

use super::sample::read;

/// More steps than this gain nothing.
const MAX_STEPS: usize = 25;
/// Movement of the near picture's corners, in pixels, that ends the search.
const CONVERGED: f64 = 0.02;

/// A step that loses this much correlation has left the peak that it climbed.
const MAX_DROP: f64 = 0.05;

/// A refined map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refined {
    /// From near pixels to far pixels.
    pub(super) map: Similarity,
    /// Normalised correlation over the overlap, in `[-1, 1]`.
    pub(super) correlation: f64,
    /// Share of the near picture that is covered.
    pub(super) overlap: f64,
}

/// Sums over the overlap of both pictures, at one map.
#[derive(Default)]
struct Sums {
    count: f64,
    near: f64,
    far: f64,
    near_square: f64,
    far_square: f64,
    product: f64,
    slopes: [f64; 4],
    slope_squares: [[f64; 4]; 4],
    slope_near: [f64; 4],
    slope_far: [f64; 4],
}

/// Normalised correlation over the overlap under a map, in `[-1, 1]`.
pub(super) fn correlation(near: Plane<'_>, far: Plane<'_>, map: &Similarity) -> f64 {
    let middle = near.size().middle();
    Sums::at(near, far, map, middle, middle.x.hypot(middle.y).max(1.0)).correlation()
}

/// Climbs from a map to the nearest local maximum of correlation; never ends lower than it began.
pub(super) fn refine(near: Plane<'_>, far: Plane<'_>, start: Similarity) -> Refined {
    let middle = near.size().middle();
    let reach = middle.x.hypot(middle.y).max(1.0);
    let mut map = start;
    let mut best: Option<Refined> = None;
    for _ in 0..MAX_STEPS {
        let sums = Sums::at(near, far, &map, middle, reach);
        let correlation = sums.correlation();
        if best.is_some_and(|b| correlation < b.correlation - MAX_DROP) {
            break;
        }
        if best.is_none_or(|b| correlation > b.correlation) {
            let overlap = sums.count / near.size().area() as f64;
            best = Some(Refined { map, correlation, overlap });
        }
        let Some(step) = sums.step() else { break };
        map = moved(&map, middle, reach, step);
        if step.iter().map(|v| v * v).sum::<f64>().sqrt() < CONVERGED || !(map.scale.is_finite() && map.scale > 0.0) {
            break;
        }
    }
    best.unwrap_or(Refined { map: start, correlation: 0.0, overlap: 0.0 })
}

/// The map changed by four parameters: scale and rotation about the near picture's centre, as movement of its corners,
/// and shift.
fn moved(map: &Similarity, middle: Point, reach: f64, [grow, turn, x, y]: [f64; 4]) -> Similarity {
    let (re, im) = (map.scale * map.radians.cos() + grow / reach, map.scale * map.radians.sin() + turn / reach);
    let at = map.apply(middle);
    Similarity::about(middle, Point::new(at.x + x, at.y + y), re.hypot(im), im.atan2(re))
}

impl Sums {
    fn at(near: Plane<'_>, far: Plane<'_>, map: &Similarity, middle: Point, reach: f64) -> Self {
        let mut sums = Self::default();
        for (y, row) in near.rows().enumerate() {
            for (x, &n) in row.iter().enumerate() {
                let p = Point::new(x as f64, y as f64);
                let q = map.apply(p);
                let side = |dx: f64, dy: f64| read(far, Point::new(q.x + dx, q.y + dy));
                let (Some(f), Some(left), Some(right), Some(up), Some(down)) =
                    (side(0.0, 0.0), side(-1.0, 0.0), side(1.0, 0.0), side(0.0, -1.0), side(0.0, 1.0))
                else {
                    continue;
                };
                let (dx, dy) = (0.5 * f64::from(right - left), 0.5 * f64::from(down - up));
                let (u, v) = ((p.x - middle.x) / reach, (p.y - middle.y) / reach);
                sums.add(f64::from(n), f64::from(f), [dx * u + dy * v, dy * u - dx * v, dx, dy]);
            }
        }
        sums
    }

    fn add(&mut self, n: f64, f: f64, slope: [f64; 4]) {
        self.count += 1.0;
        self.near += n;
        self.far += f;
        self.near_square += n * n;
        self.far_square += f * f;
        self.product += n * f;
        for i in 0..4 {
            self.slopes[i] += slope[i];
            self.slope_near[i] += slope[i] * n;
            self.slope_far[i] += slope[i] * f;
            for j in 0..4 {
                self.slope_squares[i][j] += slope[i] * slope[j];
            }
        }
    }

    fn correlation(&self) -> f64 {
        let product = self.product - self.near * self.far / self.count;
        let near = self.near_square - self.near * self.near / self.count;
        let far = self.far_square - self.far * self.far / self.count;
        let correlation = product / (near * far).sqrt();
        if correlation.is_finite() { correlation } else { 0.0 }
    }

    /// The step of the forward additive scheme (the paper's equations 19 and 21), in sums less their means.
    fn step(&self) -> Option<[f64; 4]> {
        if self.count < 16.0 {
            return None;
        }
        let less = |sum: f64, a: f64, b: f64| sum - a * b / self.count;
        let matrix = (0..4)
            .map(|i| (0..4).map(|j| less(self.slope_squares[i][j], self.slopes[i], self.slopes[j])).collect())
            .collect();
        let far: [f64; 4] = std::array::from_fn(|i| less(self.slope_far[i], self.slopes[i], self.far));
        let near: [f64; 4] = std::array::from_fn(|i| less(self.slope_near[i], self.slopes[i], self.near));
        let solved = solve(matrix, (0..4).map(|i| [far[i], near[i]]).collect(), 1e-9)?;
        let dot = |a: &[f64; 4], column: usize| (0..4).map(|i| a[i] * solved[i][column]).sum::<f64>();
        let above = less(self.far_square, self.far, self.far) - dot(&far, 0);
        let below = less(self.product, self.near, self.far) - dot(&near, 0);
        // Below 0 the pictures are, for now, anticorrelated; plain least squares goes on.
        let gain = if below > 0.0 { above / below } else { 1.0 };
        let step: [f64; 4] = std::array::from_fn(|i| gain * solved[i][1] - solved[i][0]);
        step.iter().all(|v| v.is_finite()).then_some(step)
    }
}
