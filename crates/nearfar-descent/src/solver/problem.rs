//! What every solver shares: counting, watching, stopping.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{Losses, Objective, Progress, StopReason, StopRule, Workspace};

/// An objective being solved: evaluates it, counts, tells the observer and decides when to stop.
pub(super) struct Problem<'a> {
    objective: &'a Objective,
    execution: &'a Execution,
    workspace: Workspace,
    stop: StopRule,
    observer: &'a mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    evaluations: usize,
    steps: usize,
    previous_total: f64,
}

impl<'a> Problem<'a> {
    pub(super) fn new(
        objective: &'a Objective,
        execution: &'a Execution,
        stop: StopRule,
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
            previous_total: f64::INFINITY,
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
        self.steps += 1;
        let gain = self.previous_total - losses.total;
        self.previous_total = losses.total;
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

    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    pub(super) fn evaluations(&self) -> usize {
        self.evaluations
    }
}
