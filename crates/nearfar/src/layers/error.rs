//! Why layers were not mixed.

use nearfar_vision::Length;

use crate::{MixError, fit::FitError};

/// Why layers were not mixed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LayersError {
    /// There are fewer than two layers.
    #[error("there is {count} picture; a hybrid is made of 2 or more, each for its distance")]
    TooFew {
        /// Number of layers.
        count: usize,
    },
    /// There are more layers than an eye can tell apart.
    #[error("there are {count} pictures; a hybrid holds {most} at most")]
    TooMany {
        /// Number of layers.
        count: usize,
        /// The largest possible number.
        most: usize,
    },
    /// Two layers have nearly the same distance.
    #[error("{nearer} and {farther} are too close: an eye needs twice the distance to see another picture")]
    TooClose {
        /// The shorter distance.
        nearer: Length,
        /// The longer one.
        farther: Length,
    },
    /// All layers are texts; but pictures are fitted to the nearest picture.
    #[error("all layers are texts; one must be a picture, whose size and frame the texts take")]
    OnlyTexts,
    /// A text cannot be drawn.
    #[cfg(feature = "text")]
    #[error(transparent)]
    Text(#[from] super::text::TextError),
    /// This build cannot draw text.
    #[cfg(not(feature = "text"))]
    #[error("this build draws no texts")]
    NoTexts,
    /// The strengths of the layers are not valid.
    #[error(
        "there are {found} strengths; each layer but the farthest has one, {wanted} in all, a finite number above 0"
    )]
    Strengths {
        /// Number of strengths.
        found: usize,
        /// Number required.
        wanted: usize,
    },
    /// The number of strengths differs from the number of layers.
    #[error("there {} for {layers} pictures", if *found == 1 { "is 1 strength".to_owned() } else { format!("are {found} strengths") })]
    StrengthCount {
        /// Number of strengths.
        found: usize,
        /// Number of layers.
        layers: usize,
    },
    /// A strength is not valid.
    #[error("{strength} is not a valid strength: it must be a finite number above 0")]
    Strength {
        /// The strength given.
        strength: f64,
    },
    /// A layer is so weak relative to another that nothing would be left of it.
    #[error("the strongest picture would be {ratio:.3e} times as strong as the weakest; {most} is the most")]
    StrengthRatio {
        /// The ratio of the two strengths.
        ratio: f64,
        /// The largest possible ratio.
        most: f64,
    },
    /// The Fourier method adds the bands as they are, without strengths.
    #[error("strengths have no effect with the Fourier method, which adds a band of each picture as it is")]
    IdleStrengths,
    /// The yield ratio is not between 0 and 1.
    #[error("the yield ratio is {ratio}; it must lie between 0 and 1")]
    Yield {
        /// The ratio given.
        ratio: f64,
    },
    /// A picture cannot be brought into register with the nearest one.
    #[error("picture {number}: {error}")]
    Fit {
        /// Its number, from 1, near to far.
        number: usize,
        /// The reason.
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
