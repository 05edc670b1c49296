//! File formats.

use std::{fmt, path::Path};

use crate::xmp::JPEG_PREFIX;

/// Longest EXIF block or XMP packet in a JPEG file: a segment's length, at most 65535, includes itself and the longer
/// of the prefixes.
const JPEG_BLOCK: usize = 65535 - 2 - JPEG_PREFIX.len();

/// A picture file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Format {
    /// Portable Network Graphics: 8 or 16 bits, lossless.
    Png,
    /// JPEG (JFIF, EXIF): 8 bits, lossy.
    Jpeg,
    /// WebP: 8 bits; lossy and lossless files are read, lossless ones written.
    WebP,
    /// TIFF: 8 or 16 bits or float; the first page is read.
    Tiff,
    /// GIF: palette; the first frame is read; only animations are written.
    Gif,
    /// Windows bitmap: 8 bits.
    Bmp,
    /// Netpbm (PBM, PGM, PPM, PAM): 8 or 16 bits.
    Pnm,
    /// Quite OK Image: 8 bits, lossless.
    Qoi,
    /// farbfeld: 16 bits; read, not written.
    Farbfeld,
    /// JPEG XL: up to 16 bits or float; the first frame is read, nothing is written.
    JpegXl,
}

/// Common formats that cannot be read, so that the message can name them.
const UNREADABLE: &[(&str, usize, &[u8])] = &[
    ("AVIF", 4, b"ftypavif"),
    ("AVIF", 4, b"ftypavis"),
    ("HEIC", 4, b"ftyphe"),
    ("HEIC", 4, b"ftypmif1"),
    ("HEIC", 4, b"ftypmsf1"),
    ("MP4 and like", 4, b"ftyp"),
    ("JPEG 2000", 0, b"\0\0\0\x0cjP  "),
    ("OpenEXR", 0, b"\x76\x2f\x31\x01"),
    ("Radiance HDR", 0, b"#?RADIANCE"),
    ("Photoshop", 0, b"8BPS"),
    ("PDF", 0, b"%PDF-"),
    ("SVG", 0, b"<svg"),
    ("XML (SVG?)", 0, b"<?xml"),
    ("ICO", 0, b"\0\0\x01\0"),
];

impl Format {
    /// The format that a file's first bytes declare; 16 bytes are enough.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Self::Tiff),
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            [b'B', b'M', ..] => Some(Self::Bmp),
            [b'P', b'1'..=b'7', b, ..] if b.is_ascii_whitespace() || *b == b'#' => Some(Self::Pnm),
            [b'q', b'o', b'i', b'f', ..] => Some(Self::Qoi),
            [b'f', b'a', b'r', b'b', b'f', b'e', b'l', b'd', ..] => Some(Self::Farbfeld),
            [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Some(Self::JpegXl),
            _ => None,
        }
    }

    /// The format that a file name's extension stands for, in upper or lower case.
    ///
    /// ```
    /// use nearfar_codec::Format;
    ///
    /// assert_eq!(Format::from_path("holiday.JPG"), Some(Format::Jpeg));
    /// assert_eq!(Format::from_path("notes.txt"), None);
    /// ```
    #[must_use]
    pub fn from_path(path: impl AsRef<Path>) -> Option<Self> {
        let extension = path.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "png" | "apng" => Some(Self::Png),
            "jpg" | "jpeg" | "jpe" | "jfif" => Some(Self::Jpeg),
            "webp" => Some(Self::WebP),
            "tif" | "tiff" => Some(Self::Tiff),
            "gif" => Some(Self::Gif),
            "bmp" | "dib" => Some(Self::Bmp),
            "pnm" | "pbm" | "pgm" | "ppm" | "pam" => Some(Self::Pnm),
            "qoi" => Some(Self::Qoi),
            "ff" => Some(Self::Farbfeld),
            "jxl" => Some(Self::JpegXl),
            _ => None,
        }
    }

    /// Whether [`encode`](crate::encode) can write this format.
    #[must_use]
    pub fn can_be_written(self) -> bool {
        match self {
            Self::Png | Self::Jpeg => true,
            Self::Gif | Self::Farbfeld | Self::JpegXl => false,
            Self::WebP | Self::Tiff | Self::Bmp | Self::Pnm | Self::Qoi => cfg!(feature = "formats"),
        }
    }

    /// Whether [`encode_animation`](crate::encode_animation) can write this format.
    #[must_use]
    pub fn can_hold_animation(self) -> bool {
        matches!(self, Self::Png | Self::Gif) || self == Self::WebP && cfg!(feature = "formats")
    }

    /// Whether 16-bit samples can be written.
    #[must_use]
    pub fn can_hold_sixteen_bits(self) -> bool {
        matches!(self, Self::Png | Self::Tiff | Self::Pnm)
    }

    /// Whether text with a keyword can be written.
    #[must_use]
    pub fn can_hold_text(self) -> bool {
        self == Self::Png
    }

    /// Whether an ICC profile, EXIF data and an XMP packet can be written.
    #[must_use]
    pub fn can_hold_metadata(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::WebP | Self::Tiff)
    }

    /// The limit on EXIF data, or on an XMP packet, in bytes, if there is one.
    #[must_use]
    pub fn longest_metadata(self) -> Option<usize> {
        (self == Self::Jpeg).then_some(JPEG_BLOCK)
    }

    /// The longest side in pixels that the format's header, or its encoder, allows.
    pub(crate) fn longest_side(self) -> usize {
        match self {
            Self::Jpeg | Self::Gif => 65535,
            Self::WebP => 16384,
            _ => i32::MAX as usize,
        }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Pnm => "PNM",
            Self::Qoi => "QOI",
            Self::Farbfeld => "farbfeld",
            Self::JpegXl => "JPEG XL",
        }
    }

    /// Name of the unreadable format that some bytes declare, if any.
    pub(crate) fn unreadable(bytes: &[u8]) -> Option<&'static str> {
        let found = |&&(_, at, magic): &&(&str, usize, &[u8])| bytes.get(at..).is_some_and(|b| b.starts_with(magic));
        UNREADABLE.iter().find(found).map(|&(name, ..)| name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
