//! What can be wrong with a picture.

use crate::Size;

/// What can be wrong with a picture in memory.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    /// A side is zero.
    #[error("a picture of {width}x{height} pixels has no area")]
    EmptySize {
        /// Width asked for, in pixels.
        width: usize,
        /// Height asked for, in pixels.
        height: usize,
    },
    /// The samples would not fit the address space.
    #[error("a picture of {width}x{height} pixels is too large to address")]
    SizeTooLarge {
        /// Width asked for, in pixels.
        width: usize,
        /// Height asked for, in pixels.
        height: usize,
    },
    /// A buffer has not one sample for each pixel and channel.
    #[error("{found} samples were given where the picture has {expected}")]
    SampleCount {
        /// Samples that the shape asks for.
        expected: usize,
        /// Samples in the buffer.
        found: usize,
    },
    /// Two pictures that must be of one size are not.
    #[error("the near picture is {near} pixels and the far picture is {far}")]
    SizeMismatch {
        /// Size of the near picture.
        near: Size,
        /// Size of the far picture.
        far: Size,
    },
    /// The operating system has not so much memory.
    #[error("there are no {bytes} bytes of memory for a picture")]
    OutOfMemory {
        /// What was asked for.
        bytes: usize,
    },
    /// Rows that begin so close together that they overlap.
    #[error("rows of {row} samples cannot begin {stride} samples apart")]
    Stride {
        /// Samples from the beginning of a row to that of the next.
        stride: usize,
        /// Samples of a row.
        row: usize,
    },
    /// A picture with colours was to become one sample a pixel.
    #[error("a picture with colours does not fit one grey sample a pixel")]
    NotGrey,
    /// What shows through transparent places is no colour.
    #[error("the background is {background:?}; its red, green and blue must be codes from 0 to 1")]
    Background {
        /// The offending colour.
        background: [f32; 3],
    },
    /// A sample is NaN or infinite.
    #[error("sample {index} is {value}, not a finite number")]
    NotFinite {
        /// Index among the samples as they lie in memory: planar in an image, interleaved before it becomes one.
        index: usize,
        /// The offending value.
        value: f32,
    },
}
