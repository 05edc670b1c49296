//! Adam: steps scaled, for each variable, by how large its slopes have been.
//!
//! D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.

use crate::Outcome;

use super::{best::Best, problem::Problem, step::Variables};

/// How fast the mean of the slopes and of their squares forget; the paper's values.
const FORGET: (f32, f32) = (0.9, 0.999);

/// Keeps the step finite where there is no slope; the paper's value.
const TINY: f32 = 1e-8;

/// The loss may rise on the way; the best picture met is returned.
///
/// Holds 6 pictures with the sigmoid (variables, pixels, gradient, two means, the best so far), 5 without.
pub(super) fn solve(mut problem: Problem<'_>, mut variables: Variables, rate: f64) -> Outcome {
    let (mut gradient, mut mean, mut square) = (problem.blank(), problem.blank(), problem.blank());
    let mut best = Best::new(problem.blank());
    for step in 1.. {
        let losses = problem.evaluate(variables.pixels(), &mut gradient);
        best.offer(variables.pixels(), losses);
        if let Some(stop_reason) = problem.finish_step(variables.pixels(), losses) {
            return best.outcome(&problem, stop_reason);
        }
        // The means start at zero; this divides out how little they have seen.
        let seen = |forget: f32| 1.0 - f64::from(forget).powi(step);
        let rate = (rate / seen(FORGET.0)) as f32;
        let square_scale = (1.0 / seen(FORGET.1)) as f32;
        variables.step(problem.execution(), &gradient, [&mut mean, &mut square], |slope, [mean, square]| {
            *mean = FORGET.0 * *mean + (1.0 - FORGET.0) * slope;
            *square = FORGET.1 * *square + (1.0 - FORGET.1) * slope * slope;
            rate * *mean / ((*square * square_scale).sqrt() + TINY)
        });
    }
    unreachable!("steps are limited")
}
