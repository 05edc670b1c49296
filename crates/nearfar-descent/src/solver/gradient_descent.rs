//! Plain gradient descent, the article's way.

use crate::Outcome;

use super::{problem::Problem, step::Variables};

/// Steps down the gradient. As in the article, the losses of a step are those before its update, and the picture that is
/// returned is the one that the last losses belong to.
pub(super) fn solve(mut problem: Problem<'_>, mut variables: Variables, rate: f64) -> Outcome {
    let mut gradient = problem.blank();
    loop {
        let losses = problem.evaluate(variables.pixels(), &mut gradient);
        if let Some(stop_reason) = problem.finish_step(variables.pixels(), losses) {
            return Outcome {
                hybrid: variables.into_pixels(),
                losses,
                steps: problem.steps(),
                evaluations: problem.evaluations(),
                stop_reason,
            };
        }
        variables.descend(problem.execution(), &gradient, rate as f32);
    }
}
