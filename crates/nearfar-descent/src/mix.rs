//! From a pair to a hybrid.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::{Execution, SeparableBlur};

use crate::{
    DescentError, FarBlur, Losses, NearTerm, Objective, Options, Progress, SeenTerm, Start, StopReason, solver,
};

/// What came of a mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The hybrid; every sample is in `[0, 1]` because the optimiser cannot leave it.
    pub hybrid: Image<Encoded>,
    /// Losses of `hybrid`.
    pub losses: Losses,
    /// Steps taken.
    pub steps: usize,
    /// Evaluations of loss and gradient.
    pub evaluations: usize,
    /// Why the mix ended.
    pub stop_reason: StopReason,
}

/// A checked way of mixing pairs of one size: pure, comparable, and used any number of times.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    options: Options,
    blur: FarBlur,
}

impl Plan {
    /// Checks `options` and plans for pairs of `size`.
    ///
    /// # Errors
    ///
    /// [`DescentError`] names the first option that makes no sense.
    pub fn new(size: Size, options: &Options) -> Result<Self, DescentError> {
        options.validate()?;
        let gaussian = options.gaussian(size)?;
        let blur = match options.kernel_size {
            Some(_) => SeparableBlur::new(size, &gaussian.taps(), options.border).into(),
            None => FarBlur::new(size, &gaussian, options.border),
        };
        Ok(Self { options: options.clone(), blur })
    }

    /// The options that were checked.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// What is minimised for `pair`.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    #[must_use]
    pub fn objective(&self, pair: &Pair, execution: &Execution) -> Objective {
        let Options { near_weight, detail_weight, far_weight, transfer, near_metric, far_metric, light_floor, .. } =
            self.options;
        let detail_weight = detail_weight * self.options.sigma_for(pair.size()).powi(2);
        let near = NearTerm::new(pair.near().clone(), near_weight, detail_weight, near_metric);
        let seen =
            SeenTerm::new(pair.far(), self.blur.clone(), transfer, far_weight, far_metric, light_floor, execution);
        Objective::new(near, vec![seen])
    }

    /// Mixes `pair`, starting from the picture that the options name.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    pub fn mix(
        &self,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Outcome {
        let start = self.options.start.picture(pair);
        solver::solve(&self.objective(pair, execution), start, &self.options, execution, observer)
    }

    /// Mixes `pair`, starting from any picture of its shape, such as another method's hybrid.
    ///
    /// # Errors
    ///
    /// [`DescentError::StartMismatch`] if `start` has another shape.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    pub fn mix_from(
        &self,
        start: Image<Encoded>,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Result<Outcome, DescentError> {
        if !Start::fits(&start, pair) {
            return Err(DescentError::StartMismatch { start: start.size(), pair: pair.size() });
        }
        Ok(solver::solve(&self.objective(pair, execution), start, &self.options, execution, observer))
    }
}

/// Plans and mixes in one call.
///
/// # Errors
///
/// [`DescentError`] names the first option that makes no sense.
pub fn mix(
    pair: &Pair,
    options: &Options,
    execution: &Execution,
    observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Result<Outcome, DescentError> {
    Ok(Plan::new(pair.size(), options)?.mix(pair, execution, observer))
}
