//! Why pictures for several distances were not mixed.

use nearfar_vision::Length;

use crate::{MixError, fit::FitError};

/// Why pictures for several distances were not mixed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LayersError {
    /// There is nothing to mix.
    #[error("there is {count} picture; a hybrid is made of 2 or more, each for its distance")]
    TooFew {
        /// How many there are.
        count: usize,
    },
    /// There are more than anybody can tell apart.
    #[error("there are {count} pictures; a hybrid holds {most} at most")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// Two pictures are for nearly the same distance.
    #[error("{nearer} and {farther} are too close: an eye needs twice the distance to see another picture")]
    TooClose {
        /// The shorter distance.
        nearer: Length,
        /// The longer one.
        farther: Length,
    },
    /// The pictures are fitted to the nearest one, and there is none.
    #[error("all layers are texts; one must be a picture, whose size and frame the texts take")]
    OnlyTexts,
    /// A text cannot be drawn.
    #[cfg(feature = "text")]
    #[error(transparent)]
    Text(#[from] super::text::TextError),
    /// This build draws no texts.
    #[cfg(not(feature = "text"))]
    #[error("this build draws no texts")]
    NoTexts,
    /// The strengths of the layers are none.
    #[error(
        "there are {found} strengths; each layer but the farthest has one, {wanted} in all, a finite number above 0"
    )]
    Strengths {
        /// How many there are.
        found: usize,
        /// How many there must be.
        wanted: usize,
    },
    /// There is not a strength for each layer.
    #[error("there are {found} strengths for {layers} pictures")]
    StrengthCount {
        /// How many there are.
        found: usize,
        /// How many layers there are.
        layers: usize,
    },
    /// A strength is none.
    #[error("{strength} is no strength: it must be a finite number above 0")]
    Strength {
        /// What was given.
        strength: f64,
    },
    /// A layer is so weak beside another that nothing is left of it.
    #[error("the strongest picture would be {ratio:.3e} times as strong as the weakest; {most} is the most")]
    StrengthRatio {
        /// How many times.
        ratio: f64,
        /// How many times it may be.
        most: f64,
    },
    /// Bands of frequencies are added as they are.
    #[error("strengths have no effect with the Fourier method, which adds a band of each picture as it is")]
    IdleStrengths,
    /// How much nearer layers take of farther ones' bands is no part.
    #[error("the yield ratio is {ratio}; it must lie between 0 and 1")]
    Yield {
        /// The ratio asked for.
        ratio: f64,
    },
    /// A picture cannot be made to fit the nearest.
    #[error("picture {number}: {error}")]
    Fit {
        /// Its number, from 1, near to far.
        number: usize,
        /// Why not.
        error: FitError,
    },
    /// The pictures cannot be mixed.
    #[error(transparent)]
    Mix(#[from] MixError),
}

impl From<nearfar_descent::DescentError> for LayersError {
    fn from(error: nearfar_descent::DescentError) -> Self {
        Self::Mix(error.into())
    }
}

impl From<nearfar_fourier::FourierError> for LayersError {
    fn from(error: nearfar_fourier::FourierError) -> Self {
        Self::Mix(error.into())
    }
}

impl From<nearfar_vision::VisionError> for LayersError {
    fn from(error: nearfar_vision::VisionError) -> Self {
        Self::Mix(error.into())
    }
}
