//! Gradient descent with momentum (the heavy ball).

use crate::Outcome;

use super::{best::Best, problem::Problem, step::Variables};

/// `velocity = momentum * velocity + gradient`, then a step of `rate * velocity`. The loss may rise on the way; the best
/// picture met is returned.
///
/// Holds 5 pictures with the sigmoid (variables, pixels, gradient, velocity, the best so far), 4 without.
pub(super) fn solve(mut problem: Problem<'_>, mut variables: Variables, rate: f64, momentum: f64) -> Outcome {
    let (rate, momentum) = (rate as f32, momentum as f32);
    let (mut gradient, mut velocity) = (problem.blank(), problem.blank());
    let mut best = Best::new(problem.blank());
    loop {
        let losses = problem.evaluate(variables.pixels(), &mut gradient);
        best.offer(variables.pixels(), losses);
        if let Some(stop_reason) = problem.finish_step(variables.pixels(), losses) {
            return best.outcome(&problem, stop_reason);
        }
        variables.step(problem.execution(), &gradient, [&mut velocity], |slope, [velocity]| {
            *velocity = momentum * *velocity + slope;
            rate * *velocity
        });
    }
}
