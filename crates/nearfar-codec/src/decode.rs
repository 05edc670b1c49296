//! Decoding: from a file's bytes to a picture.

use image::metadata::Orientation;
use nearfar_image::{Encoded, Image, check_background};

use crate::{
    develop::{Developed, develop},
    error::DecodeError,
    format::Format,
    info::{SourceInfo, Warning},
    layout::Colorants,
    limits::Limits,
    orientation::Upright,
    panics::guarded,
    profile::{ColorNumbers, Conversion, Profile},
    read::{self, Samples, Stored},
    xmp,
};

/// How to read a file.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct DecodeOptions {
    /// Limit on the pixels of a file, checked in its header before anything is allocated. Default 2^28, 268 megapixels.
    pub max_pixels: u64,
    /// Limit on the memory for reading, in bytes: the file's samples and the picture's. Default 4 GiB.
    pub max_bytes: u64,
    /// Background of transparent places: red, green and blue sRGB codes in `[0, 1]`. Default white.
    pub background: [f32; 3],
    /// Convert from the file's ICC profile to sRGB. Default true; false keeps grey and RGB codes as they are in the file.
    pub convert: bool,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self { max_pixels: 1 << 28, max_bytes: 4 << 30, background: [1.0; 3], convert: true }
    }
}

/// A picture, and what its file says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The picture, upright, opaque, in sRGB codes: grey if the file is grey (and the background too, where it is
    /// visible), otherwise RGB. Integer samples are in `[0, 1]`; float samples are kept as they are.
    pub image: Image<Encoded>,
    /// What the file says, and what was done on reading.
    pub info: SourceInfo,
}

/// Share of pixels with colours outside sRGB above which a warning is given.
const NOTED_SHARE: f64 = 0.001;

/// Decodes a file's bytes to a picture.
///
/// Orientation is applied, the ICC profile converted to sRGB, and alpha composited in linear light on
/// [`DecodeOptions::background`].
///
/// ```
/// use nearfar_codec::{DecodeOptions, decode};
///
/// let decoded = decode(b"P2 3 1 255 0 51 255", &DecodeOptions::default())?;
/// assert_eq!(decoded.image.samples(), [0.0, 0.2, 1.0]);
/// assert_eq!(decoded.info.bits, 8);
/// # Ok::<(), nearfar_codec::DecodeError>(())
/// ```
///
/// # Errors
///
/// Every [`DecodeError`] except [`DecodeError::Io`]; limits are checked in the header, before anything is allocated.
pub fn decode(bytes: &[u8], options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    check_background(options.background).map_err(|_| DecodeError::Background { background: options.background })?;
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
    let mut stored = read::read(format, bytes, limits)?;
    let packet = stored.metadata.xmp.take();
    let too_much = stored.metadata.incomplete || packet.as_ref().is_some_and(|packet| packet.len() > xmp::MAX_BYTES);
    let packet =
        packet.filter(|packet| packet.len() <= xmp::MAX_BYTES).and_then(|packet| String::from_utf8(packet).ok());
    let orientation = take_orientation(&mut stored, packet.as_deref());
    let mut info = SourceInfo {
        format,
        color: stored.color,
        bits: stored.bits,
        had_alpha: stored.layout.alpha.is_some(),
        orientation,
        icc: stored.metadata.icc.take(),
        profile: None,
        converted: false,
        outside_srgb: 0.0,
        exif: stored.metadata.exif.take(),
        xmp: packet,
        text: std::mem::take(&mut stored.metadata.text),
        warnings: Vec::new(),
    };
    if stored.metadata.more {
        info.warnings.push(Warning::OnlyFirst);
    }
    if too_much {
        info.warnings.push(Warning::TooMuchMetadata);
    }
    let conversion = choose_conversion(&mut info, stored.metadata.colors, stored.layout.color, options.convert);
    let upright = Upright::new(stored.size, orientation);
    let developed = develop(&stored, upright, conversion.as_ref(), options.background)?;
    let Some(Developed { image, outside_srgb }) = developed else { return Err(DecodeError::NotFinite { format }) };
    info.outside_srgb = outside_srgb as f64 / stored.size.area() as f64;
    if info.outside_srgb > NOTED_SHARE {
        info.warnings.push(Warning::OutsideSrgb { percent: 100.0 * info.outside_srgb as f32 });
    }
    if matches!(stored.samples, Samples::F32(_)) {
        let percent = 100.0 * image.count_outside() as f32 / image.samples().len() as f32;
        if percent > 0.0 {
            info.warnings.push(Warning::OutOfRange { percent });
        }
    }
    Ok(Decoded { image, info })
}

/// Returns the orientation to apply and sets it to upright in the EXIF block; if EXIF has none, that of the XMP packet
/// counts.
fn take_orientation(stored: &mut Stored, packet: Option<&str>) -> u8 {
    let mut in_exif = None;
    if let Some(exif) = &mut stored.metadata.exif {
        // Some programs put JPEG's prefix into other formats too.
        if exif.starts_with(b"Exif\0\0") {
            exif.drain(..6);
        }
        in_exif = Orientation::remove_from_exif_chunk(exif).map(Orientation::to_exif);
    }
    let told = stored.metadata.orientation.or(in_exif).filter(|o| (1..=8).contains(o));
    told.or_else(|| xmp::orientation(packet?)).unwrap_or(1)
}

/// The conversion to sRGB that is to be made, if any.
fn choose_conversion(
    info: &mut SourceInfo,
    numbers: Option<ColorNumbers>,
    color: Colorants,
    convert: bool,
) -> Option<Conversion> {
    let profile = info.icc.as_deref().and_then(Profile::parse);
    info.profile = profile.as_ref().and_then(Profile::description);
    let cmyk = color == Colorants::Cmyk;
    if !convert && !cmyk {
        return None;
    }
    let numbers = numbers.filter(|numbers| info.icc.is_none() || matches!(numbers, ColorNumbers::CodePoints { .. }));
    let told = info.icc.is_some() || numbers.is_some();
    let usable = match numbers {
        Some(numbers) => Profile::from_numbers(numbers, color),
        None => profile.filter(|profile| profile.fits(color)),
    };
    let srgb = usable.as_ref().is_some_and(|profile| profile.is_srgb(color));
    let conversion = usable.filter(|_| !srgb).and_then(|profile| profile.conversion(color));
    if told && !srgb && conversion.is_none() {
        info.warnings.push(Warning::UnusableProfile);
    }
    if cmyk && conversion.is_none() {
        info.warnings.push(Warning::ApproximateCmyk);
    }
    info.converted = conversion.is_some();
    conversion
}
