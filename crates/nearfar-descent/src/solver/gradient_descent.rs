//! Plain gradient descent, the article's way.

use crate::Outcome;

use super::{problem::Problem, step::Variables};

/// Steps down the gradient. As in the article, the losses of a step are those before its update, and the picture that is
/// returned is the one that the last losses belong to.
///
/// Holds 3 pictures with the sigmoid (variables, pixels, gradient), 2 without.
pub(super) fn solve(mut problem: Problem<'_>, mut variables: Variables, rate: f64) -> Outcome {
    let rate = rate as f32;
    let mut gradient = problem.blank();
    loop {
        let losses = problem.evaluate(variables.pixels(), &mut gradient);
        if let Some(stop_reason) = problem.finish_step(variables.pixels(), losses) {
            return problem.outcome(variables.into_pixels(), losses, stop_reason);
        }
        variables.step(problem.execution(), &gradient, [], |slope, []| slope * rate);
    }
}
