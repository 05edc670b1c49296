//! What every solver shares: counting, watching, stopping.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{Losses, Objective, Outcome, Progress, StopReason, StopRule, Workspace};

/// An objective being solved: evaluates it, counts, tells the observer and decides when to stop.
pub(super) struct Problem<'a> {
    objective: &'a Objective<'a>,
    execution: &'a Execution,
    workspace: Workspace,
    stop: StopRule,
    observer: &'a mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    evaluations: usize,
    steps: usize,
    /// The lowest totals at the ends of the last steps; the oldest is overwritten first.
    lowest: Vec<f64>,
}

impl<'a> Problem<'a> {
    /// `patience`: steps over which a gain is measured.
    pub(super) fn new(
        objective: &'a Objective<'a>,
        execution: &'a Execution,
        stop: StopRule,
        patience: usize,
        observer: &'a mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Self {
        let workspace = objective.workspace(execution);
        Self {
            objective,
            execution,
            workspace,
            stop,
            observer,
            evaluations: 0,
            steps: 0,
            lowest: vec![f64::INFINITY; patience],
        }
    }

    pub(super) fn execution(&self) -> &'a Execution {
        self.execution
    }

    /// A picture of the objective's shape, all zero.
    pub(super) fn blank(&self) -> Image<Encoded> {
        Image::filled(self.objective.size(), self.objective.channels(), 0.0)
    }

    pub(super) fn evaluate(&mut self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> Losses {
        self.evaluations += 1;
        self.objective.evaluate(self.execution, picture, gradient, &mut self.workspace)
    }

    /// Ends a step whose picture has `losses`; says whether it was the last one, and why.
    pub(super) fn finish_step(&mut self, picture: &Image<Encoded>, losses: Losses) -> Option<StopReason> {
        let progress = Progress {
            step: self.steps,
            max_steps: self.stop.max_steps,
            evaluations: self.evaluations,
            losses,
            picture,
        };
        let control = (self.observer)(&progress);
        let patience = self.lowest.len();
        let now = self.steps % patience;
        let before = self.lowest[now];
        self.lowest[now] = self.lowest[(now + patience - 1) % patience].min(losses.total);
        let gain = (before - self.lowest[now]) / patience as f64;
        self.steps += 1;
        if control.is_break() {
            Some(StopReason::Cancelled)
        } else if self.steps >= self.stop.max_steps {
            Some(StopReason::MaxSteps)
        } else if self.stop.tolerance > 0.0 && gain <= self.stop.tolerance * losses.total {
            Some(StopReason::Converged)
        } else {
            None
        }
    }

    /// What came of it.
    pub(super) fn outcome(&self, hybrid: Image<Encoded>, losses: Losses, stop_reason: StopReason) -> Outcome {
        Outcome { hybrid, losses, steps: self.steps, evaluations: self.evaluations, stop_reason }
    }
}
