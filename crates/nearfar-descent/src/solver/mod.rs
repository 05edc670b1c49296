//! Solvers: lowering an objective, one evaluation at a time.

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

/// The method of optimisation.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Solver {
    /// Steps of `rate` times the gradient.
    GradientDescent {
        /// The learning rate, above 0. Losses are sums over pixels, so one rate serves pictures of any size. `None`
        /// takes 1 over the largest curvature that the weights give for transfer functions of slope 1.
        rate: Option<f64>,
    },
    /// Gradient descent with momentum.
    Momentum {
        /// The learning rate, likewise.
        rate: Option<f64>,
        /// The fraction of the velocity that a step keeps, from 0 up to, but not including, 1.
        momentum: f64,
    },
    /// Adam: steps scaled, per variable, by the magnitude of its past slopes.
    Adam {
        /// Roughly the largest change of a variable in one step, above 0.
        rate: f64,
    },
    /// L-BFGS: steps shaped by the curvature along the last steps. Pixels are the variables, whatever the
    /// parametrization.
    ProjectedLbfgs {
        /// Number of steps remembered, 1 to 32; each costs two pictures of memory.
        memory: usize,
    },
    /// Accelerated projected gradient descent. Pixels are the variables, whatever the parametrization.
    Fista,
}

/// The most steps remembered: an untrusted recipe may ask for any number.
const MAX_MEMORY: usize = 32;

/// One step remembered: more reached the optimum no sooner on any pair tried (`benches/src/bin/convergence.rs`), and
/// each costs two pictures of memory and the time to read them.
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

    /// Iterations over which the gain is measured before a solver counts as converged: few for a solver whose loss
    /// falls with every one, more for one that oscillates.
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

/// A solver that advances by one evaluation at a time.
trait Stepper: Send {
    /// Evaluates once.
    fn step(&mut self, evaluator: &mut Evaluator<'_, '_>) -> Step;

    /// The last point it moved to and its losses, or the start and none.
    fn point(&self) -> (&Image<Encoded>, Option<&Losses>);

    /// The best point visited, likewise.
    fn into_best(self: Box<Self>) -> (Image<Encoded>, Option<Losses>);
}

/// The result of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The solver moved to the point that was evaluated.
    Moved,
    /// The loss at the point is too high: a nearer one is next.
    Tried,
    /// No nearby point lowers the loss by more than its rounding errors.
    NoProgress,
}

/// A picture of the same shape as `picture`, all zero.
fn blank(picture: &Image<Encoded>) -> Image<Encoded> {
    Image::filled(picture.size(), picture.channels(), 0.0)
}
