//! What a file says about its picture.

use nearfar_image::{Channels, Encoded, Image};

use crate::format::Format;

/// What a file says about its picture, and what was done to it on reading.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SourceInfo {
    /// Format of the file, told by its content.
    pub format: Format,
    /// How colours are stored in the file.
    pub color: SourceColor,
    /// Bits per sample in the file: 1, 2, 4, 8 or 16; in TIFF also 32, and 16, 32 or 64 for floats; in JPEG XL 1 to 32.
    pub bits: u8,
    /// Whether there was an alpha channel (or a transparent palette entry); it has been composited.
    pub had_alpha: bool,
    /// EXIF orientation of the file, or else of its XMP packet, 1 (upright) to 8; it has been applied. Always 1 for
    /// JPEG XL, whose decoder returns upright pictures.
    pub orientation: u8,
    /// The file's ICC profile, verbatim.
    pub icc: Option<Vec<u8>>,
    /// The profile's own description, such as `Display P3`.
    pub profile: Option<String>,
    /// Whether codes were converted to sRGB, from that profile or from a PNG's numeric colour chunks; false if those
    /// already are sRGB.
    pub converted: bool,
    /// Share of the pixels, 0 to 1, whose colours lie outside sRGB by more than one of 255 steps: the conversion
    /// clipped them, channel by channel. Fully transparent pixels do not count.
    pub outside_srgb: f64,
    /// The file's EXIF block (TIFF structure, without prefix), with its orientation set to upright since it has been
    /// applied.
    pub exif: Option<Vec<u8>>,
    /// The file's XMP packet, verbatim, unless it is longer than 16 MiB.
    pub xmp: Option<String>,
    /// Keywords and texts of a PNG.
    pub text: Vec<(String, String)>,
    /// What a user may want to know.
    pub warnings: Vec<Warning>,
}

impl SourceInfo {
    /// Information for a picture that came from no file: that of a PNM, which contains nothing but samples.
    #[must_use]
    pub fn of_samples(image: &Image<Encoded>) -> Self {
        let percent = 100.0 * image.count_outside() as f32 / image.samples().len() as f32;
        Self {
            format: Format::Pnm,
            color: if image.channels() == Channels::Grey { SourceColor::Grey } else { SourceColor::Rgb },
            bits: 32,
            had_alpha: false,
            orientation: 1,
            icc: None,
            profile: None,
            converted: false,
            outside_srgb: 0.0,
            exif: None,
            xmp: None,
            text: Vec::new(),
            warnings: (percent > 0.0).then_some(Warning::OutOfRange { percent }).into_iter().collect(),
        }
    }

    /// The first text of a PNG with a given keyword.
    #[must_use]
    pub fn text(&self, keyword: &str) -> Option<&str> {
        self.text.iter().find(|(k, _)| k == keyword).map(|(_, text)| text.as_str())
    }
}

/// How colours are stored in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceColor {
    /// One sample of grey.
    Grey,
    /// Red, green and blue (in JPEG and WebP as luma and chroma).
    Rgb,
    /// Indices into a colour table.
    Palette,
    /// Cyan, magenta, yellow and black ink.
    Cmyk,
}

/// A peculiarity of a file that could be read all the same.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// The file's extension does not match its content, which was used.
    #[error("the name says {named}, the content is {found}")]
    WrongExtension {
        /// The format of the extension.
        named: Format,
        /// The format of the content.
        found: Format,
    },
    /// The file holds more pictures, frames or pages; the first was read.
    #[error("it holds several pictures; the first is taken")]
    OnlyFirst,
    /// The file contains more metadata than is read; some of it is missing here.
    #[error("it holds more text or other data beside the picture than is read; some is left out")]
    TooMuchMetadata,
    /// Float samples lie outside `[0, 1]`; they were kept.
    #[error("{percent:.1} % of its float samples lie outside 0 (black) to 1 (white); a hybrid cannot show those")]
    OutOfRange {
        /// Share of such samples.
        percent: f32,
    },
    /// Colours outside sRGB were clipped.
    #[error("{percent:.1} % of its colours lie outside sRGB and were clipped")]
    OutsideSrgb {
        /// Share of such pixels.
        percent: f32,
    },
    /// The ICC profile, or a PNG's numeric colour chunk, is damaged, made for other colours, or for more light than
    /// white; the codes were taken as sRGB.
    #[error("its colour information is unusable; sRGB is assumed")]
    UnusableProfile,
    /// CMYK without a usable profile was converted by multiplying the light that each ink lets through.
    #[error("CMYK without a usable profile: colours are approximate")]
    ApproximateCmyk,
}
