//! The readers, one a format: from a file's bytes to its samples as they are stored.

mod by_image;
mod gif;
mod jpeg;
mod png;
mod stored;
mod tiff;

pub(crate) use stored::{Samples, Stored};

use crate::{error::DecodeError, format::Format, limits::Limits};

/// Reads a file of a format; limits are checked in the header, before anything is allocated.
pub(crate) fn read(format: Format, bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    match format {
        Format::Png => png::read(bytes, limits),
        Format::Jpeg => jpeg::read(bytes, limits),
        Format::Tiff => tiff::read(bytes, limits),
        _ => by_image::read(bytes, format, limits),
    }
}
