//! A mix, one evaluation at a time, from the coarsest size to the finest.

use std::{borrow::Cow, ops::ControlFlow};

use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::Execution;

use crate::{
    Losses, Minimisation, Objective, Plan, Progress, Start, StopReason, StopRule, Term,
    half::{halved, refined},
};

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// The hybrid; every sample is in `[0, 1]` because the optimiser cannot leave it.
    pub hybrid: Image<Encoded>,
    /// Losses of `hybrid`.
    pub losses: Losses,
    /// Iterations at the pair's own size: points that the solver went to, the start being the first.
    pub iterations: usize,
    /// Evaluations of loss and gradient, at all sizes.
    pub evaluations: usize,
    /// Why the run ended.
    pub stop_reason: StopReason,
}

/// A mix, one evaluation at a time: for whoever cannot hand over their thread, and for whoever watches.
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
/// while let Some(progress) = run.step() {
///     if progress.evaluations == 50 {
///         break;
///     }
/// }
/// assert_eq!(run.finish().evaluations, 50);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Run<'a> {
    execution: &'a Execution,
    /// The sizes still to come after this one, the finest first.
    finer: Vec<Level<'a>>,
    /// The size that is worked at.
    level: Level<'a>,
    /// What else is asked at the pair's own size, until that is come to.
    more: Vec<Term<'a>>,
    work: Minimisation<'a, 'a>,
    /// How many sizes there are.
    levels: usize,
    /// Evaluations at coarser sizes.
    evaluations: usize,
    /// Share of the work that coarser sizes were, and that this one is.
    shares: (f64, f64),
    /// Whether the last step ended the run.
    ended: bool,
}

/// A size to work at.
#[derive(Debug)]
struct Level<'a> {
    plan: Plan,
    pair: Cow<'a, Pair>,
}

impl<'a> Level<'a> {
    fn objective(&self, execution: &Execution) -> Objective<'a> {
        let near = match &self.pair {
            Cow::Borrowed(pair) => Cow::Borrowed(pair.near()),
            Cow::Owned(pair) => Cow::Owned(pair.near().clone()),
        };
        self.plan.objective_with(&self.pair, near, execution)
    }

    fn begin(
        &self,
        start: Image<Encoded>,
        stop: StopRule,
        more: Vec<Term<'a>>,
        execution: &'a Execution,
    ) -> Minimisation<'a, 'a> {
        let options = self.plan.options();
        let objective = self.objective(execution).with(more);
        Minimisation::new(objective, start, options.solver, options.parametrization, stop, execution)
            .expect("the plan checked the options and the start has the pair's shape")
    }

    /// When it ends if it is begun with.
    fn stop(&self) -> StopRule {
        self.plan.options().stop
    }

    /// The pictures at half the size, if that is of use.
    fn halved(&self, execution: &Execution) -> Option<Self> {
        let plan = self.plan.halved()?;
        let transfer = plan.options().transfer;
        let [near, far] = [self.pair.near(), self.pair.far()].map(|picture| halved(picture, transfer, execution));
        let pair = Pair::new(near, far).expect("both have half of one size");
        Some(Self { plan, pair: Cow::Owned(pair) })
    }

    /// About how much work it is, in any unit.
    fn work(&self) -> f64 {
        self.plan.size().area() as f64 / self.plan.times_wide()
    }
}

impl<'a> Run<'a> {
    pub(crate) fn new(plan: &Plan, pair: &'a Pair, execution: &'a Execution) -> Self {
        let mut finer = Vec::new();
        let mut level = Level { plan: plan.clone(), pair: Cow::Borrowed(pair) };
        if plan.options().start == Start::Pyramid {
            while let Some(coarser) = level.halved(execution) {
                finer.push(std::mem::replace(&mut level, coarser));
            }
        }
        let start = level.plan.start(&level.pair, execution);
        Self::at(level, finer, start, execution)
    }

    pub(crate) fn from_picture(plan: &Plan, start: Image<Encoded>, pair: &'a Pair, execution: &'a Execution) -> Self {
        let level = Level { plan: plan.clone(), pair: Cow::Borrowed(pair) };
        Self::at(level, Vec::new(), start, execution)
    }

