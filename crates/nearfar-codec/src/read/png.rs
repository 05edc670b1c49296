//! PNG in.

use std::io::{Cursor, ErrorKind};

use super::stored::{Metadata, Samples, Stored};
use crate::{
    error::{Damage, DecodeError},
    format::Format,
    info::SourceColor,
    layout::Layout,
    limits::{Limits, room},
    xmp,
};

const FORMAT: Format = Format::Png;
/// Longest text that is unpacked, so that a small chunk cannot fill the memory.
const MAX_TEXT_BYTES: usize = 16 << 20;

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    let allowed = png::Limits { bytes: usize::try_from(limits.max_bytes).unwrap_or(usize::MAX) };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), allowed);
    // Palettes and fewer than 8 bits become 8 bits; 16 bits stay.
    decoder.set_transformations(png::Transformations::EXPAND);
    let header = decoder.read_header_info().map_err(error)?;
    let (width, height) = (u64::from(header.width), u64::from(header.height));
    // The least that these pixels can take, checked before the other chunks are unpacked.
    limits.check(FORMAT, width, height, Layout::GREY, 1)?;

    let mut reader = decoder.read_info().map_err(error)?;
    let (color_type, depth) = reader.output_color_type();
    let layout = match color_type {
        png::ColorType::Grayscale => Layout::GREY,
        png::ColorType::GrayscaleAlpha => Layout::GREY.with_alpha(),
        png::ColorType::Rgb => Layout::RGB,
        png::ColorType::Rgba => Layout::RGB.with_alpha(),
        png::ColorType::Indexed => return Err(damaged(Damage::NoPalette)),
    };
    let wide = depth == png::BitDepth::Sixteen;
    let size = limits.check(FORMAT, width, height, layout, if wide { 2 } else { 1 })?;

    let Some(length) = reader.output_buffer_size() else { return Err(damaged(Damage::PlaneSize)) };
    let mut samples = room(length)?;
    reader.next_frame(&mut samples).map_err(error)?;
    // Reads the chunks behind the pixels too: text may stand there, and a file without its end is cut short.
    reader.finish().map_err(error)?;

    let samples = if wide {
        let pairs = samples.as_chunks::<2>().0;
        Samples::U16(pairs.iter().map(|&pair| u16::from_be_bytes(pair)).collect())
    } else {
        Samples::U8(samples)
    };
    let info = reader.info();
    let color = match info.color_type {
        png::ColorType::Grayscale | png::ColorType::GrayscaleAlpha => SourceColor::Grey,
        png::ColorType::Rgb | png::ColorType::Rgba => SourceColor::Rgb,
        png::ColorType::Indexed => SourceColor::Palette,
    };
    Ok(Stored { size, layout, samples, color, bits: info.bit_depth as u8, metadata: metadata(info) })
}

fn metadata(info: &png::Info<'_>) -> Metadata {
    let mut text: Vec<(String, String)> =
        info.uncompressed_latin1_text.iter().map(|chunk| (chunk.keyword.clone(), chunk.text.clone())).collect();
    for chunk in &info.compressed_latin1_text {
        let mut chunk = chunk.clone();
        if chunk.decompress_text_with_limit(MAX_TEXT_BYTES).is_ok()
            && let Ok(unpacked) = chunk.get_text()
        {
            text.push((chunk.keyword, unpacked));
        }
    }
    for chunk in &info.utf8_text {
        let mut chunk = chunk.clone();
        if chunk.decompress_text_with_limit(MAX_TEXT_BYTES).is_ok()
            && let Ok(unpacked) = chunk.get_text()
        {
            text.push((chunk.keyword, unpacked));
        }
    }
    let xmp = text.iter().find(|(keyword, _)| keyword == xmp::PNG_KEYWORD).map(|(_, xmp)| xmp.clone().into_bytes());
    Metadata {
        // A file that says "sRGB" means it, whatever else it carries.
        icc: info.icc_profile.as_ref().filter(|_| info.srgb.is_none()).map(|icc| icc.to_vec()),
        exif: info.exif_metadata.as_ref().map(|exif| exif.to_vec()),
        xmp,
        orientation: None,
        text,
        more: info.animation_control.is_some_and(|animation| animation.num_frames > 1),
    }
}

fn damaged(damage: Damage) -> DecodeError {
    DecodeError::Damaged { format: FORMAT, damage }
}

fn error(error: png::DecodingError) -> DecodeError {
    match error {
        png::DecodingError::IoError(e) if e.kind() == ErrorKind::UnexpectedEof => {
            DecodeError::Truncated { format: FORMAT }
        }
        other => damaged(Damage::Decoder(other.into())),
    }
}
