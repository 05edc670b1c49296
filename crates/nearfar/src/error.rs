//! What can go wrong between two pictures and a hybrid.

use std::ops::Range;

use nearfar_descent::DescentError;
use nearfar_fourier::FourierError;
use nearfar_kernels::KernelError;
use nearfar_vision::{Length, VisionError};
use serde::{Serialize, de::DeserializeOwned};

use crate::{event::Stopped, finite::Place, fit::FitError};

/// Why no hybrid was made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MixError {
    /// The pictures cannot be made to fit.
    #[error(transparent)]
    Fit(FitError),
    /// An option of the optimising mixer makes no sense.
    #[error(transparent)]
    Descent(#[from] DescentError),
    /// An option of the Fourier mixer makes no sense.
    #[error(transparent)]
    Fourier(#[from] FourierError),
    /// A method that starts from no picture was given one.
    #[error("{method} starts from no picture; only descent does")]
    NoStart {
        /// Name of the method.
        method: &'static str,
    },
    /// The near picture should be seen from further away than the far one.
    #[error("the near picture should be seen from {near}, which is not nearer than {far}")]
    NotNearer {
        /// Where the near picture should be seen from.
        near: Length,
        /// Where the far picture should be seen from.
        far: Length,
    },
    /// A share of the far picture was asked for that would have no effect.
    #[error("a share of FAR's colours, tone and surroundings has no effect where channels are mixed alike")]
    NoShare,
    /// A share of what lies beside the far picture's face, which has none.
    #[error("a share of what lies beside FAR's face has no effect: no face was found in FAR")]
    NothingBeside,
    /// A cutoff that these pixels cannot hold.
    #[error("a cutoff is out of reach: {0}")]
    Cutoff(KernelError),
    /// A cutoff for a method that has none.
    #[error("{method} has no cutoffs; only fourier does")]
    NoCutoff {
        /// Name of the method.
        method: &'static str,
    },
    /// The observer broke before there was a hybrid.
    #[error("interrupted before there was a hybrid")]
    Cancelled,
    /// A method that minimises nothing was given a loss.
    #[error("{method} minimises nothing; only descent takes losses")]
    NoLoss {
        /// Name of the method.
        method: &'static str,
    },
    /// The hybrid cannot be judged, or a distance makes no sense.
    #[error(transparent)]
    Vision(#[from] VisionError),
}

impl MixError {
    /// Where in a recipe the setting is that makes no sense, if it is one: the first of these that is there.
    fn places(&self) -> Vec<Place> {
        let descent = |keys: &[&str]| vec![Place::of(&[&["method", "descent"], keys].concat())];
        let fourier = |key: &str| vec![Place::of(&["method", "fourier", key])];
        match self {
            Self::Descent(error) => match error {
                DescentError::Weight { name, .. } => descent(&[&name.replace(' ', "-")]),
                DescentError::NoWeight => descent(&[]),
                DescentError::Edges { .. } => descent(&["edges"]),
                DescentError::Tolerance { .. } => descent(&["stop", "tolerance"]),
                DescentError::NoIterations => descent(&["stop", "max-iterations"]),
                DescentError::Rate { .. } | DescentError::Momentum { .. } | DescentError::Memory { .. } => {
                    descent(&["solver"])
                }
                DescentError::Kernel(KernelError::Sigma { .. }) => descent(&["sigma"]),
                DescentError::Kernel(KernelError::KernelSize { .. }) => descent(&["kernel-size"]),
                DescentError::Kernel(_) => descent(&["share"]),
                _ => Vec::new(),
            },
            Self::Fourier(error) => match error {
                FourierError::NearGain { .. } | FourierError::MatchedGain { .. } => fourier("near-gain"),
                FourierError::Share(_) => fourier("share"),
                FourierError::Order { .. } | FourierError::Weights { .. } | FourierError::Sigma(_) => fourier("low"),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

/// Why no hybrid's file was made.
#[cfg(feature = "codec")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// There is no hybrid.
    #[error(transparent)]
    Mix(#[from] MixError),
    /// There is no hybrid by an objective of one's own.
    #[error(transparent)]
    Wanted(#[from] crate::wanted::WantedError),
    /// There is no hybrid for several distances.
    #[error(transparent)]
    Layers(#[from] crate::layers::LayersError),
    /// The hybrid is smaller than it should be written.
    #[error("the hybrid is {} pixels wide and should be written {width} wide: that shows nothing more", size.width())]
    Enlarged {
        /// The width asked for.
        width: usize,
        /// The size of the hybrid.
        size: nearfar_image::Size,
    },
    /// The hybrid cannot be written in its format.
    #[error(transparent)]
    Encode(#[from] nearfar_codec::EncodeError),
}

impl From<FitError> for MixError {
    fn from(error: FitError) -> Self {
        match error {
            FitError::Cancelled => Self::Cancelled,
            other => Self::Fit(other),
        }
    }
}

impl From<Stopped> for MixError {
    fn from(_: Stopped) -> Self {
        Self::Cancelled
    }
}

#[cfg(feature = "codec")]
impl From<Stopped> for JobError {
    fn from(stopped: Stopped) -> Self {
        Self::Mix(stopped.into())
    }
}

/// What is wrong with the text of a recipe or of a points file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct RecipeError {
    /// Line of the first mistake, from 1.
    pub line: usize,
    /// Column of the first mistake, from 1.
    pub column: usize,
    /// What is wrong there, in the parser's words.
    pub reason: String,
}

impl RecipeError {
    /// Reads TOML and refuses numbers that are not finite.
    pub(crate) fn read_toml<T: Serialize + DeserializeOwned>(text: &str) -> Result<T, Self> {
        let data = toml::from_str(text).map_err(|error| Self::at(text, error.span(), error.message().to_owned()))?;
        match Place::find(&data) {
            Some(place) => Err(Self::at(text, place.span(text), place.reason())),
            None => Ok(data),
        }
    }

    /// Reads JSON, whose parser refuses numbers that are not finite by itself.
    pub(crate) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Self> {
        serde_json::from_str(text).map_err(|error| Self::from_json(&error))
    }

    /// A setting that makes no sense, where `span` finds it in the text.
    pub(crate) fn senseless(text: &str, error: &MixError, span: fn(&Place, &str) -> Option<Range<usize>>) -> Self {
        Self::at(text, error.places().iter().find_map(|place| span(place, text)), error.to_string())
    }

    /// A mistake at the start of a part of the text.
    pub(crate) fn at(text: &str, span: Option<Range<usize>>, reason: String) -> Self {
        let before = span.and_then(|span| text.get(..span.start)).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        Self { line, column, reason }
    }

    fn from_json(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        // The parser's message ends with the place, which is told apart here.
        let message = error.to_string();
        let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason).to_owned();
        Self { line, column, reason }
    }
}
