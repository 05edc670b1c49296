//! Mixing by an objective.

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

/// The result of mixing by an objective.
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

/// The summary that programs print of it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WantedSummary<'a> {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
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
    /// Whether the work was stopped early; the picture is then the best so far.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.stop_reason == StopReason::Cancelled
    }

    /// The summary that programs print of it.
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
    /// Mixes two pictures in register. `masks` holds the files that terms name; `surface` gives distances their meaning.
    ///
    /// # Errors
    ///
    /// [`WantedError`] if a mask is missing or does not fit, or a value is impossible for these pictures.
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

    /// Brings two pictures into register and mixes them. The observer is told how they were brought into register.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`]; also if the pictures cannot be brought into register, or the observer stopped the work before that.
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
        let aligned =
            fit::watched(near, far, fit, true, execution, &mut watch.until(FITTED)).map_err(MixError::from)?;
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
    /// Mixes from the coarsest level to this one.
    pub(super) fn mix(self, execution: &Execution, watch: &mut Watch<'_>) -> Result<WantedMix, WantedError> {
        let stop = self.wanted.stop;
        let outcome = optimise(Run::new(self, stop, execution)?, watch)?;
        let Outcome { hybrid, losses, evaluations, stop_reason, .. } = outcome;
        Ok(WantedMix { picture: hybrid, losses, evaluations, stop_reason })
    }
}
