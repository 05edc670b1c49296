//! The readers' output: a file's samples as stored, and its metadata.

use nearfar_image::Size;

use crate::{info::SourceColor, layout::Layout, profile::ColorNumbers};

/// Interleaved samples, row after row, and the file's metadata.
pub(crate) struct Stored {
    pub(crate) size: Size,
    pub(crate) layout: Layout,
    pub(crate) samples: Samples,
    /// The colour representation in the file, before palettes are looked up.
    pub(crate) color: SourceColor,
    /// Bits per sample in the file.
    pub(crate) bits: u8,
    pub(crate) metadata: Metadata,
}

pub(crate) enum Samples {
    U8(Vec<u8>),
    U16(Vec<u16>),
    #[cfg_attr(not(feature = "formats"), expect(dead_code, reason = "of these formats only TIFF holds floats"))]
    F32(Vec<f32>),
}

/// Operations for TIFF files.
#[cfg(feature = "formats")]
impl Samples {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::U8(samples) => samples.len(),
            Self::U16(samples) => samples.len(),
            Self::F32(samples) => samples.len(),
        }
    }

    /// The first `kept` of each pixel's `count` samples.
    pub(crate) fn keep_first(self, kept: usize, count: usize) -> Self {
        fn first<T: Copy>(samples: Vec<T>, kept: usize, count: usize) -> Vec<T> {
            samples.chunks_exact(count).flat_map(|pixel| &pixel[..kept]).copied().collect()
        }
        match self {
            same if kept == count => same,
            Self::U8(samples) => Self::U8(first(samples, kept, count)),
            Self::U16(samples) => Self::U16(first(samples, kept, count)),
            Self::F32(samples) => Self::F32(first(samples, kept, count)),
        }
    }

    /// Converts amounts of ink to the light that they let through.
    pub(crate) fn complement(&mut self) {
        match self {
            Self::U8(samples) => samples.iter_mut().for_each(|v| *v = u8::MAX - *v),
            Self::U16(samples) => samples.iter_mut().for_each(|v| *v = u16::MAX - *v),
            Self::F32(samples) => samples.iter_mut().for_each(|v| *v = 1.0 - *v),
        }
    }
}

#[derive(Default)]
pub(crate) struct Metadata {
    pub(crate) icc: Option<Vec<u8>>,
    /// Colours given by numbers.
    pub(crate) colors: Option<ColorNumbers>,
    pub(crate) exif: Option<Vec<u8>>,
    pub(crate) xmp: Option<Vec<u8>>,
    /// EXIF orientation, if the format stores it outside the EXIF block.
    pub(crate) orientation: Option<u8>,
    pub(crate) text: Vec<(String, String)>,
    /// Whether some metadata were dropped because they are too long.
    pub(crate) incomplete: bool,
    /// Whether more pictures follow the first.
    pub(crate) more: bool,
}
