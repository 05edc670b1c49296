//! Options for encoding.

use nearfar_image::Size;

use crate::{
    error::{EncodeError, Kind},
    format::Format,
    page::{Depth, Rounding},
};

/// Options for encoding a picture.
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
    /// Bits per sample. Default 8.
    pub depth: Depth,
    /// How samples are rounded to the file's steps. Default to the nearest.
    pub rounding: Rounding,
    /// JPEG quality, 1 to 100. Default 92. Colour is never subsampled.
    pub quality: u8,
    /// PNG compression effort. Default fast.
    pub effort: Effort,
    /// Resolution at which the pixels are to be shown or printed, in pixels per inch: written to a PNG, JPEG (1 to
    /// 65535) or TIFF, rounded to the format's nearest step; ignored by other formats. Default none.
    pub pixels_per_inch: Option<f64>,
    /// Keywords and texts to store in a PNG, such as the recipe.
    pub text: Vec<(String, String)>,
    /// ICC profile to store in a PNG, JPEG, WebP or TIFF. It does not change the samples. Default none, which means
    /// sRGB (a PNG is tagged as such).
    pub icc: Option<Vec<u8>>,
    /// EXIF block (TIFF structure, without prefix) to store in a PNG, JPEG, WebP or TIFF. Default none. In a TIFF only
    /// what [`carry_exif`](crate::carry_exif) would keep is stored.
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

    /// Checks that a picture of `size` can be written with these options, as [`encode`](crate::encode) does before any
    /// work.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if an option is not available in the format, or a side is too long for it.
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
            // A profile is split over as many blocks as necessary.
            if kind != Kind::Profile
                && let Some(max) = format.longest_metadata().filter(|&max| bytes > max)
            {
                return Err(EncodeError::MetadataTooLong { format, kind, bytes, max });
            }
        }
        Ok(())
    }
}

/// Whether a text can be stored in Latin-1, the character set of PNG's plain texts.
pub(crate) fn is_latin1(text: &str) -> bool {
    text.chars().all(|c| u32::from(c) < 256)
}

/// PNG compression effort; the pixels are the same.
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
