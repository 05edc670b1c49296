//! L-BFGS in the box.
//!
//! J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., algorithm 7.4 (two-loop recursion), kept to the pixels that
//! are free to move and run on inner products (W. Chen, Z. Wang, J. Zhou, "Large-scale L-BFGS using MapReduce", NIPS 2014),
//! so that a step reads each remembered picture twice and not four times and needs no picture for its direction.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::sums::update;

use crate::{Losses, Outcome, StopReason};

use super::{
    problem::Problem,
    step::draw_in,
    trail::{Point, Trail},
};

/// The part of the gain promised by the gradient that a step must bring (Armijo's rule).
const ENOUGH: f64 = 1e-4;

/// What a step is shortened by if it does not bring enough.
const SHORTEN: f32 = 0.4;

/// Shortenings before the memory is dropped.
const TRIALS: usize = 8;

/// The loss falls with every step. `stiffness` is a guess of the curvature, for the first step.
///
/// Holds `2 + 2 memory` pictures: each point that is remembered with its gradient. The oldest makes room for the next.
pub(super) fn solve(mut problem: Problem<'_>, start: Image<Encoded>, memory: usize, stiffness: f64) -> Outcome {
    let execution = problem.execution();
    let mut pixels = start;
    draw_in(execution, &mut pixels);
    let mut gradient = problem.blank();
    let mut losses = problem.evaluate(&pixels, &mut gradient);
    let mut trail = Trail::new(Point { pixels, gradient }, memory, execution);
    // Steps from a point to itself teach nothing.
    let mut remembers = false;
    loop {
        if let Some(stop_reason) = problem.finish_step(&trail.here().pixels, losses) {
            return problem.outcome(trail.into_here().pixels, losses, stop_reason);
        }
        let weights = direction(&trail.products(execution), stiffness);
        let promised = trail.aim(execution, &weights);
        if let Some(found) = search(&mut problem, &mut trail, losses, promised) {
            losses = found;
            trail.advance();
            remembers = true;
        } else if remembers {
            // The remembered curvature misleads: start afresh.
            trail.forget();
            remembers = false;
        } else {
            return problem.outcome(trail.into_here().pixels, losses, StopReason::Converged);
        }
    }
}

/// Evaluates the point to try, and draws it in until the loss falls enough; the gradient promises a gain of `promised`.
fn search(problem: &mut Problem<'_>, trail: &mut Trail, losses: Losses, mut promised: f64) -> Option<Losses> {
    let execution = problem.execution();
    for _ in 0..TRIALS {
        let (tried, here) = trail.tried();
        let found = problem.evaluate(&tried.pixels, &mut tried.gradient);
        if found.total <= losses.total + ENOUGH * promised.min(0.0) {
            return Some(found);
        }
        update(execution, tried.pixels.samples_mut(), [here.pixels.samples()], |to, [from]| {
            from + SHORTEN * (to - from)
        });
        promised *= f64::from(SHORTEN);
    }
    None
}

/// The two-loop recursion: weights of `step, change` of every step, oldest first, and of the gradient, which make the
/// direction to step against. `gram` holds the inner products of these vectors.
fn direction(gram: &[Vec<f64>], stiffness: f64) -> Vec<f64> {
    let gradient = gram.len() - 1;
    let product = |weights: &[f64], with: usize| -> f64 { weights.iter().zip(&gram[with]).map(|(w, g)| w * g).sum() };
    let curvature = |step: usize| gram[step][step + 1];
    // Only along steps of positive curvature is there something to learn.
    let steps: Vec<usize> = (0..gradient).step_by(2).filter(|&s| curvature(s) > 1e-9 * gram[s + 1][s + 1]).collect();
    let mut weights = vec![0.0; gram.len()];
    weights[gradient] = 1.0;
    let mut passed = Vec::with_capacity(steps.len());
    for &step in steps.iter().rev() {
        let part = product(&weights, step) / curvature(step);
        weights[step + 1] -= part;
        passed.push(part);
    }
    // The curvature along the last step stands for that in all directions that are not remembered.
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

    /// With as many pairs as there are dimensions, the direction of a quadratic function is Newton's.
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
