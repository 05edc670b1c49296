//! Errors in points and in aligning two pictures.

use nearfar_image::ImageError;

use crate::Model;

/// An error in points, or in aligning two pictures.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AlignError {
    /// A pair of points is not written correctly.
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
        /// The smallest number of pairs.
        needed: usize,
        /// The number of pairs given.
        found: usize,
    },
    /// There are more points than the method can handle.
    #[error("a {} takes {max} pairs of points at most; {found} were given", model.name())]
    TooManyPoints {
        /// The transform asked for.
        model: Model,
        /// The largest number of pairs.
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
    /// The two pictures do not overlap, or hardly.
    #[error("the two pictures overlap in only {:.1} % of the near picture: check the points", 100.0 * share)]
    NoOverlap {
        /// Overlap as a share of the near picture's area, in `[0, 1]`.
        share: f64,
    },
    /// The observer stopped the work.
    #[error("stopped before the pictures were aligned")]
    Stopped,
    /// Something is wrong with a picture itself.
    #[error(transparent)]
    Image(#[from] ImageError),
}
