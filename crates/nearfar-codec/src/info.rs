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
    /// Bits of a sample in the file: 1, 2, 4, 8 or 16; in TIFF also 32, and 16, 32 or 64 for floats; in JPEG XL 1 to 32.
    pub bits: u8,
    /// Whether there was an alpha channel (or a transparent palette entry); it has been composited.
    pub had_alpha: bool,
    /// EXIF orientation in the file, or else in its XMP packet, 1 (upright) to 8; it has been applied. In JPEG
    /// XL always 1: pictures are turned before they are handed on.
    pub orientation: u8,
    /// The file's ICC profile, as it stood there.
    pub icc: Option<Vec<u8>>,
    /// The profile's own description, such as `Display P3`.
    pub profile: Option<String>,
    /// Whether codes were converted to sRGB, from that profile or from what a PNG says of its colours in numbers; not if
    /// that is sRGB itself.
    pub converted: bool,
    /// Share of the pixels, 0 to 1, whose colours lie outside sRGB by more than one of 255 steps: the conversion has cut
    /// them at its bounds, channel by channel. What is wholly transparent does not count.
    pub outside_srgb: f64,
    /// The file's EXIF block (TIFF structure, without prefix), its orientation set to upright since it has been applied.
    pub exif: Option<Vec<u8>>,
    /// The file's XMP packet, as it stood there, unless it is longer than 16 MiB.
    pub xmp: Option<String>,
    /// Keywords and texts of a PNG.
    pub text: Vec<(String, String)>,
    /// What a user may want to know.
    pub warnings: Vec<Warning>,
}

impl SourceInfo {
    /// Of a picture that came from no file: that of a PNM, which says nothing beside its samples.
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

    /// The first text of a PNG under a keyword.
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
    /// Numbers of colours in a table.
    Palette,
    /// Cyan, magenta, yellow and black ink.
    Cmyk,
}

/// Something odd about a file that was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// The file's name promises another format than its content; the content was believed.
    #[error("the name says {named}, the content is {found}")]
    WrongExtension {
        /// What the extension stands for.
        named: Format,
        /// What the content is.
        found: Format,
    },
    /// The file holds more pictures, frames or pages; the first was read.
    #[error("it holds several pictures; the first is taken")]
    OnlyFirst,
    /// The file says more beside its picture than is read; some of it is missing here.
    #[error("it holds more text or other data beside the picture than is read; some is left out")]
    TooMuchMetadata,
    /// Float samples lie outside `[0, 1]`; they were kept.
    #[error("{percent:.1} % of its float samples lie outside 0 (black) to 1 (white); a hybrid cannot show those")]
    OutOfRange {
        /// Share of such samples.
        percent: f32,
    },
    /// Colours outside sRGB were cut at its bounds.
    #[error("{percent:.1} % of its colours lie outside sRGB and were cut")]
    OutsideSrgb {
        /// Share of such pixels.
        percent: f32,
    },
    /// The ICC profile, or what a PNG says of its colours in numbers, is damaged, made for other colours, or for more light
    /// than white; the codes were taken for sRGB.
    #[error("what it says of its colours is unusable; taken for sRGB")]
    UnusableProfile,
    /// CMYK without a usable profile was converted by multiplying what each ink lets through.
    #[error("CMYK without a usable profile: colours are approximate")]
    ApproximateCmyk,
}
