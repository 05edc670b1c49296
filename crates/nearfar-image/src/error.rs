//! Errors of pictures in memory.

use crate::Size;

/// An error in the shape or the samples of a picture in memory.
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
    /// The samples would not fit into the address space.
    #[error("a picture of {width}x{height} pixels is too large to address")]
    SizeTooLarge {
        /// Width asked for, in pixels.
        width: usize,
        /// Height asked for, in pixels.
        height: usize,
    },
    /// The buffer does not hold one sample per pixel and channel.
    #[error("{found} samples were given where the picture has {expected}")]
    SampleCount {
        /// Samples that the shape requires.
        expected: usize,
        /// Samples in the buffer.
        found: usize,
    },
    /// Two pictures that must have the same size do not.
    #[error("the near picture is {near} pixels and the far picture is {far}")]
    SizeMismatch {
        /// Size of the near picture.
        near: Size,
        /// Size of the far picture.
        far: Size,
    },
    /// The operating system does not have enough memory.
    #[error("there is not enough memory for a picture: it needs {bytes} bytes")]
    OutOfMemory {
        /// Bytes requested.
        bytes: usize,
    },
    /// The stride is shorter than a row, so that rows would overlap.
    #[error("rows of {row} samples cannot begin {stride} samples apart")]
    Stride {
        /// Samples from the start of one row to the start of the next.
        stride: usize,
        /// Samples in a row.
        row: usize,
    },
    /// A colour picture was to be written as one sample per pixel.
    #[error("a colour picture cannot be stored as one grey sample per pixel")]
    NotGrey,
    /// The background of transparent places is not a colour.
    #[error("the background is {background:?}; its red, green and blue must be codes from 0 to 1")]
    Background {
        /// The offending colour.
        background: [f32; 3],
    },
    /// A sample is NaN or infinite.
    #[error("sample {index} is {value}, not a finite number")]
    NotFinite {
        /// Index of the sample in memory order: planar in an image, interleaved before it becomes one.
        index: usize,
        /// The offending value.
        value: f32,
    },
}
