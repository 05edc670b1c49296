//! An objective with its workspace.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{Losses, Objective, Workspace};

/// Evaluates an objective, and counts the evaluations.
pub(super) struct Evaluator<'a, 'e> {
    objective: Objective<'a>,
    execution: &'e Execution,
    workspace: Workspace<'a>,
    evaluations: usize,
}

impl<'a, 'e> Evaluator<'a, 'e> {
    pub(super) fn new(objective: Objective<'a>, execution: &'e Execution) -> Self {
        let workspace = objective.workspace(execution);
        Self { objective, execution, workspace, evaluations: 0 }
    }

    pub(super) fn execution(&self) -> &'e Execution {
        self.execution
    }

    /// Evaluations so far.
    pub(super) fn evaluations(&self) -> usize {
        self.evaluations
    }

    /// Returns the losses of `picture` and writes their gradient to `gradient`.
    pub(super) fn evaluate(&mut self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> Losses {
        self.evaluations += 1;
        self.objective.evaluate(self.execution, picture, gradient, &mut self.workspace)
    }
}
