//! The formats that are read through the `image` crate.

use std::{
    error::Error,
    io::{self, Cursor},
};

use image::{ColorType, ExtendedColorType, ImageDecoder, ImageError, codecs};

use super::{
    gif,
    stored::{Metadata, Samples, Stored},
};
use crate::{
    error::{Damage, DecodeError, Variant},
    format::Format,
    info::SourceColor,
    layout::Layout,
    limits::{Limits, room},
};

pub(crate) fn read(bytes: &[u8], format: Format, limits: Limits) -> Result<Stored, DecodeError> {
    let stream = Cursor::new(bytes);
    let error = |e| error(format, limits, e);
    match format {
        Format::WebP => {
            // The animation decoder is used for the first frame only.
            let declared =
                bytes.get(4..8).and_then(|length| length.first_chunk()).map(|&length| u32::from_le_bytes(length));
            if declared.is_some_and(|length| bytes.len() as u64 - 8 < u64::from(length)) {
                return Err(DecodeError::Truncated { format });
            }
            let decoder = codecs::webp::WebPDecoder::new(stream).map_err(error)?;
            let more = decoder.has_animation();
            load(decoder, format, limits).map(|stored| with_more(stored, more))
        }
        Format::Gif => {
            let decoder = codecs::gif::GifDecoder::new(stream).map_err(error)?;
            let (width, height) = decoder.dimensions();
            // A frame that does not fill the screen is decoded into a second buffer: two bytes per sample.
            let size = limits.check(format, width.into(), height.into(), Layout::RGB.with_alpha(), 2)?;
            if !gif::can_hold(bytes, size.area()) {
                return Err(DecodeError::Damaged { format, damage: Damage::TooFewBytes });
            }
            let stored = load(decoder, format, limits)?;
            Ok(with_more(stored, gif::has_several_pictures(bytes)))
        }
        Format::Bmp => load(codecs::bmp::BmpDecoder::new(stream).map_err(error)?, format, limits),
        Format::Qoi => load(codecs::qoi::QoiDecoder::new(stream).map_err(error)?, format, limits),
        Format::Farbfeld => load(codecs::farbfeld::FarbfeldDecoder::new(stream).map_err(error)?, format, limits),
        Format::Pnm => load(codecs::pnm::PnmDecoder::new(stream).map_err(error)?, format, limits),
        Format::Png | Format::Jpeg | Format::Tiff | Format::JpegXl => unreachable!("{format} has a reader of its own"),
    }
}

fn with_more(mut stored: Stored, more: bool) -> Stored {
    stored.metadata.more = more;
    stored
}

fn load(mut decoder: impl ImageDecoder, format: Format, limits: Limits) -> Result<Stored, DecodeError> {
    let error = |e| error(format, limits, e);
    let (layout, wide) = match decoder.color_type() {
        ColorType::L8 => (Layout::GREY, false),
        ColorType::La8 => (Layout::GREY.with_alpha(), false),
        ColorType::Rgb8 => (Layout::RGB, false),
        ColorType::Rgba8 => (Layout::RGB.with_alpha(), false),
        ColorType::L16 => (Layout::GREY, true),
        ColorType::La16 => (Layout::GREY.with_alpha(), true),
        ColorType::Rgb16 => (Layout::RGB, true),
        ColorType::Rgba16 => (Layout::RGB.with_alpha(), true),
        _ => return Err(DecodeError::Unsupported { format, variant: Variant::SampleKind }),
    };
    let (width, height) = decoder.dimensions();
    let size = limits.check(format, width.into(), height.into(), layout, if wide { 2 } else { 1 })?;
    let mut allowed = image::Limits::no_limits();
    allowed.max_alloc = Some(limits.max_bytes);
    decoder.set_limits(allowed).map_err(error)?;

    let metadata = Metadata {
        // A damaged block of metadata is no reason to refuse the picture.
        icc: decoder.icc_profile().ok().flatten(),
        exif: decoder.exif_metadata().ok().flatten(),
        xmp: decoder.xmp_metadata().ok().flatten(),
        ..Metadata::default()
    };
    let (color, bits) = stored_as(decoder.original_color_type(), format);
    let mut samples = room(size.area() * layout.count() * if wide { 2 } else { 1 })?;
    decoder.read_image(&mut samples).map_err(error)?;
    let samples = if wide {
        Samples::U16(samples.as_chunks::<2>().0.iter().map(|&pair| u16::from_ne_bytes(pair)).collect())
    } else {
        Samples::U8(samples)
    };
    Ok(Stored { size, layout, samples, color, bits, metadata })
}

/// The colour representation in the file, and its number of bits.
fn stored_as(color: ExtendedColorType, format: Format) -> (SourceColor, u8) {
    let bits = (color.bits_per_pixel() / u16::from(color.channel_count())) as u8;
    match color {
        _ if format == Format::Gif => (SourceColor::Palette, 8),
        ExtendedColorType::L1
        | ExtendedColorType::L2
        | ExtendedColorType::L4
        | ExtendedColorType::L8
        | ExtendedColorType::La8
        | ExtendedColorType::L16
        | ExtendedColorType::La16 => (SourceColor::Grey, bits),
        _ => (SourceColor::Rgb, bits),
    }
}

fn error(format: Format, limits: Limits, error: ImageError) -> DecodeError {
    if is_end_of_file(&error) {
        return DecodeError::Truncated { format };
    }
    match error {
        ImageError::Limits(_) => {
            DecodeError::TooManyBytes { bytes: limits.max_bytes.saturating_add(1), max_bytes: limits.max_bytes }
        }
        ImageError::Unsupported(e) => DecodeError::Unsupported { format, variant: Variant::Decoder(e.into()) },
        other => DecodeError::Damaged { format, damage: Damage::Decoder(other.into()) },
    }
}

fn is_end_of_file(error: &(dyn Error + 'static)) -> bool {
    let here = error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::UnexpectedEof);
    here || error.source().is_some_and(is_end_of_file)
}
