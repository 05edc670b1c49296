//! Errors in distances, viewing conditions and pictures.

use nearfar_image::{ImageError, Size};

/// An error in a distance, a viewing condition or a picture.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum VisionError {
    /// The text is not a length.
    #[error("not a length, which is a number and its unit (mm, cm, m, in or ft)")]
    LengthSyntax,
    /// The length is out of range for viewers and screens.
    #[error("a length of {centimetres:?} cm makes no sense here; it must be above 0 and at most {} km", max / 1e5)]
    LengthRange {
        /// The length asked for.
        centimetres: f64,
        /// The longest allowed, in centimetres.
        max: f64,
    },
    /// The text is not a pixel density.
    #[error("not a pixel density, which is a number of pixels per inch")]
    DensitySyntax,
    /// The density is out of range for screens and prints.
    #[error("a density of {pixels_per_inch:?} pixels per inch makes no sense; it must be above 0 and at most {max}")]
    DensityRange {
        /// The density asked for.
        pixels_per_inch: f64,
        /// The highest allowed.
        max: f64,
    },
    /// The pixels per degree of the visual field are out of range.
    #[error("{ppd:?} pixels per degree of the visual field make no sense; there must be from {min} to {max}")]
    PixelsPerDegree {
        /// The number asked for.
        ppd: f64,
        /// The fewest allowed.
        min: f64,
        /// The most allowed.
        max: f64,
    },
    /// The eye's blur is wider or narrower than in any view.
    #[error("a blur of {sigma:?} pixels by the eye makes no sense; it must be from {min:.5} to {max:.1}")]
    EyeSigma {
        /// The blur asked for, in pixels.
        sigma: f64,
        /// The narrowest of any view, in pixels.
        min: f64,
        /// The widest of any view, in pixels.
        max: f64,
    },
    /// The cutoff, in cycles across the picture, is not that of any view.
    #[error("{cycles:?} cycles across a picture of this size make no sense; there must be from {min:.3} to {max:.1}")]
    Cycles {
        /// The cycles asked for.
        cycles: f64,
        /// The fewest of any view.
        min: f64,
        /// The most of any view.
        max: f64,
    },
    /// The target size of shrinking is larger in some direction.
    #[error("a picture of {from} pixels cannot be shrunk to {to}; neither side may grow")]
    NotSmaller {
        /// Size of the picture.
        from: Size,
        /// Size asked for.
        to: Size,
    },
    /// The hybrid is not of its pair's size.
    #[error("the hybrid is {hybrid} pixels and the pictures mixed in it are {pair}; scores compare pixel with pixel")]
    HybridSize {
        /// Size of the hybrid.
        hybrid: Size,
        /// Size of the near and the far picture.
        pair: Size,
    },
    /// The position or the width of the face is out of range.
    #[error("a face {width} pixels wide about {center:?} makes no sense; it must be above 0 and at most {max} wide")]
    Face {
        /// The centre asked for.
        center: [f64; 2],
        /// The width asked for.
        width: f64,
        /// The widest allowed.
        max: f64,
    },
    /// A picture is invalid in itself.
    #[error(transparent)]
    Image(#[from] ImageError),
}
