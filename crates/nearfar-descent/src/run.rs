//! Runs: a minimisation, one evaluation at a time, from the coarsest size to the finest.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{Minimisation, Outcome, PlannedPair, Progress, PyramidLevel, StopReason, StopRule, Term, half::refined};

/// A mix, one evaluation at a time, for callers that cannot give up their thread or that show progress. Each size
/// starts from the result of the coarser one.
///
/// ```
/// use nearfar_descent::{Options, Plan};
/// use nearfar_image::{Channels, Image, Pair, Size};
/// use nearfar_kernels::Execution;
///
/// let size = Size::new(24, 24)?;
/// let picture = |step: usize| Image::from_fn(size, Channels::Grey, move |_, x, _| [0.3, 0.7][x / step % 2]);
/// let pair = Pair::new(picture(1), picture(8))?;
/// let execution = Execution::single_threaded();
/// let mut run = Plan::new(size, &Options::article())?.run(&pair, &execution);
/// while let Some(progress) = run.step()? {
///     if progress.evaluations == 50 {
///         break;
///     }
/// }
/// assert_eq!(run.finish()?.evaluations, 50);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Run<'a, R = PlannedPair<'a>> {
    execution: &'a Execution,
    /// The sizes still to come, the finest first.
    finer: Vec<Level<R>>,
    /// The current size.
    level: Level<R>,
    /// Additional terms at the full size, until it is reached.
    more: Vec<Term<'a>>,
    work: Minimisation<'a, 'a>,
    /// Number of sizes.
    levels: usize,
    /// Evaluations at coarser sizes.
    evaluations: usize,
    /// Share of the work at coarser sizes, and at this one.
    shares: (f64, f64),
    /// Whether the last step ended the run.
    ended: bool,
}

/// One size of a run.
#[derive(Debug)]
struct Level<R> {
    problem: R,
    /// When it ends if the run begins with it.
    stop: StopRule,
}

/// A far view blurred by more than this, in pixels, is wide.
const WIDE_SIGMA: f64 = 16.0;
/// The highest tolerance that wide sizes may stop at, unless a higher one was given.
const MAX_TOLERANCE: f64 = 0.02;
/// The tolerance at the next coarser size, relative to that of a wide one. What converges slowly at a wide size is
/// coarse, and is found at the next coarser one, where an evaluation costs a quarter. Two pairs of 12 megapixels end
/// 2.6 codes from the optimum for half to five sixths of the work; with one tolerance for all sizes, 3.4.
const COARSER_TOLERANCE: f64 = 0.3;

impl<'a, R: PyramidLevel<'a>> Level<R> {
    fn begin(
        &self,
        start: Image<Encoded>,
        stop: StopRule,
        more: Vec<Term<'a>>,
        execution: &'a Execution,
    ) -> Result<Minimisation<'a, 'a>, R::Error> {
        let objective = self.problem.objective(execution)?.with(more);
        let (solver, parametrization) = self.problem.solver();
        Ok(Minimisation::new(objective, start, solver, parametrization, stop, execution)?)
    }

    /// How many times wider than [`WIDE_SIGMA`] the far view is blurred, at least 1: a run that began at a coarser size
    /// needs about that many times fewer evaluations here.
    fn times_wide(&self) -> f64 {
        (self.problem.far_sigma() / WIDE_SIGMA).max(1.0)
    }

    /// When it ends if the run began at a coarser size. Where details weigh `sigma^2`, the same relative decrease of
    /// the loss moves pixels by `1 / sigma` as much: wide sizes stop at a higher tolerance, before further work becomes
    /// invisible.
    fn stop_refining(&self) -> StopRule {
        let StopRule { max_iterations, tolerance } = self.stop;
        let wider = (tolerance * self.times_wide().powi(2)).min(MAX_TOLERANCE);
        StopRule { max_iterations, tolerance: tolerance.max(wider) }
    }

    /// The next coarser size.
    fn halved(&self, execution: &Execution) -> Option<Self> {
        let problem = self.problem.halved(execution)?;
        let mut stop = self.stop;
        if self.problem.far_sigma() > WIDE_SIGMA {
            stop.tolerance *= COARSER_TOLERANCE;
        }
        Some(Self { problem, stop })
    }

    /// Estimate of the work, in arbitrary units.
    fn work(&self) -> f64 {
        self.problem.near().size().area() as f64 / self.times_wide()
    }
}

