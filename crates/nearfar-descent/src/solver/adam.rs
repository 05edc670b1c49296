//! Adam: steps scaled, for each variable, by how large its slopes have been.
//!
//! D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.

use nearfar_image::{Encoded, Image};

use crate::Losses;

use super::{Evaluator, Step, Stepper, Variables, best::Best, blank};

/// How fast the mean of the slopes and of their squares forget; the paper's values.
const FORGET: (f32, f32) = (0.9, 0.999);

/// Keeps the step finite where there is no slope; the paper's value.
const TINY: f32 = 1e-8;

/// The loss may rise on the way; the best picture met is returned.
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
            // The means start at zero; this divides out how little they have seen.
            let seen = |forget: f32| 1.0 - f64::from(forget).powi(self.updates);
            let rate = (self.rate / seen(FORGET.0)) as f32;
            let square_scale = (1.0 / seen(FORGET.1)) as f32;
            variables.step(evaluator.execution(), gradient, [mean, square], |slope, [mean, square]| {
                *mean = FORGET.0 * *mean + (1.0 - FORGET.0) * slope;
                *square = FORGET.1 * *square + (1.0 - FORGET.1) * slope * slope;
                rate * *mean / ((*square * square_scale).sqrt() + TINY)
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
