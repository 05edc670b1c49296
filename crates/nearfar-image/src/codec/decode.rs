//! From a file's bytes to a picture.

use std::{fs::File, io::Read, path::Path};

use image::metadata::Orientation;

use super::{
    DecodeError, Format, SourceInfo, Warning,
    develop::develop,
    guard::guarded,
    orientation::Walk,
    profile::{Conversion, Profile},
    raw::{Alpha, Colorants, Limits, Raw, Samples},
    read_jpeg, read_other, read_png, read_tiff,
};
use crate::{Encoded, Image};

/// How to read a file.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct DecodeOptions {
    /// Most pixels a file may have; checked in its header, before anything is allocated. Default 2^28, 268 megapixels.
    pub max_pixels: u64,
    /// Most bytes of memory that reading may take: the file's samples and the picture's. Default 4 GiB.
    pub max_bytes: u64,
    /// What shows through transparent places: red, green and blue sRGB codes in `[0, 1]`. Default white.
    pub background: [f32; 3],
    /// Convert from the file's ICC profile to sRGB. Default true; false keeps grey and RGB codes as they are in the file.
    pub convert: bool,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self { max_pixels: 1 << 28, max_bytes: 4 << 30, background: [1.0; 3], convert: true }
    }
}

/// A picture and what its file says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The picture, upright, opaque, in sRGB codes: grey if the file is grey (and the background too, where it shows),
    /// else RGB. Integer samples lie in `[0, 1]`; float samples are taken as they are.
    pub image: Image<Encoded>,
    /// What the file says, and what was done.
    pub info: SourceInfo,
}

/// Reads a picture from a file. Its content decides the format; a wrong extension is a [`Warning`].
///
/// # Errors
///
/// [`DecodeError::Io`] if the file cannot be read, else as [`decode`].
pub fn read(path: impl AsRef<Path>, options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    let path = path.as_ref();
    let file = File::open(path).map_err(|source| DecodeError::Io { source })?;
    let mut decoded = read_from(file, options)?;
    let found = decoded.info.format;
    if let Some(named) = Format::from_path(path)
        && named != found
    {
        decoded.info.warnings.push(Warning::WrongExtension { named, found });
    }
    Ok(decoded)
}

/// Reads a picture from a stream, such as standard input, up to its end.
///
/// # Errors
///
/// [`DecodeError::Io`] if reading fails, [`DecodeError::TooManyBytes`] if the stream is longer than
/// [`DecodeOptions::max_bytes`], else as [`decode`].
pub fn read_from(stream: impl Read, options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    let mut bytes = Vec::new();
    let limit = options.max_bytes;
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|source| DecodeError::Io { source })?;
    if bytes.len() as u64 > limit {
        return Err(DecodeError::TooManyBytes { bytes: bytes.len() as u64, max_bytes: limit });
    }
    decode(&bytes, options)
}

/// Makes a picture of a file's bytes.
///
/// Orientation is applied, the ICC profile converted to sRGB, alpha composited in linear light on
/// [`DecodeOptions::background`].
///
/// ```
/// use nearfar_image::{Channels, Image, Size, codec};
///
/// let image = Image::filled(Size::new(3, 2)?, Channels::Grey, 0.2);
/// let png = codec::encode(&image, &codec::EncodeOptions::new(codec::Format::Png))?;
/// let decoded = codec::decode(&png, &codec::DecodeOptions::default())?;
/// assert_eq!(decoded.image, image); // 0.2 is 51/255
/// assert_eq!(decoded.info.bits, 8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Every [`DecodeError`] but [`DecodeError::Io`]; limits are checked in the header, before anything is allocated.
pub fn decode(bytes: &[u8], options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    let Some(format) = Format::from_bytes(bytes) else {
        return Err(
            Format::unreadable(bytes).map_or(DecodeError::UnknownFormat, |name| DecodeError::UnreadableFormat { name })
        );
    };
    guarded(format, || decode_as(format, bytes, options))
}

fn decode_as(format: Format, bytes: &[u8], options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    let limits = Limits { max_pixels: options.max_pixels, max_bytes: options.max_bytes };
    let mut raw = match format {
        Format::Png => read_png::read(bytes, limits)?,
        Format::Jpeg => read_jpeg::read(bytes, limits)?,
        Format::Tiff => read_tiff::read(bytes, limits)?,
        _ => read_other::read(bytes, format, limits)?,
    };
    let orientation = take_orientation(&mut raw);
    let mut info = SourceInfo {
        format,
        color: raw.color,
        bits: raw.bits,
        had_alpha: raw.layout.alpha != Alpha::None,
        orientation,
        icc: raw.metadata.icc.take(),
        profile: None,
        converted: false,
        exif: raw.metadata.exif.take(),
        xmp: raw.metadata.xmp.take().and_then(|xmp| String::from_utf8(xmp).ok()),
        text: std::mem::take(&mut raw.metadata.text),
        warnings: Vec::new(),
    };
    if raw.metadata.more {
        info.warnings.push(Warning::OnlyFirst);
    }
    let conversion = choose_conversion(&mut info, raw.layout.color, options.convert);
    let image = develop(&raw, Walk::new(raw.size, orientation), conversion.as_ref(), options.background)
        .ok_or(DecodeError::NotFinite { format })?;
    if matches!(raw.samples, Samples::F32(_)) {
        let percent = 100.0 * image.count_outside() as f32 / image.samples().len() as f32;
        if percent > 0.0 {
            info.warnings.push(Warning::OutOfRange { percent });
        }
    }
    Ok(Decoded { image, info })
}

/// The orientation to apply, set to upright in the EXIF block.
fn take_orientation(raw: &mut Raw) -> u8 {
    let mut in_exif = None;
    if let Some(exif) = &mut raw.metadata.exif {
        // Some programs put JPEG's prefix into other formats too.
        if exif.starts_with(b"Exif\0\0") {
            exif.drain(..6);
        }
        in_exif = Orientation::remove_from_exif_chunk(exif).map(Orientation::to_exif);
    }
    raw.metadata.orientation.or(in_exif).filter(|o| (1..=8).contains(o)).unwrap_or(1)
}

/// The conversion to sRGB that is to be made, if any.
fn choose_conversion(info: &mut SourceInfo, color: Colorants, convert: bool) -> Option<Conversion> {
    let profile = info.icc.as_deref().and_then(Profile::parse);
    info.profile = profile.as_ref().and_then(Profile::description);
    let cmyk = color == Colorants::Cmyk;
    if !convert && !cmyk {
        return None;
    }
    let usable = profile.filter(|profile| profile.fits(color));
    let srgb = usable.as_ref().is_some_and(|profile| profile.is_srgb(color));
    let conversion = usable.filter(|_| !srgb).and_then(|profile| profile.conversion(color));
    if info.icc.is_some() && !srgb && conversion.is_none() {
        info.warnings.push(Warning::UnusableProfile);
    }
    if cmyk && conversion.is_none() {
        info.warnings.push(Warning::ApproximateCmyk);
    }
    info.converted = conversion.is_some();
    conversion
}