impl<'a, R: PyramidLevel<'a>> Run<'a, R> {
    /// A run from the coarsest useful size to that of `finest`.
    ///
    /// # Errors
    ///
    /// Those of [`PyramidLevel`], and [`DescentError`](crate::DescentError) if the stop rule or the solver is invalid.
    pub fn new(finest: R, stop: StopRule, execution: &'a Execution) -> Result<Self, R::Error> {
        let mut finer = Vec::new();
        let mut level = Level { problem: finest, stop };
        while let Some(coarser) = level.halved(execution) {
            finer.push(std::mem::replace(&mut level, coarser));
        }
        let start = level.problem.start(execution)?;
        Self::at(level, finer, start, execution)
    }

    /// A run at one size, starting from a picture.
    ///
    /// # Errors
    ///
    /// As [`Self::new`], and [`DescentError`](crate::DescentError) if the picture does not have the objective's shape.
    pub fn from_picture(
        problem: R,
        stop: StopRule,
        start: Image<Encoded>,
        execution: &'a Execution,
    ) -> Result<Self, R::Error> {
        Self::at(Level { problem, stop }, Vec::new(), start, execution)
    }

    fn at(
        level: Level<R>,
        finer: Vec<Level<R>>,
        start: Image<Encoded>,
        execution: &'a Execution,
    ) -> Result<Self, R::Error> {
        let work = level.begin(start, level.stop, Vec::new(), execution)?;
        let all: f64 = level.work() + finer.iter().map(Level::work).sum::<f64>();
        let shares = (0.0, level.work() / all);
        let more = Vec::new();
        Ok(Self { execution, levels: finer.len() + 1, finer, level, more, work, evaluations: 0, shares, ended: false })
    }

    /// The run, not yet begun, with additional terms at the full size; coarser sizes ignore them.
    ///
    /// # Errors
    ///
    /// As [`Self::new`].
    ///
    /// # Panics
    ///
    /// If a term is for pictures of another shape than the others.
    pub fn asking(mut self, more: Vec<Term<'a>>) -> Result<Self, R::Error> {
        if more.is_empty() {
            return Ok(self);
        }
        if self.finer.is_empty() {
            let start = self.work.picture().clone();
            self.work = self.level.begin(start, self.level.stop, more, self.execution)?;
        } else {
            self.more = more;
        }
        Ok(self)
    }

    /// Evaluates once and returns the progress; none once the run has ended.
    ///
    /// # Errors
    ///
    /// Those of [`PyramidLevel`], from the next size.
    pub fn step(&mut self) -> Result<Option<Progress<'_>>, R::Error> {
        if self.ended {
            return Ok(None);
        }
        if self.work.has_ended()
            && let Some(finer) = self.finer.pop()
        {
            self.refine(finer)?;
        }
        self.ended = self.work.step().is_some() && self.finer.is_empty();
        Ok(self.progress())
    }

    /// Continues at the next size from the result of this one, however that ended.
    fn refine(&mut self, finer: Level<R>) -> Result<(), R::Error> {
        let found = self.work.picture().clone();
        let start = refined(finer.problem.near(), found, self.level.problem.near(), self.execution);
        let more = if self.finer.is_empty() { std::mem::take(&mut self.more) } else { Vec::new() };
        let work = finer.begin(start, finer.stop_refining(), more, self.execution)?;
        self.evaluations += std::mem::replace(&mut self.work, work).evaluations();
        let (before, this) = self.shares;
        self.shares = (before + this, this * finer.work() / self.level.work());
        self.level = finer;
        Ok(())
    }

    /// The progress after the last step; none before the first.
    #[must_use]
    pub fn progress(&self) -> Option<Progress<'_>> {
        let progress = self.work.progress()?;
        Some(progress.at_level(self.levels - 1 - self.finer.len(), self.levels, self.evaluations, self.shares))
    }

    /// The hybrid so far at the full size: at a coarse size, the near picture with the changes found so far.
    #[must_use]
    pub fn preview(&self) -> Image<Encoded> {
        let mut picture = self.work.picture().clone();
        let mut coarse = &self.level;
        for finer in self.finer.iter().rev() {
            picture = refined(finer.problem.near(), picture, coarse.problem.near(), self.execution);
            coarse = finer;
        }
        picture
    }

    /// Runs to the end, or until `observer`, called after every evaluation, breaks.
    ///
    /// # Errors
    ///
    /// As [`Self::step`].
    pub fn watched(mut self, observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>) -> Result<Outcome, R::Error> {
        while let Some(progress) = self.step()? {
            if observer(&progress).is_break() {
                break;
            }
        }
        self.finish()
    }

    /// The best hybrid so far. A run that has not ended by itself counts as cancelled.
    ///
    /// # Errors
    ///
    /// Those of [`PyramidLevel`], from the full size, if the run had not reached it.
    pub fn finish(self) -> Result<Outcome, R::Error> {
        if self.finer.is_empty() {
            let outcome = self.work.finish();
            let stop_reason = if self.ended { outcome.stop_reason } else { StopReason::Cancelled };
            return Ok(Outcome { evaluations: self.evaluations + outcome.evaluations, stop_reason, ..outcome });
        }
        let preview = self.preview();
        let evaluations = self.evaluations + self.work.evaluations();
        let finest = self.finer.into_iter().next().expect("a finer size");
        let outcome = finest.begin(preview, finest.stop, self.more, self.execution)?.finish();
        Ok(Outcome { evaluations: evaluations + outcome.evaluations, stop_reason: StopReason::Cancelled, ..outcome })
    }
}
