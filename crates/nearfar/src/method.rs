//! How two pictures in register are mixed.

use std::ops::ControlFlow;

use nearfar_descent::{Losses, StopReason};
use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::Execution;
use serde::{Deserialize, Serialize};

use crate::{Event, MixError, OwnLoss, Phase, descent, event::Watch, fourier, optimise::optimise};

/// How two pictures in register are mixed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By optimising the hybrid's pixels.
    Descent(descent::Options),
    /// By adding a low-pass of one and a high-pass of the other.
    Fourier(fourier::Options),
}

/// What a method reports of its work.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "method", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Report {
    /// The optimising mixer.
    Descent {
        /// Iterations at the pair's own size, including the start.
        iterations: usize,
        /// Evaluations of loss and gradient at all sizes.
        evaluations: usize,
        /// Why the run ended.
        stop_reason: StopReason,
        /// Losses of the hybrid.
        losses: Losses,
    },
    /// The Fourier mixer.
    Fourier {
        /// Share of pixels, 0 to 1, in which some channel was clipped.
        clipped_share: f64,
        /// Share of energy, 0 to 1, lost by clipping.
        clipping_energy_lost: f64,
        /// Share of pixels, 0 to 1, whose colours were weakened to fit the hybrid's luma.
        weakened_share: f64,
        /// Number of two-dimensional transforms.
        transforms: usize,
    },
}

/// What an optimiser is given in addition to its options.
#[derive(Debug, Default)]
pub(crate) struct Begin<'a> {
    /// The picture to start from.
    pub(crate) start: Option<Image<Encoded>>,
    /// A loss of the caller's own.
    pub(crate) own: Option<OwnLoss<'a>>,
}

impl Report {
    /// Whether the work was stopped early.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Descent { stop_reason: StopReason::Cancelled, .. })
    }
}

impl Default for Method {
    fn default() -> Self {
        Self::Descent(descent::Options::default())
    }
}

impl Method {
    /// `descent` or `fourier`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Descent(_) => "descent",
            Self::Fourier(_) => "fourier",
        }
    }

    /// Mixes a pair in register, and tells the observer of every step if the method has steps. After a break the result is
    /// the best hybrid so far.
    ///
    /// # Errors
    ///
    /// [`MixError`] names the first invalid option; [`MixError::Cancelled`] if there is no hybrid yet.
    pub fn mix(
        &self,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<(Image<Encoded>, Report), MixError> {
        self.watched(Begin::default(), pair, execution, &mut Watch::new(observer))
    }

    /// As [`Self::mix`], with a picture of the pair's size for the optimiser to start from.
    ///
    /// # Errors
    ///
    /// [`MixError`] as [`Self::mix`]; also if that picture has another size or other channels, or the method has no start.
    pub fn mix_from(
        &self,
        start: Image<Encoded>,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<(Image<Encoded>, Report), MixError> {
        self.watched(Begin { start: Some(start), own: None }, pair, execution, &mut Watch::new(observer))
    }

    /// Checks for anything that [`Self::mix`] would refuse for every pair.
    ///
    /// # Errors
    ///
    /// [`MixError`] names the first invalid option.
    pub fn check_options(&self) -> Result<(), MixError> {
        match self {
            Self::Descent(options) => Ok(options.check()?),
            Self::Fourier(options) => Ok(options.check()?),
        }
    }

    /// Checks for what the method takes whatever the pair is: whether there is a picture to start from, or a loss of the caller's
    /// own.
    ///
    /// # Errors
    ///
    /// [`MixError::NoStart`] and [`MixError::NoLoss`].
    pub fn check_begin(&self, has_start: bool, has_own: bool) -> Result<(), MixError> {
        match self {
            Self::Descent(_) => Ok(()),
            Self::Fourier(_) if has_start => Err(MixError::NoStart { method: self.name() }),
            Self::Fourier(_) if has_own => Err(MixError::NoLoss { method: self.name() }),
            Self::Fourier(_) => Ok(()),
        }
    }

    /// Checks for anything that [`Self::mix`] and [`Self::mix_from`] would refuse, without mixing.
    ///
    /// # Errors
    ///
    /// [`MixError`] as theirs.
    pub fn check(&self, start: Option<Image<Encoded>>, pair: &Pair, execution: &Execution) -> Result<(), MixError> {
        self.check_begin(start.is_some(), false)?;
        match self {
            Self::Descent(options) => {
                let plan = descent::Plan::new(pair.size(), options)?;
                start.map(|start| plan.run_from(start, pair, execution)).transpose()?;
            }
            Self::Fourier(options) => drop(fourier::Plan::new(pair.size(), options)?),
        }
        Ok(())
    }

    pub(crate) fn watched(
        &self,
        Begin { start, own }: Begin<'_>,
        pair: &Pair,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<(Image<Encoded>, Report), MixError> {
        self.check_begin(start.is_some(), own.is_some())?;
        match self {
            Self::Descent(options) => {
                let plan = descent::Plan::new(pair.size(), options)?;
                let own = own.map(|own| own.term(pair)).transpose()?;
                let run = match start {
                    Some(start) => plan.run_from(start, pair, execution)?,
                    None => plan.run(pair, execution),
                };
                let outcome = optimise(run.asking(own.into_iter().collect())?, watch)?;
                let descent::Outcome { hybrid, losses, iterations, evaluations, stop_reason, .. } = outcome;
                Ok((hybrid, Report::Descent { iterations, evaluations, stop_reason, losses }))
            }
            Self::Fourier(options) => {
                watch.begin(Phase::Mix, 0.0)?;
                let outcome = fourier::mix(pair, options, execution)?;
                let report = Report::Fourier {
                    clipped_share: outcome.clipped_share,
                    clipping_energy_lost: outcome.clipping_energy_lost,
                    weakened_share: outcome.weakened_share,
                    transforms: outcome.transforms,
                };
                Ok((outcome.hybrid, report))
            }
        }
    }
}
