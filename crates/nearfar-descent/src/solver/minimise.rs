//! Minimising one objective.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{DescentError, Losses, Objective, Parametrization, Progress, Solver};

use super::{Evaluator, Step, Stepper};

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum StopReason {
    /// All allowed iterations were made.
    MaxIterations,
    /// The last iterations lowered the loss by less than the tolerance.
    Converged,
    /// No nearby point lowers the loss by more than its rounding errors.
    NoProgress,
    /// The observer cancelled the run.
    Cancelled,
}

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct StopRule {
    /// The most iterations, from 1 to [`Self::MAX_ITERATIONS`]: points that the solver moves to, the start being the
    /// first. As in the article, no update follows the losses of the last one: there is one update fewer.
    pub max_iterations: usize,
    /// Stop when the last few iterations lowered the loss, on average, by less than this fraction of it each; at 0 only
    /// [`StopReason::NoProgress`] ends a run early.
    pub tolerance: f64,
}

impl Default for StopRule {
    fn default() -> Self {
        Self { max_iterations: 500, tolerance: 1e-4 }
    }
}

impl StopRule {
    /// The limit on iterations: hundreds of times what any mix needs, and hours instead of years if an untrusted recipe
    /// asks for it.
    pub const MAX_ITERATIONS: usize = 100_000;

    pub(crate) fn validate(self) -> Result<(), DescentError> {
        let (iterations, max) = (self.max_iterations, Self::MAX_ITERATIONS);
        if !(1..=max).contains(&iterations) {
            return Err(DescentError::Iterations { iterations, max });
        }
        if !(0.0..1.0).contains(&self.tolerance) {
            return Err(DescentError::Tolerance { tolerance: self.tolerance });
        }
        Ok(())
    }
}

/// The result of a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// The hybrid; every sample is in `[0, 1]`, since the optimiser cannot leave it.
    pub hybrid: Image<Encoded>,
    /// Losses of `hybrid`.
    pub losses: Losses,
    /// Iterations at the full size: points that the solver moved to, the start being the first.
    pub iterations: usize,
    /// Evaluations of loss and gradient, at all sizes.
    pub evaluations: usize,
    /// Why the run ended.
    pub stop_reason: StopReason,
}

/// The minimisation of an objective, one evaluation at a time.
pub struct Minimisation<'a, 'e> {
    evaluator: Evaluator<'a, 'e>,
    stepper: Box<dyn Stepper>,
    stop: StopRule,
    iterations: usize,
    /// The lowest totals at the ends of the last iterations, as a ring buffer.
    lowest: Vec<f64>,
    /// The mean relative gain of the last iterations, when it was first known.
    first_gain: Option<f64>,
    share: f64,
    moved: bool,
    stop_reason: Option<StopReason>,
}

impl std::fmt::Debug for Minimisation<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minimisation").field("iterations", &self.iterations).finish_non_exhaustive()
    }
}

impl<'a, 'e> Minimisation<'a, 'e> {
    /// Starts from `start`, whose samples are pulled into `[0, 1]`.
    ///
    /// # Errors
    ///
    /// [`DescentError`] if the start does not have the objective's shape or a setting is invalid.
    pub fn new(
        objective: Objective<'a>,
        start: Image<Encoded>,
        solver: Solver,
        parametrization: Parametrization,
        stop: StopRule,
        execution: &'e Execution,
    ) -> Result<Self, DescentError> {
        solver.validate()?;
        stop.validate()?;
        if start.size() != objective.size() {
            return Err(DescentError::StartMismatch { start: start.size(), pair: objective.size() });
        }
        if start.channels() != objective.channels() {
            return Err(DescentError::StartColors);
        }
        let stepper = solver.begin(&objective, start, parametrization, execution);
        Ok(Self {
            evaluator: Evaluator::new(objective, execution),
            stepper,
            stop,
            iterations: 0,
            lowest: vec![f64::INFINITY; solver.patience()],
            first_gain: None,
            share: 0.0,
            moved: false,
            stop_reason: None,
        })
    }

    /// Evaluates once, unless the minimisation has ended; returns why it ended, once it has.
    pub fn step(&mut self) -> Option<StopReason> {
        if self.stop_reason.is_none() {
            let step = self.stepper.step(&mut self.evaluator);
            self.moved = step == Step::Moved;
            self.stop_reason = match step {
                Step::Moved => self.finish_iteration(),
                Step::Tried => None,
                Step::NoProgress => Some(StopReason::NoProgress),
            };
            if self.stop_reason.is_some() {
                self.share = 1.0;
            }
        }
        self.stop_reason
    }

    fn finish_iteration(&mut self) -> Option<StopReason> {
        let total = self.losses().map_or(f64::INFINITY, |losses| losses.total);
        let patience = self.lowest.len();
        let now = self.iterations % patience;
        let before = self.lowest[now];
        self.lowest[now] = self.lowest[(now + patience - 1) % patience].min(total);
        let gain = (before - self.lowest[now]) / patience as f64;
        self.iterations += 1;
        self.estimate_share(gain / total);
        if self.iterations >= self.stop.max_iterations {
            Some(StopReason::MaxIterations)
        } else if self.stop.tolerance > 0.0 && gain <= self.stop.tolerance * total {
            Some(StopReason::Converged)
        } else {
            None
        }
    }

