//! Lowering an objective.

mod gradient_descent;
mod problem;
mod step;

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
        /// The learning rate, above 0. The losses are sums over pixels, so one rate serves pictures of any size.
        rate: f64,
    },
}

impl Default for Solver {
    fn default() -> Self {
        Self::GradientDescent { rate: 0.3 }
    }
}

impl Solver {
    pub(crate) fn validate(self) -> Result<(), DescentError> {
        match self {
            Self::GradientDescent { rate } if !(rate.is_finite() && rate > 0.0) => Err(DescentError::Rate { rate }),
            Self::GradientDescent { .. } => Ok(()),
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
    /// A step lowered the loss by less than the tolerance.
    Converged,
    /// The observer said stop.
    Cancelled,
}

/// Lowers `objective` from `start`.
pub(crate) fn solve(
    objective: &Objective,
    start: Image<Encoded>,
    options: &Options,
    execution: &Execution,
    observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Outcome {
    let problem = problem::Problem::new(objective, execution, options.stop, observer);
    match options.solver {
        Solver::GradientDescent { rate } => {
            gradient_descent::solve(problem, step::Variables::new(start, options.parametrization, execution), rate)
        }
    }
}
