//! Gradient descent with momentum (the heavy ball).

use nearfar_image::{Encoded, Image};

use crate::Losses;

use super::{Evaluator, Step, Stepper, Variables, best::Best, blank};

/// `velocity = momentum * velocity + gradient`, then a step of `rate * velocity`. The loss may rise on the way; the
/// best picture found is returned.
///
/// Holds 5 pictures with the sigmoid (variables, pixels, gradient, velocity, the best so far), 4 without.
pub(super) struct Momentum {
    variables: Variables,
    rate: f32,
    momentum: f32,
    gradient: Image<Encoded>,
    velocity: Image<Encoded>,
    losses: Option<Losses>,
    best: Best,
}

impl Momentum {
    pub(super) fn new(variables: Variables, rate: f64, momentum: f64) -> Self {
        let blank = || blank(variables.pixels());
        let (gradient, velocity, best) = (blank(), blank(), Best::new(blank()));
        Self { variables, rate: rate as f32, momentum: momentum as f32, gradient, velocity, losses: None, best }
    }
}

impl Stepper for Momentum {
    fn step(&mut self, evaluator: &mut Evaluator<'_, '_>) -> Step {
        let Self { variables, rate, momentum, gradient, velocity, .. } = self;
        if self.losses.is_some() {
            let (rate, momentum) = (*rate, *momentum);
            variables.step(evaluator.execution(), gradient, [velocity], |slope, [velocity]| {
                *velocity = momentum * *velocity + slope;
                rate * *velocity
            });
        }
        let losses = evaluator.evaluate(variables.pixels(), gradient);
        self.best.offer(variables.pixels(), &losses);
        self.losses = Some(losses);
        Step::Moved
    }

    fn point(&self) -> (&Image<Encoded>, Option<&Losses>) {
        (self.variables.pixels(), self.losses.as_ref())
    }

    fn into_best(self: Box<Self>) -> (Image<Encoded>, Option<Losses>) {
        self.best.into_parts_or(self.variables.into_pixels())
    }
}
