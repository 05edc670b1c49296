//! A hybrid by an objective that somebody wrote.

use std::ops::ControlFlow;

use nearfar_descent::{Losses, Outcome, Run, StopReason};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::Surface;
use serde::Serialize;

use super::{Masks, Wanted, WantedError, level::Level};
use crate::{
    Event, MixError, Note,
    event::{FITTED, Watch},
    fit::{self, Aligned},
    optimise::optimise,
};

/// What came of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WantedMix {
    /// The hybrid, every sample in `[0, 1]`.
    pub picture: Image<Encoded>,
    /// Its losses.
    pub losses: Losses,
    /// Evaluations of loss and gradient, at all sizes.
    pub evaluations: usize,
    /// Why it ended.
    pub stop_reason: StopReason,
}

/// What a program prints of it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WantedSummary<'a> {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Losses of the hybrid.
    pub losses: &'a Losses,
    /// Evaluations of loss and gradient, at all sizes.
    pub evaluations: usize,
    /// Why it ended.
    pub stop_reason: StopReason,
    /// Wall-clock seconds of fitting and mixing.
    pub seconds: f64,
}

impl WantedMix {
    /// Whether somebody stopped it half way: it is the best so far.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.stop_reason == StopReason::Cancelled
    }

    /// What a program prints of it.
    #[must_use]
    pub fn summary(&self, seconds: f64) -> WantedSummary<'_> {
        let Self { losses, evaluations, stop_reason, .. } = self;
        let size = self.picture.size();
        WantedSummary {
            width: size.width(),
            height: size.height(),
            losses,
            evaluations: *evaluations,
            stop_reason: *stop_reason,
            seconds,
        }
    }
}

impl Wanted {
    /// Mixes two pictures that fit. `masks` holds the files that terms name; `surface` says what distances mean.
    ///
    /// # Errors
    ///
    /// [`WantedError`]: a mask that is missing or does not fit, a number that these pictures make impossible.
    pub fn mix(
        &self,
        aligned: &Aligned,
        masks: &Masks,
        surface: Surface,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<WantedMix, WantedError> {
        self.watched(aligned, masks, surface, execution, &mut Watch::new(observer))
    }

    /// Makes two pictures fit and mixes them. How they came to fit is told to the observer.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`]; also if the pictures cannot be made to fit, or the observer broke before they did.
    pub fn mix_pictures(
        &self,
        [near, far]: [Image<Encoded>; 2],
        fit: &fit::Options,
        masks: &Masks,
        surface: Surface,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<(WantedMix, Aligned), WantedError> {
        let watch = &mut Watch::new(observer);
        let aligned = self.fitted([near, far], fit, execution, watch)?;
        let mixed = self.watched(&aligned, masks, surface, execution, &mut watch.until(1.0))?;
        Ok((mixed, aligned))
    }

    pub(super) fn fitted(
        &self,
        [near, far]: [Image<Encoded>; 2],
        fit: &fit::Options,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Aligned, WantedError> {
        let aligned = fit::watched(near, far, fit, execution, &mut watch.until(FITTED)).map_err(MixError::from)?;
        let fitted = Note::Fitted(aligned.fitted());
        watch.noted(std::iter::once(&fitted).chain(&aligned.notes)).map_err(MixError::from)?;
        Ok(aligned)
    }

    fn watched(
        &self,
        aligned: &Aligned,
        masks: &Masks,
        surface: Surface,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<WantedMix, WantedError> {
        self.level(aligned, masks, surface, execution)?.mix(execution, watch)
    }
}

impl Level<'_> {
    /// From the coarsest size to this one.
    pub(super) fn mix(self, execution: &Execution, watch: &mut Watch<'_>) -> Result<WantedMix, WantedError> {
        let stop = self.wanted.stop;
        let outcome = optimise(Run::new(self, stop, execution)?, watch)?;
        let Outcome { hybrid, losses, evaluations, stop_reason, .. } = outcome;
        Ok(WantedMix { picture: hybrid, losses, evaluations, stop_reason })
    }
}
