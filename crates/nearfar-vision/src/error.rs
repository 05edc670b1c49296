//! What can be wrong with distances, viewing conditions and pictures to look at.

use nearfar_image::{ImageError, Size};

/// What can be wrong with distances, viewing conditions and pictures to look at.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum VisionError {
    /// Text that is not a length.
    #[error("not a length, which is a number and its unit (mm, cm, m, in or ft)")]
    LengthSyntax,
    /// A length that no viewer or screen has.
    #[error("a length of {centimetres:?} cm makes no sense here; it must be above 0 and at most {} km", max / 1e5)]
    LengthRange {
        /// The length asked for.
        centimetres: f64,
        /// The longest allowed, in centimetres.
        max: f64,
    },
    /// Text that is not a pixel density.
    #[error("not a pixel density, which is a number of pixels per inch")]
    DensitySyntax,
    /// A density that no screen or print has.
    #[error("a density of {pixels_per_inch:?} pixels per inch makes no sense; it must be above 0 and at most {max}")]
    DensityRange {
        /// The density asked for.
        pixels_per_inch: f64,
        /// The highest allowed.
        max: f64,
    },
    /// Too few or too many pixels in a degree of the visual field.
    #[error("{ppd:?} pixels per degree of the visual field make no sense; there must be from {min} to {max}")]
    PixelsPerDegree {
        /// The number asked for.
        ppd: f64,
        /// The fewest allowed.
        min: f64,
        /// The most allowed.
        max: f64,
    },
    /// An eye's blur that no view has.
    #[error("a blur of {sigma:?} pixels by the eye makes no sense; it must be from {min:.5} to {max:.1}")]
    EyeSigma {
        /// The blur asked for, in pixels.
        sigma: f64,
        /// The narrowest of any view, in pixels.
        min: f64,
        /// The widest of any view, in pixels.
        max: f64,
    },
    /// Cycles across a picture that no view has at its cutoff.
    #[error("{cycles:?} cycles across a picture of this size make no sense; there must be from {min:.3} to {max:.1}")]
    Cycles {
        /// The cycles asked for.
        cycles: f64,
        /// The fewest of any view.
        min: f64,
        /// The most of any view.
        max: f64,
    },
    /// The size asked for is not a smaller one.
    #[error("a picture of {from} pixels cannot be shrunk to {to}; neither side may grow")]
    NotSmaller {
        /// Size of the picture.
        from: Size,
        /// Size asked for.
        to: Size,
    },
    /// A hybrid that is not of its pair's size.
    #[error("the hybrid is {hybrid} pixels and the pictures mixed in it are {pair}; scores compare pixel with pixel")]
    HybridSize {
        /// Size of the hybrid.
        hybrid: Size,
        /// Size of the near and the far picture.
        pair: Size,
    },
    /// A face that no picture has.
    #[error("a face {width} pixels wide about {center:?} makes no sense; it must be above 0 and at most {max} wide")]
    Face {
        /// The middle asked for.
        center: [f64; 2],
        /// The width asked for.
        width: f64,
        /// The widest allowed.
        max: f64,
    },
    /// A picture that is unfit by itself.
    #[error(transparent)]
    Image(#[from] ImageError),
}
