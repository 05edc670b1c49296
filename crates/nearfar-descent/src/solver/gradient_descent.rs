//! Plain gradient descent, as in the article.

use nearfar_image::{Encoded, Image};

use crate::Losses;

use super::{Evaluator, Step, Stepper, Variables, blank};

/// Steps down the gradient. As in the article, the losses of an iteration are those before its update, and the picture
/// returned is the one that the last losses belong to.
///
/// Holds 3 pictures with the sigmoid (variables, pixels, gradient), 2 without.
pub(super) struct GradientDescent {
    variables: Variables,
    rate: f32,
    gradient: Image<Encoded>,
    losses: Option<Losses>,
}

impl GradientDescent {
    pub(super) fn new(variables: Variables, rate: f64) -> Self {
        let gradient = blank(variables.pixels());
        Self { variables, rate: rate as f32, gradient, losses: None }
    }
}

impl Stepper for GradientDescent {
    fn step(&mut self, evaluator: &mut Evaluator<'_, '_>) -> Step {
        if self.losses.is_some() {
            let rate = self.rate;
            self.variables.step(evaluator.execution(), &self.gradient, [], |slope, []| slope * rate);
        }
        self.losses = Some(evaluator.evaluate(self.variables.pixels(), &mut self.gradient));
        Step::Moved
    }

    fn point(&self) -> (&Image<Encoded>, Option<&Losses>) {
        (self.variables.pixels(), self.losses.as_ref())
    }

    fn into_best(self: Box<Self>) -> (Image<Encoded>, Option<Losses>) {
        (self.variables.into_pixels(), self.losses)
    }
}
