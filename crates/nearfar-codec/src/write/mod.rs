//! The writers, one a format: from a page to a file's bytes.

mod by_image;
mod jpeg;
mod png;
mod tiff;

use crate::{error::EncodeError, format::Format, options::EncodeOptions, page::Page};

/// Writes a page as `options` say, which have been [checked](EncodeOptions::check).
pub(crate) fn write(page: Page, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    match options.format {
        Format::Png => png::write(page, options),
        Format::Tiff => tiff::write(page, options),
        Format::Jpeg => jpeg::write(page, options),
        _ => by_image::write(page, options),
    }
}
