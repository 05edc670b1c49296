//! Readers, one per format: from a file's bytes to its samples as stored.

#[cfg(feature = "formats")]
mod by_image;
#[cfg(feature = "formats")]
mod gif;
mod jpeg;
mod jpeg_segments;
#[cfg(feature = "formats")]
mod jxl;
#[cfg(feature = "formats")]
mod jxl_boxes;
mod png;
mod png_chunks;
mod stored;
#[cfg(feature = "formats")]
mod tiff;

pub(crate) use stored::{Samples, Stored};

use crate::{error::DecodeError, format::Format, limits::Limits};

/// Reads a file of a format; limits are checked in the header, before anything is allocated.
pub(crate) fn read(format: Format, bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    match format {
        Format::Png => png::read(bytes, limits),
        Format::Jpeg => jpeg::read(bytes, limits),
        #[cfg(feature = "formats")]
        Format::Tiff => tiff::read(bytes, limits),
        #[cfg(feature = "formats")]
        Format::JpegXl => jxl::read(bytes, limits),
        #[cfg(feature = "formats")]
        _ => by_image::read(bytes, format, limits),
        #[cfg(not(feature = "formats"))]
        _ => Err(DecodeError::UnreadableFormat { name: format.name() }),
    }
}
