//! What can be wrong with a picture.

use crate::{Channels, Size};

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
    /// Two pictures that must have the same channels do not.
    #[error("the near picture has {} channel(s) and the far picture has {}", near.count(), far.count())]
    ChannelMismatch {
        /// Channels of the near picture.
        near: Channels,
        /// Channels of the far picture.
        far: Channels,
    },
    /// A sample is NaN or infinite.
    #[error("sample {index} is {value}, not a finite number")]
    NotFinite {
        /// Index into the planar samples.
        index: usize,
        /// The offending value.
        value: f32,
    },
}
