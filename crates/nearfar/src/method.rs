//! How two pictures that fit are mixed.

use std::ops::ControlFlow;

use nearfar_descent::{Losses, StopReason};
use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::Execution;
use serde::{Deserialize, Serialize};

use crate::{Event, MixError, OwnLoss, Phase, descent, event::Watch, fourier, optimise::optimise};

/// How two pictures that fit are mixed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By optimising the pixels.
    Descent(descent::Options),
    /// By adding a low-pass and a high-pass.
    Fourier(fourier::Options),
}

/// What a method says of its work.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "method", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Report {
    /// Of the optimising mixer.
    Descent {
        /// Iterations at the pair's own size, the start being the first.
        iterations: usize,
        /// Evaluations of loss and gradient, at all sizes.
        evaluations: usize,
        /// Why it ended.
        stop_reason: StopReason,
        /// Losses of the hybrid.
        losses: Losses,
    },
    /// Of the Fourier mixer.
    Fourier {
        /// Share of pixels, 0 to 1, of which some channel was clipped.
        clipped_share: f64,
        /// Share of energy, 0 to 1, that clipping took.
        clipping_energy_lost: f64,
        /// Share of pixels, 0 to 1, whose colours were weakened to fit the hybrid's luma.
        weakened_share: f64,
        /// Two-dimensional transforms made.
        transforms: usize,
    },
}

/// What an optimiser is given beside its options.
#[derive(Debug, Default)]
pub(crate) struct Begin<'a> {
    /// The picture to start from.
    pub(crate) start: Option<Image<Encoded>>,
    /// A loss of one's own.
    pub(crate) own: Option<OwnLoss<'a>>,
}

impl Report {
    /// Whether somebody stopped the work half way.
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

    /// Mixes a pair that fits already, and tells the observer of every step of a method that has steps. After a break that is
    /// the best hybrid so far.
    ///
    /// # Errors
    ///
    /// [`MixError`] names the first option that makes no sense; [`MixError::Cancelled`] where there is no hybrid yet.
    pub fn mix(
        &self,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<(Image<Encoded>, Report), MixError> {
        self.watched(Begin::default(), pair, execution, &mut Watch::new(observer))
    }

    /// The same, from a picture of the pair's size that the optimiser starts from.
    ///
    /// # Errors
    ///
    /// [`MixError`] as [`Self::mix`]; the picture to start from has another size or colours; the method starts from none.
    pub fn mix_from(
        &self,
        start: Image<Encoded>,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<(Image<Encoded>, Report), MixError> {
        self.watched(Begin { start: Some(start), own: None }, pair, execution, &mut Watch::new(observer))
    }

    /// Checks what [`Self::mix`] would refuse whatever the pictures are.
    ///
    /// # Errors
    ///
    /// [`MixError`] names the first option that makes no sense.
    pub fn check_options(&self) -> Result<(), MixError> {
        match self {
            Self::Descent(options) => Ok(options.check()?),
            Self::Fourier(options) => Ok(options.check()?),
        }
    }

    /// Checks what [`Self::mix`] and [`Self::mix_from`] would refuse, but mixes nothing.
    ///
    /// # Errors
    ///
    /// [`MixError`] as theirs.
    pub fn check(&self, start: Option<Image<Encoded>>, pair: &Pair, execution: &Execution) -> Result<(), MixError> {
        match (self, start) {
            (Self::Descent(options), start) => {
                let plan = descent::Plan::new(pair.size(), options)?;
                start.map(|start| plan.run_from(start, pair, execution)).transpose()?;
            }
            (Self::Fourier(options), None) => drop(fourier::Plan::new(pair.size(), options)?),
            (Self::Fourier(_), Some(_)) => return Err(MixError::NoStart { method: self.name() }),
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
                if start.is_some() {
                    return Err(MixError::NoStart { method: self.name() });
                }
                if own.is_some() {
                    return Err(MixError::NoLoss { method: self.name() });
                }
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
