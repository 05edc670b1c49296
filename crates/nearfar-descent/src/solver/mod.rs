//! Lowering an objective.

mod adam;
mod best;
mod fista;
mod gradient_descent;
mod lbfgs;
mod momentum;
mod problem;
mod step;
mod trail;

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{DescentError, Objective, Options, Outcome, Progress};

/// How the loss is lowered.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Solver {
    /// Every step goes down the gradient, `rate` times its length.
    GradientDescent {
        /// The learning rate, above 0. The losses are sums over pixels, so one rate serves pictures of any size. `None` takes
        /// the largest that is safe: 1 over the largest curvature that the weights allow.
        rate: Option<f64>,
    },
    /// Gradient descent that keeps part of its velocity.
    Momentum {
        /// The learning rate, likewise.
        rate: Option<f64>,
        /// The part of the velocity that a step keeps, from 0 up to, but not including, 1.
        momentum: f64,
    },
    /// Steps scaled, for each pixel, by how large its slopes have been.
    Adam {
        /// About the largest change of a variable in one step, above 0.
        rate: f64,
    },
    /// Steps bent by the curvature that the last steps showed. Pixels are the variables, whatever the parametrization.
    ProjectedLbfgs {
        /// Steps remembered, 1 to 32; each costs two pictures of memory.
        memory: usize,
    },
    /// Projected gradient descent that looks ahead. Pixels are the variables, whatever the parametrization.
    Fista,
}

/// The most steps remembered: a recipe from a stranger may ask for any number.
const MAX_MEMORY: usize = 32;

/// One step remembered: more were no sooner at the optimum on any pair tried (`benches/src/bin/convergence.rs`), and each
/// costs two pictures of memory and the time to read them.
impl Default for Solver {
    fn default() -> Self {
        Self::ProjectedLbfgs { memory: 1 }
    }
}

impl Solver {
    pub(crate) fn validate(self) -> Result<(), DescentError> {
        match self {
            Self::GradientDescent { rate: Some(rate) }
            | Self::Momentum { rate: Some(rate), .. }
            | Self::Adam { rate }
                if !(rate.is_finite() && rate > 0.0) =>
            {
                Err(DescentError::Rate { rate })
            }
            Self::Momentum { momentum, .. } if !(0.0..1.0).contains(&momentum) => {
                Err(DescentError::Momentum { momentum })
            }
            Self::ProjectedLbfgs { memory } if !(1..=MAX_MEMORY).contains(&memory) => {
                Err(DescentError::Memory { memory, max: MAX_MEMORY })
            }
            _ => Ok(()),
        }
    }

    /// Steps over which a gain is measured before a solver counts as converged: few for one whose loss falls with every
    /// step, more for one that swings.
    fn patience(self) -> usize {
        match self {
            Self::GradientDescent { .. } | Self::ProjectedLbfgs { .. } => 3,
            Self::Momentum { .. } | Self::Adam { .. } | Self::Fista => 20,
        }
    }
}

/// Why a mix ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum StopReason {
    /// All the steps that were allowed have been taken.
    MaxSteps,
    /// The last steps lowered the loss by less than the tolerance.
    Converged,
    /// The observer said stop.
    Cancelled,
}

/// Lowers `objective` from `start`.
pub(crate) fn solve(
    objective: &Objective<'_>,
    start: Image<Encoded>,
    options: &Options,
    execution: &Execution,
    observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Outcome {
    let patience = options.solver.patience();
    let problem = problem::Problem::new(objective, execution, options.stop, patience, observer);
    let variables = |start| step::Variables::new(start, options.parametrization, execution);
    let safe = 1.0 / objective.stiffness();
    match options.solver {
        Solver::GradientDescent { rate } => gradient_descent::solve(problem, variables(start), rate.unwrap_or(safe)),
        Solver::Momentum { rate, momentum } => {
            momentum::solve(problem, variables(start), rate.unwrap_or(safe), momentum)
        }
        Solver::Adam { rate } => adam::solve(problem, variables(start), rate),
        Solver::ProjectedLbfgs { memory } => lbfgs::solve(problem, start, memory, objective.stiffness()),
        Solver::Fista => fista::solve(problem, start),
    }
}
