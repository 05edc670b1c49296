//! Pages that explain a hybrid or compare many: one HTML file each, which needs no network.

mod away;
mod comparison;
mod figures;
mod frame;
mod layers;
#[cfg(feature = "batch")]
pub(crate) mod overview;
mod page;
mod pair;
mod plain;
mod sheet;
mod tables;

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::Scores;

use crate::{
    Event, JobError, Method, Provenance, TraceLine,
    event::Watch,
    layers::{LayersRecipe, LayersStudy},
    look::Study,
};

/// The content of a page about a hybrid.
#[derive(Clone, Debug)]
pub struct ReportPage<'a> {
    /// The hybrid's title.
    pub title: &'a str,
    /// The hybrid.
    pub hybrid: &'a Image<Encoded>,
    /// The pictures from which it was made, and what is seen.
    pub study: &'a Study,
    /// Its scores.
    pub scores: &'a Scores,
    /// How it was mixed.
    pub method: &'a Method,
    /// The provenance in its file.
    pub provenance: Option<&'a Provenance>,
    /// The losses, step by step, if the optimiser was observed.
    pub trace: &'a [TraceLine],
    /// Phases of the work, with the seconds that each took.
    pub seconds: &'a [(&'a str, f64)],
    /// Sentences about how it was made.
    pub notes: &'a [String],
}

impl ReportPage<'_> {
    /// The page: one HTML file with all its pictures. It loads nothing and sends nothing, which its content security policy
    /// enforces; names and texts are escaped, and shown as they are.
    ///
    /// # Errors
    ///
    /// [`JobError::Encode`] if there is not enough memory for its pictures,
    /// [`MixError::Cancelled`](crate::MixError::Cancelled) if the observer stopped the work.
    ///
    /// # Panics
    ///
    /// If the hybrid's size differs from that of its pictures.
    pub fn to_html(
        &self,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<String, JobError> {
        self.html(execution, &mut Watch::after_all(observer))
    }

    /// The page, as a part of the work.
    pub(crate) fn html(&self, execution: &Execution, watch: &mut Watch<'_>) -> Result<String, JobError> {
        assert_eq!(self.hybrid.size(), self.study.aligned.pair.size(), "a hybrid has the size of its pictures");
        pair::page(self, execution, watch)
    }
}

/// The content of a page about a hybrid of layers.
#[derive(Clone, Debug)]
pub struct LayersPage<'a> {
    /// The hybrid's title.
    pub title: &'a str,
    /// The hybrid.
    pub hybrid: &'a Image<Encoded>,
    /// The layers, and what is seen from where.
    pub study: &'a LayersStudy,
    /// The pictures and the settings.
    pub recipe: &'a LayersRecipe,
    /// The version of this library that made it.
    pub version: &'a str,
    /// The losses, step by step, if the optimiser was observed.
    pub trace: &'a [TraceLine],
    /// Phases of the work, with the seconds that each took.
    pub seconds: &'a [(&'a str, f64)],
    /// Sentences about how it was made.
    pub notes: &'a [String],
}

impl LayersPage<'_> {
    /// The page, as [`ReportPage::to_html`].
    ///
    /// # Errors
    ///
    /// [`JobError::Encode`] if there is not enough memory for its pictures,
    /// [`MixError::Cancelled`](crate::MixError::Cancelled) if the observer stopped the work.
    ///
    /// # Panics
    ///
    /// If the study is of a hybrid of another size.
    pub fn to_html(
        &self,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<String, JobError> {
        self.html(execution, &mut Watch::after_all(observer))
    }

    /// The page, as a part of the work.
    pub(crate) fn html(&self, execution: &Execution, watch: &mut Watch<'_>) -> Result<String, JobError> {
        assert_eq!(self.hybrid.size(), self.study.fitted.size(), "a hybrid has the size of its layers");
        layers::page(self, execution, watch)
    }
}
