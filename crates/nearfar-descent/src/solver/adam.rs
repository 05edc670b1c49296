//! Adam: steps scaled, per variable, by the magnitude of its past slopes.
//!
//! D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.

use nearfar_image::{Encoded, Image};

use crate::Losses;

use super::{Evaluator, Step, Stepper, Variables, best::Best, blank};

/// Decay rates of the means of the slopes and of their squares; the paper's values.
const DECAY: (f32, f32) = (0.9, 0.999);

/// Keeps the step finite where the slope is zero; the paper's value.
const EPSILON: f32 = 1e-8;

/// The loss may rise on the way; the best picture found is returned.
///
/// Holds 6 pictures with the sigmoid (variables, pixels, gradient, two means, the best so far), 5 without.
pub(super) struct Adam {
    variables: Variables,
    rate: f64,
    gradient: Image<Encoded>,
    mean: Image<Encoded>,
    square: Image<Encoded>,
    updates: i32,
    losses: Option<Losses>,
    best: Best,
}

impl Adam {
    pub(super) fn new(variables: Variables, rate: f64) -> Self {
        let blank = || blank(variables.pixels());
        let (gradient, mean, square, best) = (blank(), blank(), blank(), Best::new(blank()));
        Self { variables, rate, gradient, mean, square, updates: 0, losses: None, best }
    }
}

impl Stepper for Adam {
    fn step(&mut self, evaluator: &mut Evaluator<'_, '_>) -> Step {
        let Self { variables, gradient, mean, square, .. } = self;
        if self.losses.is_some() {
            self.updates = self.updates.saturating_add(1);
            // The means start at zero; dividing by this corrects their bias.
            let seen = |decay: f32| 1.0 - f64::from(decay).powi(self.updates);
            let rate = (self.rate / seen(DECAY.0)) as f32;
            let square_scale = (1.0 / seen(DECAY.1)) as f32;
            variables.step(evaluator.execution(), gradient, [mean, square], |slope, [mean, square]| {
                *mean = DECAY.0 * *mean + (1.0 - DECAY.0) * slope;
                *square = DECAY.1 * *square + (1.0 - DECAY.1) * slope * slope;
                rate * *mean / ((*square * square_scale).sqrt() + EPSILON)
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
