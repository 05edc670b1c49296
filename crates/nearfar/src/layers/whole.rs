//! From pictures and texts to one picture, and what is seen of it.

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

/// A picture for many distances, and how it came about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Layered {
    /// The pictures that were mixed.
    pub fitted: Fitted,
    /// Where they change places.
    pub plan: Plan,
    /// The hybrid.
    pub mixed: Mixed,
    /// What an eye makes of it, near to far.
    pub seen: Vec<Seen>,
    /// What a person may want to know.
    pub notes: Vec<Note>,
}

/// What a program prints of it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LayeredSummary<'a> {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// What it costs, if it was optimised.
    pub losses: Option<&'a Losses>,
    /// How strong each layer but the farthest was made, if it was optimised.
    pub strengths: Option<&'a [f64]>,
    /// What an eye makes of it, near to far.
    pub seen: &'a [Seen],
    /// Everything worth knowing.
    pub notes: Vec<NoteSummary<'a>>,
}

impl Layered {
    /// Fits all pictures to the nearest, mixes them for the distances that they are seen from on a surface, and looks at the
    /// hybrid from each.
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

    /// Of layers that fit.
    pub(super) fn watched(
        fitted: Fitted,
        plan: Plan,
        method: &Method,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, LayersError> {
        let mixed = plan.watched(&fitted, method, execution, &mut watch.until(MIXED))?;
        // Whoever breaks from here on gets the hybrid.
        let _ = watch.begin(Phase::Judge, MIXED);
        let seen = seen(&mixed.picture, &fitted, &plan, execution).map_err(MixError::from)?;
        let mut notes = fitted.notes.clone();
        notes.extend(hardly_seen(&seen));
        let _ = watch.noted(&notes[fitted.notes.len()..]);
        Ok(Self { fitted, plan, mixed, seen, notes })
    }

    /// What a program prints of it.
    #[must_use]
    pub fn summary(&self) -> LayeredSummary<'_> {
        let size = self.fitted.size();
        let losses = self.mixed.descent.as_ref().map(|(losses, ..)| losses);
        let notes = self.notes.iter().map(NoteSummary::new).collect();
        let strengths = losses.map(|_| &*self.mixed.strengths);
        LayeredSummary { width: size.width(), height: size.height(), losses, strengths, seen: &self.seen, notes }
    }
}
