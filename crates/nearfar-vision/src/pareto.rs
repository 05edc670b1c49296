//! Comparing two methods by their trade-offs rather than at arbitrary settings.

/// One setting of a method: how well either picture is seen where it should be. Larger is better in both.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TradeOff {
    /// Near fidelity.
    pub near: f64,
    /// Far fidelity.
    pub far: f64,
}

impl TradeOff {
    /// Whether this point is at least as good in both and better in one.
    #[must_use]
    pub fn dominates(&self, other: &Self) -> bool {
        self.near >= other.near && self.far >= other.far && (self.near > other.near || self.far > other.far)
    }
}

/// Indices of the points that no other dominates, by rising near fidelity (so by falling far fidelity). Of equal points
/// the first is kept; points with a NaN are dropped.
#[must_use]
pub fn pareto_front(points: &[TradeOff]) -> Vec<usize> {
    let mut order: Vec<_> = (0..points.len()).filter(|&i| !(points[i].near + points[i].far).is_nan()).collect();
    order.sort_by(|&i, &j| {
        points[j].near.total_cmp(&points[i].near).then(points[j].far.total_cmp(&points[i].far)).then(i.cmp(&j))
    });
    let mut best = f64::NEG_INFINITY;
    order.retain(|&i| {
        let better = points[i].far > best;
        best = best.max(points[i].far);
        better
    });
    order.reverse();
    order
}

/// Area between the points' Pareto front and `(0, 0)`: of all trade-offs from useless to perfect, the share that some
/// point equals or beats. From 0 to 1 for scores up to 1; points with a negative score add nothing.
#[must_use]
pub fn hypervolume(points: &[TradeOff]) -> f64 {
    let positive: Vec<_> = points.iter().copied().filter(|p| p.near > 0.0 && p.far > 0.0).collect();
    let front = pareto_front(&positive).into_iter().map(|i| positive[i]);
    front.fold((0.0, 0.0), |(area, left), point| (area + (point.near - left) * point.far, point.near)).0
}

/// The value that a sweep of a method has where its far fidelity is `far`, by linear interpolation between the two
/// neighbours in far fidelity. `sweep` holds `(far fidelity, value)` in any order; the value may be near fidelity,
/// leakage or any other score.
///
/// `None` where the sweep does not bracket `far`: nothing is extrapolated. A sweep with a NaN has no reading.
#[must_use]
pub fn iso_far(sweep: &[(f64, f64)], far: f64) -> Option<f64> {
    if sweep.iter().any(|(x, value)| x.is_nan() || value.is_nan()) {
        return None;
    }
    let mut sorted = sweep.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let above = sorted.iter().position(|&(x, _)| x >= far)?;
    let (x1, y1) = sorted[above];
    if x1 <= far {
        return Some(y1);
    }
    let (x0, y0) = sorted[above.checked_sub(1)?];
    Some(y0 + (far - x0) / (x1 - x0) * (y1 - y0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(f64, f64)]) -> Vec<TradeOff> {
        list.iter().map(|&(near, far)| TradeOff { near, far }).collect()
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn front_drops_dominated_and_repeated_points() {
        let points = points(&[(0.5, 0.5), (0.2, 0.9), (0.4, 0.5), (0.9, 0.1), (0.5, 0.5), (0.2, 0.8), (f64::NAN, 1.0)]);
        assert_eq!(pareto_front(&points), [1, 0, 3]);
        assert_eq!(pareto_front(&[]), Vec::<usize>::new());
    }

    #[test]
    fn hypervolume_of_known_fronts() {
        close(hypervolume(&points(&[(1.0, 1.0)])), 1.0);
        close(hypervolume(&points(&[(0.5, 0.8)])), 0.4);
        // A staircase: 0.2 x 0.9 + 0.3 x 0.5 + 0.4 x 0.1; the dominated point adds nothing.
        close(hypervolume(&points(&[(0.9, 0.1), (0.5, 0.5), (0.2, 0.9), (0.4, 0.4)])), 0.37);
        close(hypervolume(&points(&[(-0.5, 0.8), (0.5, -0.1), (0.0, 1.0)])), 0.0);
        close(hypervolume(&[]), 0.0);
    }

    #[test]
    fn iso_far_interpolates_and_never_extrapolates() {
        let sweep = [(0.9, 0.6), (0.95, 0.5), (0.99, 0.2)];
        close(iso_far(&sweep, 0.93).expect("bracketed"), 0.54);
        close(iso_far(&sweep, 0.97).expect("bracketed"), 0.35);
        for (x, y) in sweep {
            close(iso_far(&sweep, x).expect("a point of the sweep"), y);
        }
        let mut turned = sweep;
        turned.reverse();
        close(iso_far(&turned, 0.93).expect("bracketed"), 0.54);
        assert_eq!(iso_far(&sweep, 0.899), None);
        assert_eq!(iso_far(&sweep, 0.991), None);
        assert_eq!(iso_far(&[], 0.93), None);
        assert_eq!(iso_far(&[(0.9, f64::NAN), (0.95, 0.5)], 0.93), None);
    }
}
