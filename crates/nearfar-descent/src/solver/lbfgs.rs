//! Projected L-BFGS for the box.
//!
//! J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., algorithm 7.4 (two-loop recursion), restricted to the
//! free pixels and computed from inner products (W. Chen, Z. Wang, J. Zhou, "Large-scale L-BFGS using MapReduce", NIPS
//! 2014), so that a step reads each remembered picture twice instead of four times and needs no picture for its
//! direction.

use nearfar_image::{Channels, Encoded, Image, Size};
use nearfar_kernels::{Execution, sums::update};

use crate::Losses;

use super::{
    Evaluator, Step, Stepper, blank,
    trail::{Point, Trail},
    variables::draw_in,
};

/// The fraction of the predicted decrease that a step must achieve (Armijo's rule).
const SUFFICIENT_DECREASE: f64 = 1e-4;

/// Factor by which a step that does not achieve it is shortened.
const BACKTRACK: f32 = 0.4;

/// Shortenings before the memory is dropped.
const TRIALS: usize = 8;

/// Decreases below this fraction of the loss drown in the rounding errors of single-precision pixels: nothing can be
/// gained, and trials tell nothing.
const NOISE: f64 = 1e-7;

/// The loss decreases with every step.
///
/// Holds `2 + 2 memory` pictures: each remembered point and its gradient. The oldest is overwritten by the next.
pub(super) struct Lbfgs {
    /// Estimate of the curvature while nothing is known about it.
    stiffness: f64,
    state: State,
}

enum State {
    /// Nothing has been evaluated yet.
    Start { start: Image<Encoded>, memory: usize },
    /// A point has been evaluated; the next one is to be tried.
    Here { trail: Trail, losses: Losses, search: Option<Search> },
}

/// A line search whose next point awaits its evaluation.
#[derive(Clone, Copy)]
struct Search {
    /// The decrease that the gradient predicts for that point, below 0.
    predicted: f64,
    trials: usize,
}

impl Lbfgs {
    /// `stiffness` is an estimate of the curvature, for the first step.
    pub(super) fn new(start: Image<Encoded>, memory: usize, stiffness: f64, execution: &Execution) -> Self {
        let mut start = start;
        draw_in(execution, &mut start);
        Self { stiffness, state: State::Start { start, memory } }
    }
}

/// Chooses the next point to try; none if the predicted decrease is below the noise.
fn aim(trail: &mut Trail, losses: &Losses, stiffness: f64, execution: &Execution) -> Option<Search> {
    let mut predicted = trail.aim(execution, &direction(&trail.products(execution), stiffness));
    if predicted >= -NOISE * losses.total && trail.remembers() {
        // The remembered curvature misleads: start afresh.
        trail.forget();
        predicted = trail.aim(execution, &direction(&trail.products(execution), stiffness));
    }
    (predicted < -NOISE * losses.total).then_some(Search { predicted, trials: 0 })
}

impl Stepper for Lbfgs {
    fn step(&mut self, evaluator: &mut Evaluator<'_, '_>) -> Step {
        let (execution, stiffness) = (evaluator.execution(), self.stiffness);
        match &mut self.state {
            State::Start { start, memory } => {
                // A placeholder: nobody reads what stays behind.
                let nothing = Image::filled(Size::new(1, 1).expect("one pixel"), Channels::Grey, 0.0);
                let pixels = std::mem::replace(start, nothing);
                let mut gradient = blank(&pixels);
                let losses = evaluator.evaluate(&pixels, &mut gradient);
                let trail = Trail::new(Point { pixels, gradient }, *memory, execution);
                self.state = State::Here { trail, losses, search: None };
                Step::Moved
            }
            State::Here { trail, losses, search } => {
                let Some(mut trial) = search.take().or_else(|| aim(trail, losses, stiffness, execution)) else {
                    return Step::NoProgress;
                };
                let (tried, here) = trail.tried();
                let found = evaluator.evaluate(&tried.pixels, &mut tried.gradient);
                if found.total <= losses.total + SUFFICIENT_DECREASE * trial.predicted {
                    *losses = found;
                    trail.advance();
                    return Step::Moved;
                }
                trial.trials += 1;
                if trial.trials < TRIALS {
                    update(execution, tried.pixels.samples_mut(), [here.pixels.samples()], |to, [from]| {
                        from + BACKTRACK * (to - from)
                    });
                    trial.predicted *= f64::from(BACKTRACK);
                    *search = Some(trial);
                } else if trail.remembers() {
                    trail.forget();
                } else {
                    return Step::NoProgress;
                }
                Step::Tried
            }
        }
    }

