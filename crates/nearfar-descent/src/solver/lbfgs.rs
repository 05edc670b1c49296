//! L-BFGS in the box.
//!
//! J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., algorithm 7.4 (two-loop recursion), with the direction
//! kept to the pixels that are free to move and the trial pictures projected onto the box.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{
    Execution,
    sums::{dot, sum, update},
};

use crate::{Losses, Outcome};

use super::problem::Problem;

/// The part of the gain promised by the gradient that a step must bring (Armijo's rule).
const ENOUGH: f64 = 1e-4;

/// Step lengths tried along one direction before the memory is dropped.
const TRIALS: usize = 8;

/// A step taken, and how it changed the gradient.
struct Pair {
    step: Vec<f32>,
    change: Vec<f32>,
    /// `1 / <step, change>`.
    scale: f64,
}

/// The loss falls with every step.
///
/// Holds `5 + 2 memory` pictures: pixels, gradient, both of the trial, the direction, and two for each pair remembered.
pub(super) fn solve(mut problem: Problem<'_>, start: Image<Encoded>, memory: usize) -> Outcome {
    let execution = problem.execution();
    let mut pixels = start;
    update(execution, pixels.samples_mut(), [], |y, []| y.clamp(0.0, 1.0));
    let (mut trial, mut gradient, mut trial_gradient) = (problem.blank(), problem.blank(), problem.blank());
    let mut direction = vec![0.0; pixels.samples().len()];
    let mut pairs: Vec<Pair> = Vec::with_capacity(memory);
    let mut losses = problem.evaluate(&pixels, &mut gradient);
    loop {
        if let Some(stop_reason) = problem.finish_step(&pixels, losses) {
            return problem.outcome(pixels, losses, stop_reason);
        }
        aim(execution, &pixels, &gradient, &pairs, &mut direction);
        let gain = |trial: &Image<Encoded>| {
            sum(execution, [gradient.samples(), trial.samples(), pixels.samples()], |[g, to, from]| g * (to - from))
        };
        let mut search = |problem: &mut Problem<'_>| -> Option<Losses> {
            let mut length = 1.0;
            for _ in 0..TRIALS {
                let sources = [pixels.samples(), direction.as_slice()];
                update(execution, trial.samples_mut(), sources, |_, [y, d]| (y - length * d).clamp(0.0, 1.0));
                let found = problem.evaluate(&trial, &mut trial_gradient);
                if found.total <= losses.total + ENOUGH * gain(&trial).min(0.0) {
                    return Some(found);
                }
                length *= 0.4;
            }
            None
        };
        match search(&mut problem) {
            Some(found) => {
                let room = if pairs.len() == memory { Some(pairs.remove(0)) } else { None };
                pairs.extend(remember(execution, [&pixels, &trial, &gradient, &trial_gradient], room));
                std::mem::swap(&mut pixels, &mut trial);
                std::mem::swap(&mut gradient, &mut trial_gradient);
                losses = found;
            }
            // The remembered curvature misleads: start afresh, or give up if there was none.
            None if pairs.is_empty() => {
                return problem.outcome(pixels, losses, crate::StopReason::Converged);
            }
            None => pairs.clear(),
        }
    }
}

/// Writes the direction to step against: the gradient, bent by the curvature remembered, on the pixels that are free.
fn aim(
    execution: &Execution,
    pixels: &Image<Encoded>,
    gradient: &Image<Encoded>,
    pairs: &[Pair],
    direction: &mut [f32],
) {
    let held = |y: f32, slope: f32| (y <= 0.0 && slope > 0.0) || (y >= 1.0 && slope < 0.0);
    let (pixels, gradient) = (pixels.samples(), gradient.samples());
    update(execution, direction, [pixels, gradient], |_, [y, g]| if held(y, g) { 0.0 } else { g });
    let mut weights = Vec::with_capacity(pairs.len());
    for Pair { step, change, scale } in pairs.iter().rev() {
        let weight = scale * dot(execution, step, direction);
        add(execution, direction, -weight, change);
        weights.push(weight);
    }
    // The curvature along the last step stands for that in all directions that are not remembered.
    let stretch = pairs.last().map_or(1.0, |last| 1.0 / (last.scale * dot(execution, &last.change, &last.change)));
    update(execution, direction, [], |d, []| d * stretch as f32);
    for (Pair { step, change, scale }, weight) in pairs.iter().zip(weights.into_iter().rev()) {
        let weight = weight - scale * dot(execution, change, direction);
        add(execution, direction, weight, step);
    }
    update(execution, direction, [pixels, gradient], |d, [y, g]| if held(y, g) { 0.0 } else { d });
}

/// `target += weight * source`.
fn add(execution: &Execution, target: &mut [f32], weight: f64, source: &[f32]) {
    let weight = weight as f32;
    update(execution, target, [source], |t, [s]| weight.mul_add(s, t));
}

/// The pair to remember of a step, in `room` if there is some; none if the curvature along it was not positive.
fn remember(
    execution: &Execution,
    [from, to, gradient_from, gradient_to]: [&Image<Encoded>; 4],
    room: Option<Pair>,
) -> Option<Pair> {
    let length = from.samples().len();
    let mut pair = room.unwrap_or_else(|| Pair { step: vec![0.0; length], change: vec![0.0; length], scale: 0.0 });
    update(execution, &mut pair.step, [from.samples(), to.samples()], |_, [a, b]| b - a);
    update(execution, &mut pair.change, [gradient_from.samples(), gradient_to.samples()], |_, [a, b]| b - a);
    let curvature = dot(execution, &pair.step, &pair.change);
    pair.scale = 1.0 / curvature;
    (curvature > 1e-10 * dot(execution, &pair.change, &pair.change)).then_some(pair)
}