    fn at(level: Level<'a>, finer: Vec<Level<'a>>, start: Image<Encoded>, execution: &'a Execution) -> Self {
        let work = level.begin(start, level.stop(), Vec::new(), execution);
        let all: f64 = level.work() + finer.iter().map(Level::work).sum::<f64>();
        let shares = (0.0, level.work() / all);
        let more = Vec::new();
        Self { execution, levels: finer.len() + 1, finer, level, more, work, evaluations: 0, shares, ended: false }
    }

    /// The same run, not yet begun, with more asked of the picture at the pair's own size; coarser sizes, at which it starts
    /// with [`Start::Pyramid`], know nothing of it.
    ///
    /// # Panics
    ///
    /// If a term judges pictures of another shape than the pair's.
    #[must_use]
    pub fn asking(mut self, more: Vec<Term<'a>>) -> Self {
        if more.is_empty() {
            return self;
        }
        if self.finer.is_empty() {
            let start = self.work.picture().clone();
            self.work = self.level.begin(start, self.level.stop(), more, self.execution);
        } else {
            self.more = more;
        }
        self
    }

    /// Evaluates once and says what is known then; none when the run has ended.
    pub fn step(&mut self) -> Option<Progress<'_>> {
        if self.ended {
            return None;
        }
        if self.work.has_ended()
            && let Some(finer) = self.finer.pop()
        {
            self.refine(finer);
        }
        self.ended = self.work.step().is_some() && self.finer.is_empty();
        self.progress()
    }

    /// Goes on to the next size from what was found at this one, however that ended.
    fn refine(&mut self, finer: Level<'a>) {
        let start = refined(finer.pair.near(), self.work.picture().clone(), self.level.pair.near(), self.execution);
        let more = if self.finer.is_empty() { std::mem::take(&mut self.more) } else { Vec::new() };
        let work = finer.begin(start, finer.plan.stop_refining(), more, self.execution);
        self.evaluations += std::mem::replace(&mut self.work, work).evaluations();
        let (before, this) = self.shares;
        self.shares = (before + this, this * finer.work() / self.level.work());
        self.level = finer;
    }

    /// What is known after the last step; none before the first.
    #[must_use]
    pub fn progress(&self) -> Option<Progress<'_>> {
        let progress = self.work.progress()?;
        Some(progress.at_level(self.levels - 1 - self.finer.len(), self.levels, self.evaluations, self.shares))
    }

    /// The hybrid so far at the pair's own size: at a coarse size, the near picture changed as much as is known by then.
    #[must_use]
    pub fn preview(&self) -> Image<Encoded> {
        let mut picture = self.work.picture().clone();
        let mut coarse = &self.level;
        for finer in self.finer.iter().rev() {
            picture = refined(finer.pair.near(), picture, coarse.pair.near(), self.execution);
            coarse = finer;
        }
        picture
    }

    /// Goes on to the end, or until `observer`, told after every evaluation, breaks.
    pub fn watched(mut self, observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>) -> Outcome {
        while let Some(progress) = self.step() {
            if observer(&progress).is_break() {
                break;
            }
        }
        self.finish()
    }

    /// The best hybrid so far. A run that has not ended by itself was cancelled.
    #[must_use]
    pub fn finish(self) -> Outcome {
        if self.finer.is_empty() {
            let outcome = self.work.finish();
            let stop_reason = if self.ended { outcome.stop_reason } else { StopReason::Cancelled };
            return Outcome { evaluations: self.evaluations + outcome.evaluations, stop_reason, ..outcome };
        }
        let preview = self.preview();
        let evaluations = self.evaluations + self.work.evaluations();
        let finest = self.finer.into_iter().next().expect("a finer size");
        let outcome = finest.begin(preview, finest.stop(), self.more, self.execution).finish();
        Outcome { evaluations: evaluations + outcome.evaluations, stop_reason: StopReason::Cancelled, ..outcome }
    }
}
