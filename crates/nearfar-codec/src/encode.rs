//! From a picture to a file's bytes.

use nearfar_image::{Encoded, Image};

use crate::{error::EncodeError, options::EncodeOptions, page::Page, write};

/// Makes a file's bytes of a picture.
///
/// Samples outside `[0, 1]` end up on the nearest bound ([`Image::count_outside`] counts them), NaN becomes 0.
///
/// # Errors
///
/// An [`EncodeError`]: what [`EncodeOptions::check`] finds, before any work is done.
pub fn encode(image: &Image<Encoded>, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    options.check(image.size())?;
    let page = Page::new(image, options.depth, options.rounding).map_err(|_| EncodeError::OutOfMemory)?;
    write::write(page, options)
}
