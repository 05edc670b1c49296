//! FISTA: accelerated projected gradient descent.
//!
//! A. Beck, M. Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems", SIAM J. Imaging
//! Sciences 2 (2009), with the restarts of B. O'Donoghue, E. Candes, "Adaptive restart for accelerated gradient schemes",
//! Found. Comput. Math. 15 (2015), section 3.2.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{
    Execution,
    sums::{sum, update},
};

use crate::Losses;

use super::{Evaluator, Step, Stepper, best::Best, blank, variables::draw_in};

/// Decay of the curvature estimate per step, so that one stiff place does not slow the rest for ever.
const DECAY: f64 = 0.95;

/// The loss may rise on the way; the best picture found is returned.
///
/// The step is 1 over the largest curvature that recent gradients showed, so a step costs one evaluation.
///
/// Holds 7 pictures: the last two extrapolated points, their gradients, the last two pictures, and the best.
pub(super) struct Fista {
    ahead: Image<Encoded>,
    old_ahead: Image<Encoded>,
    pixels: Image<Encoded>,
    old_pixels: Image<Encoded>,
    gradient: Image<Encoded>,
    old_gradient: Image<Encoded>,
    best: Best,
    momentum: f64,
    curvature: f64,
    last_total: f64,
    losses: Option<Losses>,
}

impl Fista {
    pub(super) fn new(start: Image<Encoded>, execution: &Execution) -> Self {
        let mut ahead = start;
        draw_in(execution, &mut ahead);
        let (old_ahead, pixels, old_pixels) = (ahead.clone(), ahead.clone(), ahead.clone());
        let (gradient, old_gradient, best) = (blank(&ahead), blank(&ahead), Best::new(blank(&ahead)));
        Self {
            ahead,
            old_ahead,
            pixels,
            old_pixels,
            gradient,
            old_gradient,
            best,
            momentum: 1.0,
            curvature: 0.0,
            last_total: f64::INFINITY,
            losses: None,
        }
    }

    /// Extrapolates from a point whose total loss is `total`.
    fn look_ahead(&mut self, total: f64, execution: &Execution) {
        let Self { ahead, old_ahead, pixels, old_pixels, gradient, old_gradient, .. } = self;
        let moved = sum(execution, [ahead.samples(), old_ahead.samples()], |[a, b]| (a - b) * (a - b));
        let bent = sum(execution, [gradient.samples(), old_gradient.samples()], |[a, b]| (a - b) * (a - b));
        self.curvature =
            if moved > 0.0 { (DECAY * self.curvature).max((bent / moved).sqrt()) } else { self.curvature.max(1.0) };
        let rate = (1.0 / self.curvature) as f32;
        std::mem::swap(pixels, old_pixels);
        update(execution, pixels.samples_mut(), [ahead.samples(), gradient.samples()], |_, [y, g]| {
            (y - rate * g).clamp(0.0, 1.0)
        });
        let uphill = sum(execution, [ahead.samples(), pixels.samples(), old_pixels.samples()], |[z, x, old]| {
            (z - x) * (x - old)
        });
        if uphill > 0.0 || total > self.last_total {
            self.momentum = 1.0;
        }
        self.last_total = total;
        let next = (1.0 + (1.0 + 4.0 * self.momentum * self.momentum).sqrt()) / 2.0;
        let reach = ((self.momentum - 1.0) / next) as f32;
        self.momentum = next;
        std::mem::swap(ahead, old_ahead);
        std::mem::swap(gradient, old_gradient);
        update(execution, ahead.samples_mut(), [pixels.samples(), old_pixels.samples()], |_, [x, old]| {
            (x + reach * (x - old)).clamp(0.0, 1.0)
        });
    }
}

impl Stepper for Fista {
    fn step(&mut self, evaluator: &mut Evaluator<'_, '_>) -> Step {
        if let Some(total) = self.losses.as_ref().map(|losses| losses.total) {
            self.look_ahead(total, evaluator.execution());
        }
        let losses = evaluator.evaluate(&self.ahead, &mut self.gradient);
        self.best.offer(&self.ahead, &losses);
        self.losses = Some(losses);
        Step::Moved
    }

    fn point(&self) -> (&Image<Encoded>, Option<&Losses>) {
        (&self.ahead, self.losses.as_ref())
    }

    fn into_best(self: Box<Self>) -> (Image<Encoded>, Option<Losses>) {
        self.best.into_parts_or(self.ahead)
    }
}
