//! Writers, one per format: from a page to a file's bytes.

#[cfg(feature = "formats")]
mod by_image;
mod jpeg;
mod png;
#[cfg(feature = "formats")]
mod tiff;

use crate::{error::EncodeError, format::Format, options::EncodeOptions, page::Page};

/// Writes a page with options that have been [checked](EncodeOptions::check).
pub(crate) fn write(page: Page, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    match options.format {
        Format::Png => png::write(page, options),
        #[cfg(feature = "formats")]
        Format::Tiff => tiff::write(page, options),
        Format::Jpeg => jpeg::write(page, options),
        #[cfg(feature = "formats")]
        _ => by_image::write(page, options),
        #[cfg(not(feature = "formats"))]
        format => Err(EncodeError::ReadOnlyFormat { format }),
    }
}
