//! Limits on what a file may demand.

use nearfar_image::{Size, try_zeroed};

use crate::{
    error::DecodeError,
    format::Format,
    layout::{Colorants, Layout},
};

/// Limits on what a file may demand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) max_pixels: u64,
    pub(crate) max_bytes: u64,
}

/// Limit on the memory for a file's metadata, uncompressed.
const MAX_METADATA_BYTES: u64 = 64 << 20;

impl Limits {
    /// Limit on metadata for a picture of `pixels`, each of which takes at least one byte.
    pub(crate) fn metadata(self, pixels: u64) -> usize {
        self.max_bytes.saturating_sub(pixels).min(MAX_METADATA_BYTES) as usize
    }

    /// Checks what a header declares, before anything of that size is allocated: the raw samples of `bytes_per_sample`
    /// and the planes of `f32` that are made from them.
    pub(crate) fn check(
        self,
        format: Format,
        width: u64,
        height: u64,
        layout: Layout,
        bytes_per_sample: u64,
    ) -> Result<Size, DecodeError> {
        if width == 0 || height == 0 {
            return Err(DecodeError::NoArea { format, width, height });
        }
        let pixels = width.checked_mul(height).filter(|&pixels| pixels <= self.max_pixels);
        let too_many_pixels = DecodeError::TooManyPixels { format, width, height, max_pixels: self.max_pixels };
        let Some(pixels) = pixels else { return Err(too_many_pixels) };
        let planes = if layout.color == Colorants::Grey { 1 } else { 3 };
        let bytes = pixels.saturating_mul(layout.count() as u64 * bytes_per_sample + planes * size_of::<f32>() as u64);
        if bytes > self.max_bytes {
            return Err(DecodeError::TooManyBytes { bytes, max_bytes: self.max_bytes });
        }
        let (Ok(w), Ok(h)) = (usize::try_from(width), usize::try_from(height)) else { return Err(too_many_pixels) };
        Size::new(w, h).map_err(|_| too_many_pixels)
    }
}

/// `length` zeros.
pub(crate) fn room<T: Copy + Default>(length: usize) -> Result<Vec<T>, DecodeError> {
    let bytes = length.saturating_mul(size_of::<T>());
    try_zeroed(length).map_err(|_| DecodeError::OutOfMemory { bytes })
}
