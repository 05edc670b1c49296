//! A hybrid explained, and many compared: one HTML file each, which needs no network.

mod comparison;
mod figures;
#[cfg(feature = "batch")]
pub(crate) mod overview;
mod page;
mod plain;
mod sheet;
mod tables;

use nearfar_codec::EncodeError;
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::Scores;

use crate::{Method, Provenance, TraceLine, look::Study};

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
    /// [`EncodeError`] if there is no memory for its pictures.
    ///
    /// # Panics
    ///
    /// If the hybrid is not of the size of its pictures.
    pub fn to_html(&self, execution: &Execution) -> Result<String, EncodeError> {
        assert_eq!(self.hybrid.size(), self.study.aligned.pair.size(), "a hybrid has the size of its pictures");
        page::html(self, execution)
    }
}