    fn point(&self) -> (&Image<Encoded>, Option<&Losses>) {
        match &self.state {
            State::Start { start, .. } => (start, None),
            State::Here { trail, losses, .. } => (&trail.here().pixels, Some(losses)),
        }
    }

    fn into_best(self: Box<Self>) -> (Image<Encoded>, Option<Losses>) {
        match self.state {
            State::Start { start, .. } => (start, None),
            State::Here { trail, losses, .. } => (trail.into_here().pixels, Some(losses)),
        }
    }
}

/// The two-loop recursion: weights of `step, change` for every step, oldest first, and of the gradient, whose weighted
/// sum is the direction to step against. `gram` holds the inner products of these vectors.
fn direction(gram: &[Vec<f64>], stiffness: f64) -> Vec<f64> {
    let gradient = gram.len() - 1;
    let product = |weights: &[f64], with: usize| -> f64 { weights.iter().zip(&gram[with]).map(|(w, g)| w * g).sum() };
    let curvature = |step: usize| gram[step][step + 1];
    // Only steps of positive curvature carry information.
    let steps: Vec<usize> = (0..gradient).step_by(2).filter(|&s| curvature(s) > 1e-9 * gram[s + 1][s + 1]).collect();
    let mut weights = vec![0.0; gram.len()];
    weights[gradient] = 1.0;
    let mut passed = Vec::with_capacity(steps.len());
    for &step in steps.iter().rev() {
        let part = product(&weights, step) / curvature(step);
        weights[step + 1] -= part;
        passed.push(part);
    }
    // The curvature along the last step stands in for that of all directions not remembered.
    let stretch = steps.last().map_or(1.0 / stiffness, |&s| curvature(s) / gram[s + 1][s + 1]);
    weights.iter_mut().for_each(|w| *w *= stretch);
    for (&step, part) in steps.iter().zip(passed.into_iter().rev()) {
        weights[step] += part - product(&weights, step + 1) / curvature(step);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::direction;

    /// With as many pairs as dimensions, the direction for a quadratic function is Newton's.
    #[test]
    fn direction_is_newtons_once_all_dimensions_are_known() {
        let curvature = [2.0, 5.0];
        let bend = |v: [f64; 2]| [curvature[0] * v[0], curvature[1] * v[1]];
        // Conjugate steps: <a, bend(b)> = 0.
        let (a, b) = ([1.0, 1.0], [5.0, -2.0]);
        let vectors = [a, bend(a), b, bend(b), [3.0, -7.0]];
        let dot = |a: [f64; 2], b: [f64; 2]| a[0] * b[0] + a[1] * b[1];
        let gram: Vec<Vec<f64>> = vectors.iter().map(|&a| vectors.iter().map(|&b| dot(a, b)).collect()).collect();
        let weights = direction(&gram, 1.0);
        for i in 0..2 {
            let found: f64 = weights.iter().zip(&vectors).map(|(w, v)| w * v[i]).sum();
            assert!((found - vectors[4][i] / curvature[i]).abs() < 1e-12);
        }
        let blank = vec![vec![0.0; 3]; 2].into_iter().chain([vec![0.0, 0.0, 4.0]]).collect::<Vec<_>>();
        assert_eq!(direction(&blank, 2.0), [0.0, 0.0, 0.5]);
    }
}
