//! From pictures and texts to a hybrid, and what is seen of it.

use std::ops::ControlFlow;

use nearfar_descent::Losses;
use nearfar_kernels::Execution;
use nearfar_vision::Surface;
use serde::Serialize;

use super::{Fitted, LayersError, Method, Mixed, Plan, Seen, Source, hardly_seen, seen};
use crate::{
    Event, MixError, Note, NoteSummary, Phase,
    event::{FITTED, MIXED, Watch},
    fit,
};

/// A hybrid of layers, and how it was made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Layered {
    /// The pictures that were mixed.
    pub fitted: Fitted,
    /// The plan with the crossovers.
    pub plan: Plan,
    /// The hybrid.
    pub mixed: Mixed,
    /// What an eye sees of it from each layer's distance, near to far.
    pub seen: Vec<Seen>,
    /// Notes for the user.
    pub notes: Vec<Note>,
}

/// The summary that programs print of it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LayeredSummary<'a> {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Its losses, if it was optimised.
    pub losses: Option<&'a Losses>,
    /// Strength of each layer but the farthest, if it was optimised.
    pub strengths: Option<&'a [f64]>,
    /// What an eye sees of it from each layer's distance, near to far.
    pub seen: &'a [Seen],
    /// All notes.
    pub notes: Vec<NoteSummary<'a>>,
}

impl Layered {
    /// Fits all pictures to the nearest one, mixes them for their distances on a surface, and judges the hybrid from each of
    /// these.
    ///
    /// # Errors
    ///
    /// As [`Fitted::new`] and [`Plan::mix`].
    pub fn new(
        sources: Vec<Source>,
        options: &fit::Options,
        surface: Surface,
        method: &Method,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Self, LayersError> {
        let watch = &mut Watch::new(observer);
        let fitted = Fitted::watched(sources, options, execution, &mut watch.until(FITTED))?;
        let plan = Plan::on(&fitted, surface)?;
        Self::watched(fitted, plan, method, execution, watch)
    }

    /// As [`Self::new`], for layers already fitted and planned.
    pub(super) fn watched(
        fitted: Fitted,
        plan: Plan,
        method: &Method,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, LayersError> {
        let mixed = plan.watched(&fitted, method, execution, &mut watch.until(MIXED))?;
        // An observer that stops the work from here on still gets the hybrid.
        let _ = watch.begin(Phase::Judge, MIXED);
        let seen = seen(&mixed.picture, &fitted, &plan, execution).map_err(MixError::from)?;
        let mut notes = fitted.notes.clone();
        notes.extend(hardly_seen(&seen));
        let _ = watch.noted(&notes[fitted.notes.len()..]);
        Ok(Self { fitted, plan, mixed, seen, notes })
    }

    /// The summary that programs print of it.
    #[must_use]
    pub fn summary(&self) -> LayeredSummary<'_> {
        let size = self.fitted.size();
        let losses = self.mixed.descent.as_ref().map(|(losses, ..)| losses);
        let notes = self.notes.iter().map(NoteSummary::new).collect();
        let strengths = losses.map(|_| &*self.mixed.strengths);
        LayeredSummary { width: size.width(), height: size.height(), losses, strengths, seen: &self.seen, notes }
    }
}
