//! A hybrid explained, and many compared: one HTML file each, which needs no network.

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

/// Everything that a page about a hybrid shows.
#[derive(Clone, Debug)]
pub struct ReportPage<'a> {
    /// What the hybrid is called.
    pub title: &'a str,
    /// The hybrid.
    pub hybrid: &'a Image<Encoded>,
    /// The pictures that it was made of, and what is seen.
    pub study: &'a Study,
    /// How good it is.
    pub scores: &'a Scores,
    /// How it was mixed.
    pub method: &'a Method,
    /// What its file says of how it was made.
    pub provenance: Option<&'a Provenance>,
    /// What it cost, step by step, if the optimiser was watched.
    pub trace: &'a [TraceLine],
    /// Parts of the work and the seconds that they took.
    pub seconds: &'a [(&'a str, f64)],
    /// Sentences about how it came about.
    pub notes: &'a [String],
}

impl ReportPage<'_> {
    /// The page: one HTML file with all its pictures. It loads nothing and sends nothing, which its content security policy
    /// enforces; names and texts are shown as they are, whatever is in them.
    ///
    /// # Errors
    ///
    /// [`JobError::Encode`] if there is no memory for its pictures, [`MixError::Cancelled`](crate::MixError::Cancelled) if the
    /// observer broke.
    ///
    /// # Panics
    ///
    /// If the hybrid is not of the size of its pictures.
    pub fn to_html(
        &self,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<String, JobError> {
        self.html(execution, &mut Watch::after_all(observer))
    }

    /// The same as a part of the work.
    pub(crate) fn html(&self, execution: &Execution, watch: &mut Watch<'_>) -> Result<String, JobError> {
        assert_eq!(self.hybrid.size(), self.study.aligned.pair.size(), "a hybrid has the size of its pictures");
        pair::page(self, execution, watch)
    }
}

/// Everything that a page about a hybrid for several distances shows.
#[derive(Clone, Debug)]
pub struct LayersPage<'a> {
    /// What the hybrid is called.
    pub title: &'a str,
    /// The hybrid.
    pub hybrid: &'a Image<Encoded>,
    /// The layers, and what is seen from where.
    pub study: &'a LayersStudy,
    /// What was mixed, and how.
    pub recipe: &'a LayersRecipe,
    /// The version of this library that mixed it.
    pub version: &'a str,
    /// What it cost, step by step, if the optimiser was watched.
    pub trace: &'a [TraceLine],
    /// Parts of the work and the seconds that they took.
    pub seconds: &'a [(&'a str, f64)],
    /// Sentences about how it came about.
    pub notes: &'a [String],
}

impl LayersPage<'_> {
    /// The page, as [`ReportPage::to_html`].
    ///
    /// # Errors
    ///
    /// [`JobError::Encode`] if there is no memory for its pictures, [`MixError::Cancelled`](crate::MixError::Cancelled) if the
    /// observer broke.
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

    /// The same as a part of the work.
    pub(crate) fn html(&self, execution: &Execution, watch: &mut Watch<'_>) -> Result<String, JobError> {
        assert_eq!(self.hybrid.size(), self.study.fitted.size(), "a hybrid has the size of its layers");
        layers::page(self, execution, watch)
    }
}
