//! Why there is no hybrid by an objective.

use nearfar_image::Size;

use crate::{Cutoff, MixError};

/// Why there is no hybrid by an objective.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WantedError {
    /// An error with its position in the objective's text.
    #[error("{}line {line}, column {column}: {error}", in_file(file.as_deref()))]
    Placed {
        /// The file that the text was read from, if it was.
        file: Option<String>,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The error.
        error: Box<Self>,
    },
    /// A term's mask is missing.
    #[error("{term}: the mask {name} is missing")]
    NoMask {
        /// Name of the term.
        term: String,
        /// Name of the mask.
        name: String,
    },
    /// A mask has neither the size of the near picture nor that of its crop.
    #[error("{term}: the mask {name} is {found} pixels and NEAR is {wanted}")]
    MaskSize {
        /// Name of the term.
        term: String,
        /// Name of the mask.
        name: String,
        /// Size of the mask.
        found: Size,
        /// Size required.
        wanted: Size,
    },
    /// A mask is not grey: its channels differ.
    #[error("{term}: the mask {name} has colours; a mask is grey: black where nothing counts, white where all does")]
    MaskColors {
        /// Name of the term.
        term: String,
        /// Name of the mask.
        name: String,
    },
    /// A mask is given for terms without one, but all terms have one.
    #[error("{name} has no effect: every term that it would be for has a mask of its own, or there is none")]
    IdleMask {
        /// Name of the mask.
        name: String,
    },
    /// A term has FAR's face as its mask, but FAR has no face.
    #[error("{term}: a mask of FAR's face has no effect: no face was found in FAR")]
    NoFace {
        /// Name of the term.
        term: String,
    },
    /// A band of frequencies is empty, or starts above the highest frequency of the picture.
    #[error("{name}: a picture of {size} pixels has no frequencies {band}")]
    NoBand {
        /// Name of the term.
        name: String,
        /// The band, in words.
        band: String,
        /// The picture's size.
        size: Size,
    },
    /// The crossover is above the highest frequency of the pictures.
    #[error(
        "`crossover` is out of reach: it is {cutoff}, and a picture of {size} pixels holds at most {}cpi",
        HIGHEST * size.shorter_side() as f64
    )]
    Crossover {
        /// The crossover given.
        cutoff: Cutoff,
        /// The picture's size.
        size: Size,
    },
    /// A value of a term is impossible for these pictures.
    #[error("{name}: {error}")]
    Term {
        /// Name of the term.
        name: String,
        /// The error.
        error: MixError,
    },
    /// A term or a picture is not valid.
    #[error("{0}")]
    Mix(#[from] MixError),
}

fn in_file(file: Option<&str>) -> String {
    file.map_or_else(String::new, |file| format!("{file}: "))
}

#[cfg(feature = "codec")]
impl WantedError {
    /// The place of the mistake in a recipe: the name of the term, if it is in one, and the keys that may be at fault.
    pub(super) fn place(&self) -> (Option<&str>, &'static [&'static str]) {
        match self {
            Self::NoMask { term, .. }
            | Self::MaskSize { term, .. }
            | Self::MaskColors { term, .. }
            | Self::NoFace { term } => (Some(term), &["mask"]),
            Self::NoBand { name, .. } => (Some(name), &["from", "to"]),
            Self::Term { name, .. } => (Some(name), &["sigma", "at", "window"]),
            Self::Crossover { .. } => (None, &["crossover"]),
            Self::Placed { .. } | Self::IdleMask { .. } | Self::Mix(_) => (None, &[]),
        }
    }
}

/// The highest frequency of a grid of pixels, in cycles per pixel.
pub(super) const HIGHEST: f64 = 0.5;
