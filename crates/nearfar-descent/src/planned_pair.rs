//! A pair to be mixed by a plan, at one size.

use std::borrow::Cow;

use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::Execution;

use crate::{DescentError, Objective, Parametrization, Plan, PyramidLevel, Solver, Start, half::halved};

/// A pair to be mixed by a [`Plan`], at one size.
#[derive(Clone, Debug)]
pub struct PlannedPair<'a> {
    plan: Plan,
    pair: Cow<'a, Pair>,
}

impl<'a> PlannedPair<'a> {
    pub(crate) fn new(plan: Plan, pair: &'a Pair, execution: &Execution) -> Self {
        let pair = plan.relit(pair, execution);
        Self { plan, pair }
    }
}

impl<'a> PyramidLevel<'a> for PlannedPair<'a> {
    type Error = DescentError;

    fn near(&self) -> &Image<Encoded> {
        self.pair.near()
    }

    fn halved(&self, execution: &Execution) -> Option<Self> {
        if self.plan.options().start != Start::Pyramid {
            return None;
        }
        let plan = self.plan.halved()?;
        let transfer = plan.options().transfer;
        let [near, far] = [self.pair.near(), self.pair.far()].map(|picture| halved(picture, transfer, execution));
        let pair = Pair::new(near, far).expect("both have half of one size");
        Some(Self { plan, pair: Cow::Owned(pair) })
    }

    fn start(&self, execution: &Execution) -> Result<Image<Encoded>, DescentError> {
        Ok(self.plan.start(&self.pair, execution))
    }

    fn objective(&self, execution: &Execution) -> Result<Objective<'a>, DescentError> {
        let near = match &self.pair {
            Cow::Borrowed(pair) => Cow::Borrowed(pair.near()),
            Cow::Owned(pair) => Cow::Owned(pair.near().clone()),
        };
        Ok(self.plan.objective_with(&self.pair, near, execution))
    }

    fn solver(&self) -> (Solver, Parametrization) {
        (self.plan.options().solver, self.plan.options().parametrization)
    }

    fn far_sigma(&self) -> f64 {
        self.plan.sigma()
    }
}
