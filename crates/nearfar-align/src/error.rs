//! What can be wrong with two pictures that are to fit, and with points.

use nearfar_image::ImageError;

use crate::Model;

/// What can be wrong with two pictures that are to fit, and with points.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AlignError {
    /// A pair of points is not written as it should be.
    #[error("pair {pair} of the points is not of the form near=x,y far=x,y with numbers for x and y")]
    PointSyntax {
        /// Number of the pair, from 1.
        pair: usize,
    },
    /// A coordinate is NaN or infinite.
    #[error("pair {pair} of the points has a coordinate that is not a finite number")]
    PointNotFinite {
        /// Number of the pair, from 1.
        pair: usize,
    },
    /// There are not enough points.
    #[error("a {} needs {needed} pairs of points or more; {found} were given", model.name())]
    TooFewPoints {
        /// The transform asked for.
        model: Model,
        /// The least number of pairs.
        needed: usize,
        /// The number of pairs given.
        found: usize,
    },
    /// There are more points than the method can digest.
    #[error("a {} takes {max} pairs of points at most; {found} were given", model.name())]
    TooManyPoints {
        /// The transform asked for.
        model: Model,
        /// The greatest number of pairs.
        max: usize,
        /// The number of pairs given.
        found: usize,
    },
    /// Points coincide, lie on one line, or would fold the picture over.
    #[error(
        "the points do not determine a {}: some coincide, lie on one line, or are swapped; move them apart, check \
         that each pair shows the same thing, or give fewer",
        model.name()
    )]
    DegeneratePoints {
        /// The transform asked for.
        model: Model,
    },
    /// Nothing, or nearly nothing, is left where both pictures are.
    #[error("the two pictures overlap in only {:.1} % of the near picture: check the points", 100.0 * share)]
    NoOverlap {
        /// Common part of the near picture's area, in `[0, 1]`.
        share: f64,
    },
    /// Whoever watches wants no more of it.
    #[error("stopped before the pictures lay on each other")]
    Stopped,
    /// Something is wrong with a picture itself.
    #[error(transparent)]
    Image(#[from] ImageError),
}
