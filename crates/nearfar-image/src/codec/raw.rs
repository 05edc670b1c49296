//! What the readers hand on: a file's samples as they are, and what the file says about them.

use super::{DecodeError, Format, SourceColor};
use crate::Size;

/// Interleaved samples, row after row, and the file's own words about them.
pub(super) struct Raw {
    pub(super) size: Size,
    pub(super) layout: Layout,
    pub(super) samples: Samples,
    /// How colours are stored in the file, before palettes are looked up.
    pub(super) color: SourceColor,
    /// Bits of a sample in the file.
    pub(super) bits: u8,
    pub(super) metadata: Metadata,
}

/// The samples of one pixel, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) color: Colorants,
    pub(super) alpha: Alpha,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colorants {
    Grey,
    Rgb,
    /// Light that each ink lets through: 1 is bare paper, as Adobe's JPEG files have it.
    Cmyk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alpha {
    None,
    Straight,
    /// Colours are multiplied by alpha already.
    Premultiplied,
}

impl Colorants {
    pub(super) fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

impl Layout {
    pub(super) const GREY: Self = Self { color: Colorants::Grey, alpha: Alpha::None };
    pub(super) const RGB: Self = Self { color: Colorants::Rgb, alpha: Alpha::None };
    pub(super) const CMYK: Self = Self { color: Colorants::Cmyk, alpha: Alpha::None };

    pub(super) fn with_alpha(self) -> Self {
        Self { alpha: Alpha::Straight, ..self }
    }

    /// Samples of one pixel.
    pub(super) fn count(self) -> usize {
        self.color.count() + usize::from(self.alpha != Alpha::None)
    }
}

pub(super) enum Samples {
    U8(Vec<u8>),
    U16(Vec<u16>),
    F32(Vec<f32>),
}

impl Samples {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::U8(samples) => samples.len(),
            Self::U16(samples) => samples.len(),
            Self::F32(samples) => samples.len(),
        }
    }

    /// Turns amounts of ink into the light that it lets through.
    pub(super) fn complement(&mut self) {
        match self {
            Self::U8(samples) => samples.iter_mut().for_each(|v| *v = u8::MAX - *v),
            Self::U16(samples) => samples.iter_mut().for_each(|v| *v = u16::MAX - *v),
            Self::F32(samples) => samples.iter_mut().for_each(|v| *v = 1.0 - *v),
        }
    }
}

#[derive(Default)]
pub(super) struct Metadata {
    pub(super) icc: Option<Vec<u8>>,
    pub(super) exif: Option<Vec<u8>>,
    pub(super) xmp: Option<Vec<u8>>,
    /// EXIF orientation where the format has a place of its own for it.
    pub(super) orientation: Option<u8>,
    pub(super) text: Vec<(String, String)>,
    /// Whether more pictures follow the first.
    pub(super) more: bool,
}

/// The most that a file may ask for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) max_pixels: u64,
    pub(super) max_bytes: u64,
}

impl Limits {
    /// Checks what a header declares, before anything of that size is allocated: the raw samples of
    /// `bytes_per_sample` and the planes of `f32` that are made from them.
    pub(super) fn check(
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