    /// Assumes that gains shrink by a constant factor per iteration, down to the tolerance.
    fn estimate_share(&mut self, gain: f64) {
        let by_count = self.iterations as f64 / self.stop.max_iterations as f64;
        let by_gain = if gain.is_finite() && gain > 0.0 && self.stop.tolerance > 0.0 {
            let first = *self.first_gain.get_or_insert(gain);
            ((first / gain).ln() / (first / self.stop.tolerance).ln().max(1.0)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.share = self.share.max(by_count).max(by_gain);
    }

    /// The last point that the solver moved to; at first the start.
    #[must_use]
    pub fn picture(&self) -> &Image<Encoded> {
        self.stepper.point().0
    }

    /// The losses of [`Self::picture`]; none before the first step.
    #[must_use]
    pub fn losses(&self) -> Option<&Losses> {
        self.stepper.point().1
    }

    /// Evaluations of loss and gradient so far.
    #[must_use]
    pub fn evaluations(&self) -> usize {
        self.evaluator.evaluations()
    }

    /// Whether the minimisation has ended by itself.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.stop_reason.is_some()
    }

    /// The progress after the last step, as of a single size; none before the first.
    #[must_use]
    pub fn progress(&self) -> Option<Progress<'_>> {
        let (picture, losses) = self.stepper.point();
        Some(Progress {
            level: 0,
            levels: 1,
            iterations: self.iterations,
            max_iterations: self.stop.max_iterations,
            moved: self.moved,
            evaluations: self.evaluator.evaluations(),
            share: self.share,
            losses: losses?,
            picture,
        })
    }

    /// The best point so far. If the solver has not ended by itself, the run counts as cancelled.
    #[must_use]
    pub fn finish(mut self) -> Outcome {
        if self.losses().is_none() {
            // A run that is cancelled before its first evaluation still reports the losses of its start.
            self.stepper.step(&mut self.evaluator);
            self.iterations += 1;
        }
        let evaluations = self.evaluator.evaluations();
        let (hybrid, losses) = self.stepper.into_best();
        Outcome {
            hybrid,
            losses: losses.unwrap_or_default(),
            iterations: self.iterations,
            evaluations,
            stop_reason: self.stop_reason.unwrap_or(StopReason::Cancelled),
        }
    }
}

/// Minimises `objective` from `start`; `observer` is called after every evaluation and may end the run.
///
/// # Errors
///
/// [`DescentError`] if the start does not have the objective's shape or a setting is invalid.
///
/// # Example
///
/// One picture for three distances: `near` up close, `far` from afar, and another one in between.
///
/// ```
/// use nearfar_descent::{Eye, FarBlur, Objective, Parametrization, Solver, StopRule, Term, minimise, no_observer};
/// use nearfar_image::{Channels, Image, Size, TransferFunction};
/// use nearfar_kernels::{Axes, Border, Execution, Gaussian};
///
/// let (size, execution) = (Size::new(48, 48)?, Execution::single_threaded());
/// let bars = |width: usize| Image::from_fn(size, Channels::Grey, move |_, x, _| [0.3, 0.7][x / width % 2]);
/// let (near, middle, far) = (bars(1), bars(4), bars(24));
/// let eye = |sigma: f64| -> Result<Eye, Box<dyn std::error::Error>> {
///     let blur = FarBlur::new(size, &Gaussian::new(sigma)?, Border::Mirror);
///     Ok(Eye { blur, transfer: TransferFunction::Srgb, axes: Axes::Luma, light_floor: 1e-6 })
/// };
/// let objective = Objective::new(vec![
///     Term::details("near", 1.0, &near, Axes::Luma, None, &execution),
///     Term::afar("middle", 1.0, Channels::Grey, &middle, eye(1.5)?, &execution),
///     Term::afar("far", 4.0, Channels::Grey, &far, eye(6.0)?, &execution),
/// ]);
/// let (solver, stop) = (Solver::default(), StopRule::default());
/// let outcome = minimise(objective, near.clone(), solver, Parametrization::Box, stop, &execution, &mut no_observer)?;
/// let names: Vec<_> = outcome.losses.terms.iter().map(|term| &*term.name).collect();
/// assert_eq!(names, ["near", "middle", "far"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn minimise(
    objective: Objective<'_>,
    start: Image<Encoded>,
    solver: Solver,
    parametrization: Parametrization,
    stop: StopRule,
    execution: &Execution,
    observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Result<Outcome, DescentError> {
    let mut run = Minimisation::new(objective, start, solver, parametrization, stop, execution)?;
    while run.step().is_none() {
        if run.progress().is_some_and(|progress| observer(&progress).is_break()) {
            return Ok(run.finish());
        }
    }
    if let Some(progress) = run.progress() {
        // The last evaluation: there is nothing left to cancel.
        let _ = observer(&progress);
    }
    Ok(run.finish())
}
