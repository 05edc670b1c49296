//! Why two pictures cannot be brought into register.

use nearfar_align::AlignError;
use nearfar_image::{ImageError, Size};

use crate::event::Stopped;

/// The longest side of a picture that may become part of a hybrid, relative to the shortest: of an even thinner one nothing is
/// seen, while blurs as wide as it is long take minutes.
pub(super) const MOST_RATIO: usize = 1000;

/// Why two pictures cannot be brought into register.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// The pictures have different sizes, but were to be used as they are.
    #[error(
        "the near picture is {near} pixels and the far picture is {far}: align them, or give pictures of the same size"
    )]
    SizeMismatch {
        /// Size of the near picture.
        near: Size,
        /// Size of the far picture.
        far: Size,
    },
    /// A picture is so thin that nothing can be seen in it.
    #[error("the {} picture is {size} pixels: neither side may be more than {MOST_RATIO} times the other", if *near { "near" } else { "far" })]
    TooThin {
        /// Whether it is the near picture.
        near: bool,
        /// Its size.
        size: Size,
    },
    /// The way to fit takes a face in each picture, or in one, and others were found.
    #[error("{}; give points instead", found_faces(*near, *far))]
    NoFace {
        /// Whether the near picture has one.
        near: bool,
        /// Whether the far picture has one.
        far: bool,
    },
    /// The contents were to be matched, but do not match well enough.
    #[error("the two pictures do not match by content (confidence {confidence:.2}); give points instead")]
    NoMatch {
        /// Confidence of the best match found, in `[0, 1]`.
        confidence: f64,
    },
    /// The observer stopped the work.
    #[error("interrupted before the pictures were in register")]
    Cancelled,
    /// The points define no map, or one that leaves nothing of the far picture in view.
    #[error(transparent)]
    Align(AlignError),
    /// A face finder failed.
    #[cfg(feature = "faces")]
    #[error(transparent)]
    Faces(#[from] nearfar_faces::FacesError),
}

impl From<AlignError> for FitError {
    fn from(error: AlignError) -> Self {
        match error {
            AlignError::Stopped => Self::Cancelled,
            other => Self::Align(other),
        }
    }
}

impl From<ImageError> for FitError {
    fn from(error: ImageError) -> Self {
        Self::Align(error.into())
    }
}

impl From<Stopped> for FitError {
    fn from(_: Stopped) -> Self {
        Self::Cancelled
    }
}

/// Where faces were found, and where not.
fn found_faces(near: bool, far: bool) -> &'static str {
    match (near, far) {
        (false, false) => "no face was found in the near and the far picture",
        (false, true) => "no face was found in the near picture",
        (true, false) => "no face was found in the far picture",
        (true, true) => "a face was found in each picture, and this way to fit takes one",
    }
}
