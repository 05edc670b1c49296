//! What can be wrong with two pictures that are to fit, and with points.

use nearfar_image::{ImageError, Size};

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
    /// A points file is not written as it should be.
    #[error(
        "the points file has a mistake at line {line}, column {column}; it needs near and far, each as [x, y], for every one of its points"
    )]
    PointFile {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
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
    /// The pictures have different sizes and were to be taken as they are.
    #[error("the near picture is {near} pixels and the far picture is {far}: align them, or give pictures of one size")]
    SizeMismatch {
        /// Size of the near picture.
        near: Size,
        /// Size of the far picture.
        far: Size,
    },
    /// Nothing, or nearly nothing, is left where both pictures are.
    #[error("the two pictures overlap in only {:.1} % of the near picture: check the points", 100.0 * share)]
    NoOverlap {
        /// Common part of the near picture's area, in `[0, 1]`.
        share: f64,
    },
    /// Faces were asked for, and one or both pictures have none that is known.
    #[error("no face is known in the {}; give points instead", which_picture(*near, *far))]
    NoFace {
        /// Whether the near picture has one.
        near: bool,
        /// Whether the far picture has one.
        far: bool,
    },
    /// The contents were to be matched and do not match well enough.
    #[error("the two pictures do not match by content (confidence {confidence:.2}); give points instead")]
    NoMatch {
        /// Confidence of the best match found, in `[0, 1]`.
        confidence: f64,
    },
    /// The program was built with something else than the face finder's model.
    #[error("the face finder's embedded model is damaged; build the program again from clean sources")]
    FaceModel,
    /// Something is wrong with a picture itself.
    #[error(transparent)]
    Image(#[from] ImageError),
}

/// Names the picture or pictures that have no face.
fn which_picture(near: bool, far: bool) -> &'static str {
    match (near, far) {
        (false, false) => "near and the far picture",
        (false, true) => "near picture",
        _ => "far picture",
    }
}
