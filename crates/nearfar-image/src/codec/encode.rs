//! From a picture to a file's bytes.

use super::{EncodeError, Format, write_jpeg, write_other, write_png, write_tiff};
use crate::{Encoded, Image, Size};

/// How to write a picture.
///
/// ```
/// use nearfar_image::codec::{Depth, EncodeOptions, Format};
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
    /// Keywords and texts to store in a PNG, such as the recipe.
    pub text: Vec<(String, String)>,
    /// ICC profile to store in a PNG, JPEG, WebP or TIFF. It does not change the samples. Default none, which means
    /// sRGB (and a PNG says so).
    pub icc: Option<Vec<u8>>,
    /// EXIF block (TIFF structure, without prefix) to store in a PNG, JPEG, WebP or TIFF. Default none. A TIFF takes what
    /// [`carry_exif`](super::carry_exif) would keep of it.
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
            text: Vec::new(),
            icc: None,
            exif: None,
            xmp: None,
        }
    }
}

/// Bits of a sample in a file.
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

/// How a sample falls on one of the file's steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Rounding {
    /// To the nearest step.
    #[default]
    Nearest,
    /// To the step below, as `uint8(255 * y)` does in the program that this method comes from: half a step darker.
    Truncate,
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

/// Makes a file's bytes of a picture.
///
/// Samples outside `[0, 1]` end up on the nearest bound ([`Image::count_outside`] counts them), NaN becomes 0.
///
/// # Errors
///
/// An [`EncodeError`] if the options ask for what the format does not have, before any work is done, or if a side is
/// too long for the format.
pub fn encode(image: &Image<Encoded>, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    check(image.size(), options)?;
    let pixels = match options.depth {
        Depth::Eight => Pixels::U8(interleave(image, quantiser(255.0, options.rounding, |v| v as u8))),
        Depth::Sixteen => Pixels::U16(interleave(image, quantiser(65535.0, options.rounding, |v| v as u16))),
    };
    let page = Page { size: image.size(), channels: image.channels(), pixels };
    match options.format {
        Format::Png => write_png::write(page, options),
        Format::Tiff => write_tiff::write(page, options),
        Format::Jpeg => write_jpeg::write(page, options),
        _ => write_other::write(page, options),
    }
}

/// A picture as a file will hold it.
pub(super) struct Page {
    pub(super) size: Size,
    pub(super) channels: crate::Channels,
    pub(super) pixels: Pixels,
}

/// Interleaved samples.
pub(super) enum Pixels {
    U8(Vec<u8>),
    U16(Vec<u16>),
}

fn check(size: Size, options: &EncodeOptions) -> Result<(), EncodeError> {
    let format = options.format;
    if !format.can_be_written() {
        return Err(EncodeError::ReadOnlyFormat { format });
    }
    if options.depth == Depth::Sixteen && !format.can_hold_sixteen_bits() {
        return Err(EncodeError::Depth { format, depth: options.depth });
    }
    if format == Format::Jpeg && !(1..=100).contains(&options.quality) {
        return Err(EncodeError::Quality { quality: options.quality });
    }
    let max = match format {
        Format::Jpeg => 65535,
        Format::WebP => 16384,
        _ => i32::MAX as usize,
    };
    if size.width().max(size.height()) > max {
        return Err(EncodeError::SideTooLong { format, width: size.width(), height: size.height(), max });
    }
    if !options.text.is_empty() && !format.can_hold_text() {
        return Err(EncodeError::Metadata { format, what: "text" });
    }
    let lengths = [
        ("an ICC profile", options.icc.as_ref().map(Vec::len)),
        ("EXIF data", options.exif.as_ref().map(Vec::len)),
        ("XMP data", options.xmp.as_ref().map(String::len)),
    ];
    for (what, bytes) in lengths.into_iter().filter_map(|(what, length)| Some((what, length?))) {
        if !format.can_hold_metadata() {
            return Err(EncodeError::Metadata { format, what });
        }
        if let Some(max) = format.longest_metadata().filter(|&max| what != "an ICC profile" && bytes > max) {
            return Err(EncodeError::MetadataTooLong { format, what, bytes, max });
        }
    }
    Ok(())
}

/// The function from a sample to a file's step; `cast` saturates, and turns NaN into 0, as `as` does.
fn quantiser<T>(top: f32, rounding: Rounding, cast: impl Fn(f32) -> T) -> impl Fn(f32) -> T {
    let half = match rounding {
        Rounding::Nearest => 0.5,
        Rounding::Truncate => 0.0,
    };
    move |v| cast(v * top + half)
}

fn interleave<T: Copy>(image: &Image<Encoded>, quantise: impl Fn(f32) -> T) -> Vec<T> {
    let planes: Vec<&[f32]> = image.planes().map(|plane| plane.samples()).collect();
    match planes[..] {
        [red, green, blue] => {
            let pixels = red.iter().zip(green).zip(blue);
            pixels.flat_map(|((&r, &g), &b)| [quantise(r), quantise(g), quantise(b)]).collect()
        }
        _ => image.samples().iter().map(|&v| quantise(v)).collect(),
    }
}
