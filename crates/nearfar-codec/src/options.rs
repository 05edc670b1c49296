//! How to write a picture.

use nearfar_image::Size;

use crate::{
    error::{EncodeError, Kind},
    format::Format,
    page::{Depth, Rounding},
};

/// How to write a picture.
///
/// ```
/// use nearfar_codec::{Depth, EncodeOptions, Format};
///
/// let options = EncodeOptions { depth: Depth::Sixteen, ..EncodeOptions::new(Format::Png) };
/// assert_eq!(options.quality, 92);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EncodeOptions {
    /// Format of the file.
    pub format: Format,
    /// Bits of a sample. Default 8.
    pub depth: Depth,
    /// How a sample falls on one of the file's steps. Default to the nearest.
    pub rounding: Rounding,
    /// JPEG quality, 1 to 100. Default 92. Colour is never subsampled.
    pub quality: u8,
    /// How hard PNG compresses. Default fast.
    pub effort: Effort,
    /// How densely the pixels are to be shown or printed, in pixels per inch: written to the nearest step that the format has
    /// into a PNG, JPEG (1 to 65535) or TIFF; other formats have no place for it. Default none.
    pub pixels_per_inch: Option<f64>,
    /// Keywords and texts to store in a PNG, such as the recipe.
    pub text: Vec<(String, String)>,
    /// ICC profile to store in a PNG, JPEG, WebP or TIFF. It does not change the samples. Default none, which means
    /// sRGB (and a PNG says so).
    pub icc: Option<Vec<u8>>,
    /// EXIF block (TIFF structure, without prefix) to store in a PNG, JPEG, WebP or TIFF. Default none. A TIFF takes what
    /// [`carry_exif`](crate::carry_exif) would keep of it.
    pub exif: Option<Vec<u8>>,
    /// XMP packet to store in a PNG, JPEG, WebP or TIFF. Default none.
    pub xmp: Option<String>,
}

impl EncodeOptions {
    /// The defaults for a format.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self {
            format,
            depth: Depth::default(),
            rounding: Rounding::default(),
            quality: 92,
            effort: Effort::default(),
            pixels_per_inch: None,
            text: Vec::new(),
            icc: None,
            exif: None,
            xmp: None,
        }
    }

    /// Checks that a picture of `size` can be written so: what [`encode`](crate::encode) does before any work.
    ///
    /// # Errors
    ///
    /// An [`EncodeError`] if the options ask for what the format does not have, or a side is too long for it.
    pub fn check(&self, size: Size) -> Result<(), EncodeError> {
        let format = self.format;
        if !format.can_be_written() {
            return Err(EncodeError::ReadOnlyFormat { format });
        }
        if self.depth == Depth::Sixteen && !format.can_hold_sixteen_bits() {
            return Err(EncodeError::Depth { format, depth: self.depth });
        }
        if format == Format::Jpeg && !(1..=100).contains(&self.quality) {
            return Err(EncodeError::Quality { quality: self.quality.into() });
        }
        let max = format.longest_side();
        if size.width().max(size.height()) > max {
            return Err(EncodeError::SideTooLong { format, width: size.width(), height: size.height(), max });
        }
        if !self.text.is_empty() && !format.can_hold_text() {
            return Err(EncodeError::Metadata { format, kind: Kind::Text });
        }
        for (keyword, _) in &self.text {
            let length = keyword.chars().count();
            if !(1..=79).contains(&length) || !is_latin1(keyword) {
                return Err(EncodeError::Keyword { length });
            }
        }
        let profile = self.icc.as_ref().map(Vec::len);
        let exif = self.exif.as_ref().map(Vec::len);
        let xmp = self.xmp.as_ref().map(String::len);
        for (kind, length) in [(Kind::Profile, profile), (Kind::Exif, exif), (Kind::Xmp, xmp)] {
            let Some(bytes) = length else { continue };
            if !format.can_hold_metadata() {
                return Err(EncodeError::Metadata { format, kind });
            }
            // A profile is spread over as many blocks as it takes.
            if kind != Kind::Profile
                && let Some(max) = format.longest_metadata().filter(|&max| bytes > max)
            {
                return Err(EncodeError::MetadataTooLong { format, kind, bytes, max });
            }
        }
        Ok(())
    }
}

/// Whether Latin-1, the alphabet of PNG's plain texts, holds a text.
pub(crate) fn is_latin1(text: &str) -> bool {
    text.chars().all(|c| u32::from(c) < 256)
}

/// How hard a PNG is compressed; the pixels are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Effort {
    /// Milliseconds.
    #[default]
    Fast,
    /// Several times slower and somewhat smaller.
    Balanced,
    /// As small as it gets.
    Best,
}
