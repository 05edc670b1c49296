//! From a plan to a hybrid.

use std::ops::ControlFlow;

use nearfar_image::{Channels, Encoded, Image, Pair};
use nearfar_kernels::Execution;

use crate::{DescentError, Options, Outcome, Plan, PlannedPair, Progress, Run};

/// Why a run of a plan cannot fail.
const CHECKED: &str = "the plan checked the options";

impl Plan {
    /// Mixes `pair` from the start that the options name.
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
        self.run(pair, execution).watched(observer).expect(CHECKED)
    }

    /// A run that mixes `pair` one evaluation at a time, from the start that the options name.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    #[must_use]
    pub fn run<'a>(&self, pair: &'a Pair, execution: &'a Execution) -> Run<'a> {
        assert_eq!(pair.size(), self.size(), "the pair has the planned size");
        Run::new(PlannedPair::new(self.clone(), pair, execution), self.options().stop, execution).expect(CHECKED)
    }

    /// A run from any picture of the pair's size, such as another method's hybrid; a grey one also serves colour pairs.
    ///
    /// # Errors
    ///
    /// [`DescentError::StartMismatch`] if `start` has another size, [`DescentError::StartColors`] if it is in colour
    /// and the pair is grey.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    pub fn run_from<'a>(
        &self,
        start: Image<Encoded>,
        pair: &'a Pair,
        execution: &'a Execution,
    ) -> Result<Run<'a>, DescentError> {
        if start.size() != pair.size() {
            return Err(DescentError::StartMismatch { start: start.size(), pair: pair.size() });
        }
        let start = match (start.channels(), pair.channels()) {
            (Channels::Rgb, Channels::Grey) => return Err(DescentError::StartColors),
            (Channels::Grey, Channels::Rgb) => start.into_rgb(),
            _ => start,
        };
        Run::from_picture(PlannedPair::new(self.clone(), pair, execution), self.options().stop, start, execution)
    }
}

/// Plans and mixes in one call.
///
/// # Errors
///
/// [`DescentError`] for the first invalid option.
pub fn mix(
    pair: &Pair,
    options: &Options,
    execution: &Execution,
    observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Result<Outcome, DescentError> {
    Ok(Plan::new(pair.size(), options)?.mix(pair, execution, observer))
}
