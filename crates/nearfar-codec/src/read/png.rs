//! Reading PNG.

use std::io::{Cursor, ErrorKind};

use super::{
    png_chunks::first_picture,
    stored::{Metadata, Samples, Stored},
};
use crate::{
    error::{Damage, DecodeError},
    format::Format,
    info::SourceColor,
    layout::Layout,
    limits::{Limits, room},
    profile::ColorNumbers,
    xmp,
};

const FORMAT: Format = Format::Png;
/// Longest text that is decompressed.
const MAX_TEXT_BYTES: usize = 16 << 20;

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    let (bytes, left_out) = first_picture(bytes);
    let read = match read_with(&bytes, limits, true) {
        // Too much text is no reason to refuse the picture.
        Err(Failure::Metadata) => read_with(&bytes, limits, false).map(|mut stored| {
            stored.metadata.incomplete = true;
            stored
        }),
        other => other,
    };
    read.map(|mut stored| {
        stored.metadata.more = left_out.more;
        if left_out.colors && stored.metadata.icc.is_none() {
            // No such colours exist, and it is said that what the file says of them is of no use.
            stored.metadata.colors.get_or_insert(ColorNumbers::CodePoints { primaries: 0, transfer: 0 });
        }
        stored
    })
    .map_err(|failure| match failure {
        Failure::File(error) => error,
        Failure::Metadata => {
            DecodeError::TooManyBytes { bytes: limits.max_bytes.saturating_add(1), max_bytes: limits.max_bytes }
        }
    })
}

/// Why reading failed.
enum Failure {
    /// There is too much metadata.
    Metadata,
    File(DecodeError),
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::File(error)
    }
}

fn read_with(bytes: &[u8], limits: Limits, text: bool) -> Result<Stored, Failure> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    // Palettes and samples of fewer than 8 bits become 8 bits; 16 bits are kept.
    decoder.set_transformations(png::Transformations::EXPAND);
    decoder.set_ignore_text_chunk(!text);
    let header = decoder.read_header_info()?;
    let (width, height) = (u64::from(header.width), u64::from(header.height));
    // The minimum for these pixels, checked before other chunks are decompressed.
    let size = limits.check(FORMAT, width, height, Layout::GREY, 1)?;
    let metadata_bytes = limits.metadata(size.area() as u64);
    // The decoder's limit includes a row of samples, at most 8 bytes per pixel.
    decoder.set_limits(png::Limits { bytes: metadata_bytes.saturating_add(size.width().saturating_mul(8)) });

    let mut reader = decoder.read_info()?;
    let (color_type, depth) = reader.output_color_type();
    let layout = match color_type {
        png::ColorType::Grayscale => Layout::GREY,
        png::ColorType::GrayscaleAlpha => Layout::GREY.with_alpha(),
        png::ColorType::Rgb => Layout::RGB,
        png::ColorType::Rgba => Layout::RGB.with_alpha(),
        png::ColorType::Indexed => return Err(damaged(Damage::NoPalette).into()),
    };
    let wide = depth == png::BitDepth::Sixteen;
    let size = limits.check(FORMAT, width, height, layout, if wide { 2 } else { 1 })?;

    let Some(length) = reader.output_buffer_size() else { return Err(damaged(Damage::PlaneSize).into()) };
    let mut samples = room(length)?;
    reader.next_frame(&mut samples)?;
    // Read the chunks after the pixels too: there may be text, and a file without an end is truncated.
    reader.finish()?;

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
    Ok(Stored { size, layout, samples, color, bits: info.bit_depth as u8, metadata: metadata(info, metadata_bytes) })
}

/// The file's metadata, of which at most `room` bytes are decompressed.
fn metadata(info: &png::Info<'_>, mut room: usize) -> Metadata {
    let mut text: Vec<(String, String)> =
        info.uncompressed_latin1_text.iter().map(|chunk| (chunk.keyword.clone(), chunk.text.clone())).collect();
    let mut incomplete = false;
    let mut keep = |keyword: &str, unpacked: Option<String>, room: &mut usize| match unpacked {
        Some(unpacked) => {
            *room = room.saturating_sub(unpacked.len());
            text.push((keyword.to_owned(), unpacked));
        }
        None => incomplete = true,
    };
    for chunk in &info.compressed_latin1_text {
        let mut chunk = chunk.clone();
        let unpacked = chunk.decompress_text_with_limit(room.min(MAX_TEXT_BYTES)).and_then(|()| chunk.get_text());
        keep(&chunk.keyword, unpacked.ok(), &mut room);
    }
    for chunk in &info.utf8_text {
        let mut chunk = chunk.clone();
        let unpacked = chunk.decompress_text_with_limit(room.min(MAX_TEXT_BYTES)).and_then(|()| chunk.get_text());
        keep(&chunk.keyword, unpacked.ok(), &mut room);
    }
    let xmp = text.iter().find(|(keyword, _)| keyword == xmp::PNG_KEYWORD).map(|(_, xmp)| xmp.clone().into_bytes());
    // An sRGB chunk overrides the others.
    let gamma = (info.srgb.is_none() && (info.gama_chunk.is_some() || info.chrm_chunk.is_some())).then(|| {
        let point = |(x, y): (png::ScaledFloat, png::ScaledFloat)| [x.into_value(), y.into_value()];
        ColorNumbers::Gamma {
            exponent: info.gama_chunk.map(png::ScaledFloat::into_value),
            chromaticities: info.chrm_chunk.map(|c| [c.white, c.red, c.green, c.blue].map(point)),
        }
    });
    let points = info.coding_independent_code_points.map(|points| ColorNumbers::CodePoints {
        primaries: points.color_primaries,
        transfer: points.transfer_function,
    });
    Metadata {
        colors: points.or(gamma),
        // A file with an sRGB chunk means it, whatever else it contains.
        icc: info.icc_profile.as_ref().filter(|_| info.srgb.is_none()).map(|icc| icc.to_vec()),
        exif: info.exif_metadata.as_ref().map(|exif| exif.to_vec()),
        xmp,
        orientation: None,
        text,
        incomplete,
        more: false,
    }
}

fn damaged(damage: Damage) -> DecodeError {
    DecodeError::Damaged { format: FORMAT, damage }
}

impl From<png::DecodingError> for Failure {
    fn from(error: png::DecodingError) -> Self {
        Self::File(match error {
            png::DecodingError::LimitsExceeded => return Self::Metadata,
            png::DecodingError::IoError(e) if e.kind() == ErrorKind::UnexpectedEof => {
                DecodeError::Truncated { format: FORMAT }
            }
            other => damaged(Damage::Decoder(other.into())),
        })
    }
}
