//! Pages: pictures as stored in files.

use nearfar_image::{
    Channels, Encoded, Image, ImageError, Size,
    interleaved::{Layout, interleave_with},
};

/// Bits per sample in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Depth {
    /// 256 steps.
    #[default]
    Eight,
    /// 65536 steps; PNG, TIFF and PNM only.
    Sixteen,
}

impl Depth {
    /// The number of bits.
    #[must_use]
    pub fn bits(self) -> u8 {
        match self {
            Self::Eight => 8,
            Self::Sixteen => 16,
        }
    }
}

/// How samples are rounded to the file's steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Rounding {
    /// To the nearest step.
    #[default]
    Nearest,
    /// Down, as `uint8(255 * y)` does in the program that this method comes from: half a step darker.
    Truncate,
}

/// A picture as stored in a file.
pub(crate) struct Page {
    pub(crate) size: Size,
    pub(crate) channels: Channels,
    pub(crate) pixels: Pixels,
}

/// Interleaved samples.
pub(crate) enum Pixels {
    U8(Vec<u8>),
    U16(Vec<u16>),
}

impl Page {
    /// Quantises a picture's samples; those outside `[0, 1]` are clipped, NaN becomes 0.
    pub(crate) fn new(image: &Image<Encoded>, depth: Depth, rounding: Rounding) -> Result<Self, ImageError> {
        let layout = match image.channels() {
            Channels::Grey => Layout::Grey,
            Channels::Rgb => Layout::Rgb,
        };
        let half = match rounding {
            Rounding::Nearest => 0.5,
            Rounding::Truncate => 0.0,
        };
        // The casts saturate, and turn NaN into 0.
        let pixels = match depth {
            Depth::Eight => Pixels::U8(interleave_with(image, layout, |v| (v * 255.0 + half) as u8)?),
            Depth::Sixteen => Pixels::U16(interleave_with(image, layout, |v| (v * 65535.0 + half) as u16)?),
        };
        Ok(Self { size: image.size(), channels: image.channels(), pixels })
    }
}
