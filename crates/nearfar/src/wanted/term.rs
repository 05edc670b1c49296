//! Objectives as data.

use nearfar_descent::{EdgeStop, StopRule};
use nearfar_kernels::Axes;
use nearfar_vision::Length;
use serde::Deserialize;

use crate::{Cutoff, settings::SolverName};

/// An objective: a sum of terms, with the start of the run and its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The terms, at least one.
    pub terms: Vec<Term>,
    /// The picture to start from.
    pub start: Start,
    /// The solver that minimises the sum.
    pub solver: SolverName,
    /// When to stop, at every level.
    pub stop: StopRule,
    /// The crossover of a start by [`Start::Blend`] and of FAR's share of tones and colours; chosen if left out.
    pub crossover: Option<Cutoff>,
}

/// One demand on the hybrid.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Its name in lists of losses.
    pub name: String,
    /// Its weight, above 0, at full size.
    pub weight: f64,
    /// What the term demands.
    pub what: Goal,
    /// The colour axes that it covers.
    pub axes: Axes,
    /// The weight of each pixel.
    pub mask: Option<Mask>,
}

/// What a term demands of the hybrid.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Goal {
    /// Its pixels equal those of a picture.
    Pixels {
        /// The picture.
        of: Which,
    },
    /// Its details equal those of a picture.
    Details {
        /// The picture.
        of: Which,
        /// Where details may jump.
        edges: Option<EdgeStop>,
    },
    /// From afar it looks like a picture.
    Afar {
        /// The picture.
        of: Which,
        /// The view.
        eye: Eye,
    },
    /// From afar its details look like those of a picture.
    DetailsAfar {
        /// The picture.
        of: Which,
        /// The view.
        eye: Eye,
        /// Where details may jump.
        edges: Option<EdgeStop>,
    },
    /// A band of frequencies equals that of a picture.
    Band {
        /// The picture.
        of: Which,
        /// Lower end of the band; `None` includes the mean.
        from: Option<Cutoff>,
        /// Upper end of the band; `None` for the highest frequency.
        to: Option<Cutoff>,
    },
    /// It has little noise (total variation).
    Variation {
        /// Softness in codes: differences below it count as squares.
        softness: f64,
    },
    /// Its samples lie within a range.
    Range {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// It has this standard deviation.
    Contrast {
        /// The standard deviation in codes.
        contrast: f64,
    },
    /// It does not resemble a picture.
    Unlike {
        /// The picture.
        of: Which,
        /// Lower end of the band that is compared.
        from: Option<Cutoff>,
        /// Upper end of the band.
        to: Option<Cutoff>,
        /// The window in which correlations are taken.
        window: Cutoff,
    },
}

impl Goal {
    /// The picture that a term compares with, if any.
    #[must_use]
    pub fn of(&self) -> Option<Which> {
        match *self {
            Self::Pixels { of }
            | Self::Details { of, .. }
            | Self::Afar { of, .. }
            | Self::DetailsAfar { of, .. }
            | Self::Band { of, .. }
            | Self::Unlike { of, .. } => Some(of),
            Self::Variation { .. } | Self::Range { .. } | Self::Contrast { .. } => None,
        }
    }
}

/// The picture that a term compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The near picture.
    Near,
    /// The far picture, unchanged.
    Far,
    /// The near picture in the far one's light, as it is mixed by default.
    NearLit,
    /// The far picture's tones and colours, in the shares chosen for the two pictures.
    FarShare,
}

impl Which {
    /// Whether it depends on what is chosen for the two pictures, at a crossover.
    pub(super) fn is_chosen(self) -> bool {
        matches!(self, Self::NearLit | Self::FarShare)
    }
}

/// A view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Eye {
    /// The view in which the eye's blur has this cutoff.
    Blur(Cutoff),
    /// The view from a distance.
    Distance(Length),
}

/// The weight of each pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mask {
    /// High where the near picture is busy, low where it is calm.
    Busy,
    /// Low where the near picture is busy, high where it is calm.
    Calm,
    /// High within FAR's face, low beside it; uniform if there is no face.
    Face,
    /// From a picture file: black is 0, white is 1.
    File(String),
}

/// The picture to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// A simple hybrid, made at half the size, recursively, and then refined.
    #[default]
    Pyramid,
    /// A simple hybrid.
    Blend,
    /// The near picture.
    Near,
    /// The far picture.
    Far,
    /// Mid grey.
    Grey,
}
