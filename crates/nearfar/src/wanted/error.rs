//! Why there is no hybrid by an objective.

use nearfar_image::Size;

use crate::{Cutoff, MixError};

/// Why there is no hybrid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WantedError {
    /// What is wrong has a place in the text that says what is asked.
    #[error("line {line}, column {column}: {error}")]
    Placed {
        /// Its line, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
        /// What is wrong there.
        error: Box<Self>,
    },
    /// A term's mask was not handed over.
    #[error("{term}: the mask {name} is missing")]
    NoMask {
        /// Name of the term.
        term: String,
        /// Its name.
        name: String,
    },
    /// A mask has not the size of the near picture, or of what is kept of it.
    #[error("{term}: the mask {name} is {found} pixels and NEAR is {wanted}")]
    MaskSize {
        /// Name of the term.
        term: String,
        /// Its name.
        name: String,
        /// Its size.
        found: Size,
        /// The size that is wanted.
        wanted: Size,
    },
    /// A mask is no grey picture: its channels differ.
    #[error("{term}: the mask {name} has colours; a mask is grey: black where nothing counts, white where all does")]
    MaskColors {
        /// Name of the term.
        term: String,
        /// Its name.
        name: String,
    },
    /// A mask for terms that have none, and all have one.
    #[error("{name} has no effect: every term that it would be for has a mask of its own, or there is none")]
    IdleMask {
        /// Its name.
        name: String,
    },
    /// A mask of FAR's face, which has none.
    #[error("{term}: a mask of FAR's face has no effect: no face was found in FAR")]
    NoFace {
        /// Name of the term.
        term: String,
    },
    /// A band of frequencies is empty, or begins beyond what the pixels of this picture hold.
    #[error("{name}: a picture of {size} pixels has no frequencies {band}")]
    NoBand {
        /// Name of the term.
        name: String,
        /// The band, in words.
        band: String,
        /// The picture's size.
        size: Size,
    },
    /// The crossover lies beyond what the pixels of these pictures hold.
    #[error(
        "`crossover` is out of reach: it is {cutoff}, and a picture of {size} pixels holds at most {}cpi",
        HIGHEST * size.shorter_side() as f64
    )]
    Crossover {
        /// What was said.
        cutoff: Cutoff,
        /// The picture's size.
        size: Size,
    },
    /// A number of a term is impossible for these pictures.
    #[error("{name}: {error}")]
    Term {
        /// Name of the term.
        name: String,
        /// What is wrong.
        error: MixError,
    },
    /// A term or a picture makes no sense.
    #[error("{0}")]
    Mix(#[from] MixError),
}

#[cfg(feature = "codec")]
impl WantedError {
    /// Where a recipe says what is wrong: the name of the term, if it is one's, and keys one of which it is.
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

/// What pixels hold, in cycles per pixel.
pub(super) const HIGHEST: f64 = 0.5;
