//! The readers, one a format: from a file's bytes to its samples as they are stored.

#[cfg(feature = "formats")]
mod by_image;
#[cfg(feature = "formats")]
mod gif;
mod jpeg;
mod png;
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
        _ => by_image::read(bytes, format, limits),
        #[cfg(not(feature = "formats"))]
        _ => Err(DecodeError::UnreadableFormat { name: format.name() }),
    }
}
