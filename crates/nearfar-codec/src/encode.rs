//! Encoding: from a picture to a file's bytes.

use nearfar_image::{Encoded, Image};

use crate::{error::EncodeError, options::EncodeOptions, page::Page, write};

/// Encodes a picture as a file's bytes.
///
/// Samples outside `[0, 1]` are clipped ([`Image::count_outside`] counts them), NaN becomes 0.
///
/// # Errors
///
/// [`EncodeError`]; everything that [`EncodeOptions::check`] can find is reported before any work is done.
pub fn encode(image: &Image<Encoded>, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    options.check(image.size())?;
    let page = Page::new(image, options.depth, options.rounding).map_err(|_| EncodeError::OutOfMemory)?;
    write::write(page, options)
}
