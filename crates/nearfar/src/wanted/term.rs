//! What can be asked of a picture, as data.

use nearfar_descent::{EdgeStop, StopRule};
use nearfar_kernels::Axes;
use nearfar_vision::Length;
use serde::Deserialize;

use crate::{Cutoff, settings::SolverName};

/// An objective: the sum of its terms, and where and how long it is minimised.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The terms, at least one.
    pub terms: Vec<Term>,
    /// The picture to start from.
    pub start: Start,
    /// How the sum is made small.
    pub solver: SolverName,
    /// When to stop, at every size.
    pub stop: StopRule,
    /// The crossover that a start by [`Start::Blend`] has, and shares of FAR's tones and colours; chosen if it is not said.
    pub crossover: Option<Cutoff>,
}

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What its loss is called.
    pub name: String,
    /// What its loss is multiplied by, above 0, at the full size.
    pub weight: f64,
    /// What is asked.
    pub what: What,
    /// Of what of the colours.
    pub axes: Axes,
    /// What each pixel weighs.
    pub mask: Option<Mask>,
}

/// What is asked of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum What {
    /// Pixels equal those of a picture.
    Pixels {
        /// Which.
        of: Which,
    },
    /// Details equal those of a picture.
    Details {
        /// Which.
        of: Which,
        /// Where they may jump.
        edges: Option<EdgeStop>,
    },
    /// It looks from afar as a picture does.
    Afar {
        /// Which.
        of: Which,
        /// From where.
        eye: Eye,
    },
    /// Its details look from afar as those of a picture do.
    DetailsAfar {
        /// Which.
        of: Which,
        /// From where.
        eye: Eye,
        /// Where they may jump.
        edges: Option<EdgeStop>,
    },
    /// A band of frequencies equals that of a picture.
    Band {
        /// Which.
        of: Which,
        /// Where it begins; none: with the mean.
        from: Option<Cutoff>,
        /// Where it ends; none: with what pixels hold.
        to: Option<Cutoff>,
    },
    /// Noise costs.
    Variation {
        /// Differences below this, in codes, count as squares.
        softness: f64,
    },
    /// Samples lie within a range.
    Range {
        /// The lowest.
        low: f64,
        /// The highest.
        high: f64,
    },
    /// The standard deviation is so much.
    Contrast {
        /// In codes.
        contrast: f64,
    },
    /// It does not look like a picture.
    Unlike {
        /// Which.
        of: Which,
        /// Where the band that is compared begins.
        from: Option<Cutoff>,
        /// Where it ends.
        to: Option<Cutoff>,
        /// The window of correlation.
        window: Cutoff,
    },
}

impl What {
    /// The picture that it is compared with, if there is one.
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

/// One of the two pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The near one.
    Near,
    /// The far one, as it is.
    Far,
    /// The far one's tones and colours, as much of them as is chosen for two pictures.
    FarShare,
}

/// From where a picture is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Eye {
    /// From where the eye's blur is that of this cutoff.
    Blur(Cutoff),
    /// From a distance.
    Distance(Length),
}

/// What each pixel weighs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mask {
    /// Much where the near picture is busy, little where it is calm.
    Busy,
    /// Little where the near picture is busy, much where it is calm.
    Calm,
    /// Much within FAR's face, little beside it; the whole picture where there is no face.
    Face,
    /// What a picture file says: black nothing, white all.
    File(String),
}

/// The picture to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// A plain hybrid, at half the size again and again and then refined.
    #[default]
    Pyramid,
    /// A plain hybrid.
    Blend,
    /// The near picture.
    Near,
    /// The far picture.
    Far,
    /// Mid grey.
    Grey,
}
