//! FISTA: projected gradient descent that looks ahead.
//!
//! A. Beck, M. Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems", SIAM J. Imaging
//! Sciences 2 (2009), with the restarts of B. O'Donoghue, E. Candes, "Adaptive restart for accelerated gradient schemes",
//! Found. Comput. Math. 15 (2015), section 3.2.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::sums::{sum, update};

use crate::Outcome;

use super::{best::Best, problem::Problem, step::draw_in};

/// The curvature estimate forgets the past by this much at every step, so that one stiff place does not slow the rest.
const FORGET: f64 = 0.95;

/// The loss may rise on the way; the best picture met is returned.
///
/// The step is 1 over the largest curvature that the last gradients showed, so that a step costs one evaluation.
///
/// Holds 7 pictures: the point looked ahead to and the one before, their gradients, the last two pictures, and the best.
pub(super) fn solve(mut problem: Problem<'_>, start: Image<Encoded>) -> Outcome {
    let execution = problem.execution();
    let mut ahead = start;
    draw_in(execution, &mut ahead);
    let (mut old_ahead, mut pixels, mut old_pixels) = (ahead.clone(), ahead.clone(), ahead.clone());
    let (mut gradient, mut old_gradient) = (problem.blank(), problem.blank());
    let mut best = Best::new(problem.blank());
    let (mut momentum, mut curvature, mut last_total) = (1.0f64, 0.0f64, f64::INFINITY);
    loop {
        let losses = problem.evaluate(&ahead, &mut gradient);
        best.offer(&ahead, losses);
        if let Some(stop_reason) = problem.finish_step(&ahead, losses) {
            return best.outcome(&problem, stop_reason);
        }
        let moved = sum(execution, [ahead.samples(), old_ahead.samples()], |[a, b]| (a - b) * (a - b));
        let bent = sum(execution, [gradient.samples(), old_gradient.samples()], |[a, b]| (a - b) * (a - b));
        curvature = if moved > 0.0 { (FORGET * curvature).max((bent / moved).sqrt()) } else { curvature.max(1.0) };
        let rate = (1.0 / curvature) as f32;
        std::mem::swap(&mut pixels, &mut old_pixels);
        update(execution, pixels.samples_mut(), [ahead.samples(), gradient.samples()], |_, [y, g]| {
            (y - rate * g).clamp(0.0, 1.0)
        });
        let uphill = sum(execution, [ahead.samples(), pixels.samples(), old_pixels.samples()], |[z, x, old]| {
            (z - x) * (x - old)
        });
        if uphill > 0.0 || losses.total > last_total {
            momentum = 1.0;
        }
        last_total = losses.total;
        let next = (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0;
        let reach = ((momentum - 1.0) / next) as f32;
        momentum = next;
        std::mem::swap(&mut ahead, &mut old_ahead);
        std::mem::swap(&mut gradient, &mut old_gradient);
        update(execution, ahead.samples_mut(), [pixels.samples(), old_pixels.samples()], |_, [x, old]| {
            (x + reach * (x - old)).clamp(0.0, 1.0)
        });
    }
}
