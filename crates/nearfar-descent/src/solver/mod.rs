//! Lowering an objective, one evaluation at a time.

mod adam;
mod best;
mod evaluator;
mod fista;
mod gradient_descent;
mod lbfgs;
mod minimise;
mod momentum;
mod trail;
mod variables;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{DescentError, Losses, Objective};

use evaluator::Evaluator;
use variables::Variables;

pub use minimise::{Minimisation, Outcome, StopReason, StopRule, minimise};
pub use variables::Parametrization;

/// How the loss is lowered.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Solver {
    /// Every step goes down the gradient, `rate` times its length.
    GradientDescent {
        /// The learning rate, above 0. The losses are sums over pixels, so one rate serves pictures of any size. `None` takes
        /// 1 over the largest curvature that the weights give where colour curves are as steep as 1.
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

    /// Iterations over which a gain is measured before a solver counts as converged: few for one whose loss falls with
    /// every one, more for one that swings.
    fn patience(self) -> usize {
        match self {
            Self::GradientDescent { .. } | Self::ProjectedLbfgs { .. } => 3,
            Self::Momentum { .. } | Self::Adam { .. } | Self::Fista => 20,
        }
    }

    /// The solver at its start.
    fn begin(
        self,
        objective: &Objective<'_>,
        start: Image<Encoded>,
        parametrization: Parametrization,
        execution: &Execution,
    ) -> Box<dyn Stepper> {
        let variables = |start| Variables::new(start, parametrization, execution);
        let stiffness = objective.stiffness();
        let usual = 1.0 / stiffness;
        match self {
            Self::GradientDescent { rate } => {
                Box::new(gradient_descent::GradientDescent::new(variables(start), rate.unwrap_or(usual)))
            }
            Self::Momentum { rate, momentum } => {
                Box::new(momentum::Momentum::new(variables(start), rate.unwrap_or(usual), momentum))
            }
            Self::Adam { rate } => Box::new(adam::Adam::new(variables(start), rate)),
            Self::ProjectedLbfgs { memory } => Box::new(lbfgs::Lbfgs::new(start, memory, stiffness, execution)),
            Self::Fista => Box::new(fista::Fista::new(start, execution)),
        }
    }
}

/// A solver that goes on by one evaluation at a time.
trait Stepper: Send {
    /// Evaluates once.
    fn step(&mut self, evaluator: &mut Evaluator<'_, '_>) -> Step;

    /// The last point it went to and its losses, or where it starts and none.
    fn point(&self) -> (&Image<Encoded>, Option<&Losses>);

    /// The best point it has been at, likewise.
    fn into_best(self: Box<Self>) -> (Image<Encoded>, Option<Losses>);
}

/// What came of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The solver went to the point that was evaluated.
    Moved,
    /// The point was tried and is too high: a nearer one is next.
    Tried,
    /// Nothing near lowers the loss by more than its rounding errors.
    NoProgress,
}

/// A picture like `picture`, all zero.
fn blank(picture: &Image<Encoded>) -> Image<Encoded> {
    Image::filled(picture.size(), picture.channels(), 0.0)
}
