//! Reading TIFF: the first page.

use std::{
    io::{Cursor, ErrorKind},
    ops::Range,
};

use tiff::{
    ColorType, TiffError, TiffResult,
    decoder::{ChunkType, Decoder, DecodingResult},
    tags::Tag,
};

use super::stored::{Metadata, Samples, Stored};
use crate::{
    error::{Damage, DecodeError, Variant},
    exif::Exif,
    format::Format,
    info::SourceColor,
    layout::{Alpha, Layout},
    limits::Limits,
    xmp,
};

const FORMAT: Format = Format::Tiff;
/// Longest tag that is read: enough for profiles; pixels are not tags.
const MAX_TAG_BYTES: usize = 16 << 20;
/// `ExtraSamples` value for anything besides colours, such as a mask.
const UNSPECIFIED: u16 = 0;
/// `ExtraSamples` value for premultiplied colours.
const ASSOCIATED_ALPHA: u16 = 1;
/// `PhotometricInterpretation` values for greys, and for palette indices.
const BLACK_IS_ZERO: u16 = 1;
const PALETTE: u16 = 3;
/// `PlanarConfiguration` value for separate colour planes.
const SEPARATE: u16 = 2;
/// `FillOrder` value for bytes whose first pixel is in the lowest bit.
const RIGHT_TO_LEFT: u16 = 2;

const UNCOMPRESSED: u16 = 1;
const LZW: u16 = 5;
const JPEG: u16 = 7;
/// Supported values of `Compression`: none, CCITT group 4, LZW, JPEG, deflate (two values), PackBits, WebP.
const COMPRESSIONS: [u16; 8] = [UNCOMPRESSED, 4, LZW, JPEG, 8, 32946, 32773, 50001];

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    let error = |e| error(limits, e);
    let mut decoder = open(bytes, limits)?;
    let number = |decoder: &mut Decoder<Cursor<&[u8]>>, tag| decoder.find_tag_unsigned::<u16>(tag).ok().flatten();
    let compression = number(&mut decoder, Tag::Compression).unwrap_or(UNCOMPRESSED);
    if !COMPRESSIONS.contains(&compression) {
        return Err(unsupported(Variant::Compression { code: compression }));
    }
    let chunks = chunks(&mut decoder, bytes.len());
    if compression == LZW && chunks.first().is_some_and(|first| is_old_lzw(&bytes[first.clone()])) {
        return Err(unsupported(Variant::OldLzw));
    }

    // The decoder supports neither palettes nor reversed bit order: it gets a copy without these.
    let palette = number(&mut decoder, Tag::PhotometricInterpretation) == Some(PALETTE);
    let reversed = number(&mut decoder, Tag::FillOrder) == Some(RIGHT_TO_LEFT) && compression != JPEG;
    let mut copy;
    if palette || reversed {
        copy = bytes.to_vec();
        if palette && patch(&mut copy, Tag::PhotometricInterpretation, BLACK_IS_ZERO).is_none() {
            return Err(unsupported(Variant::ColorSpace));
        }
        if reversed {
            let mut done = 0;
            for chunk in chunks {
                // Chunks may overlap; each byte is reversed only once.
                let start = chunk.start.max(done).min(chunk.end);
                done = done.max(chunk.end);
                copy[start..chunk.end].iter_mut().for_each(|byte| *byte = byte.reverse_bits());
            }
        }
        decoder = open(&copy, limits)?;
    }

    let (width, height) = decoder.dimensions().map_err(error)?;
    let color_type = decoder.colortype().map_err(error)?;
    let bits = color_type.bit_depth();
    let extra: TiffResult<Option<Vec<u16>>> = decoder.find_tag_unsigned_vec(Tag::ExtraSamples);
    let alpha = match (extra.ok().flatten().as_deref(), color_type) {
        (Some([ASSOCIATED_ALPHA, ..]), _) => Some(Alpha::Premultiplied),
        // Other extra samples are not visible. A fourth sample besides RGB is left undeclared only by programs that
        // mean alpha; one besides grey may be anything.
        (Some([UNSPECIFIED, ..]), _) | (None, ColorType::Multiband { .. }) => None,
        _ => Some(Alpha::Straight),
    };
    let (layout, color) = match color_type {
        ColorType::Gray(1 | 2 | 4 | 8 | 16) if palette => (Layout::RGB, SourceColor::Palette),
        ColorType::Gray(_) => (Layout::GREY, SourceColor::Grey),
        ColorType::Multiband { .. } => (Layout { alpha, ..Layout::GREY }, SourceColor::Grey),
        ColorType::RGB(_) => (Layout::RGB, SourceColor::Rgb),
        ColorType::YCbCr(8) => (Layout::RGB, SourceColor::Rgb),
        ColorType::RGBA(_) => (Layout { alpha, ..Layout::RGB }, SourceColor::Rgb),
        ColorType::CMYK(_) => (Layout::CMYK, SourceColor::Cmyk),
        _ => return Err(unsupported(Variant::ColorSpace)),
    };
    if !matches!((bits, color_type), (8 | 16 | 32 | 64, _) | (1 | 2 | 4, ColorType::Gray(_))) {
        return Err(unsupported(Variant::SampleBits { bits }));
    }
    // The decoder (tiff 0.11.3) returns rows of half the length.
    if compression == JPEG && matches!(color_type, ColorType::Multiband { .. }) {
        return Err(unsupported(Variant::JpegOfTwo));
    }
    // In planes after the first, the decoder (tiff 0.11.3) takes the bottom tiles for whole ones.
    let separate = decoder.find_tag_unsigned::<u16>(Tag::PlanarConfiguration).ok().flatten() == Some(SEPARATE);
    let (_, rows) = decoder.chunk_dimensions();
    if separate && decoder.get_chunk_type() == ChunkType::Tile && !height.is_multiple_of(rows.max(1)) {
        return Err(unsupported(Variant::TilesApart));
    }
    // Colours of a palette have 16 bits.
    let sample_bytes = if palette { 2 } else { u64::from(bits).div_ceil(8) };
    let size = limits.check(FORMAT, width.into(), height.into(), layout, sample_bytes)?;
    let metadata = Metadata {
        // A TIFF file is its own EXIF block.
        exif: Exif::read(bytes).map(|exif| exif.to_block()),
        xmp: decoder.get_tag_u8_vec(Tag::Unknown(xmp::TIFF_TAG)).ok(),
        more: decoder.more_images(),
        icc: match decoder.get_tag_u8_vec(Tag::IccProfile) {
            // The file ends before its profile does: colours would be wrong.
            Err(cut @ TiffError::IoError(_)) => return Err(error(cut)),
            profile => profile.ok(),
        },
        orientation: decoder.find_tag_unsigned(Tag::Orientation).ok().flatten(),
        ..Metadata::default()
    };

    let mut buffer = DecodingResult::U8(Vec::new());
    let stored = decoder.read_image_to_buffer(&mut buffer).map_err(error)?;
    let mut samples = match buffer {
        DecodingResult::U8(samples) if bits < 8 => Samples::U8(unpack(&samples, size.width(), bits, palette)),
        DecodingResult::U8(samples) => Samples::U8(interleave(samples, stored.planes)),
        DecodingResult::U16(samples) => Samples::U16(interleave(samples, stored.planes)),
        DecodingResult::U32(samples) => to_f32(samples, stored.planes, |v| (f64::from(v) / f64::from(u32::MAX)) as f32),
        DecodingResult::F16(samples) => to_f32(samples, stored.planes, |v| v.to_f32()),
        DecodingResult::F32(samples) => Samples::F32(interleave(samples, stored.planes)),
        DecodingResult::F64(samples) => to_f32(samples, stored.planes, |v| v as f32),
        _ => return Err(unsupported(Variant::SampleKind)),
    };
    if samples.len() != size.area() * usize::from(color_type.num_samples()) {
        return Err(damaged(Damage::PlaneSize));
    }
    if palette {
        let colors = decoder.find_tag_unsigned_vec(Tag::ColorMap).map_err(error)?;
        let colors = colors.filter(|colors| colors.len() == 3 << bits).ok_or(damaged(Damage::NoPalette))?;
        samples = look_up(&samples, &colors).ok_or(unsupported(Variant::SampleKind))?;
    } else {
        samples = samples.keep_first(layout.count(), color_type.num_samples().into());
    }
    match (color_type, &mut samples) {
        (ColorType::YCbCr(_), Samples::U8(samples)) => samples.as_chunks_mut().0.iter_mut().for_each(ycbcr_to_rgb),
        (ColorType::CMYK(_), samples) => samples.complement(),
        _ => {}
    }
    Ok(Stored { size, layout, samples, color, bits, metadata })
}

fn open(bytes: &[u8], limits: Limits) -> Result<Decoder<Cursor<&[u8]>>, DecodeError> {
    let mut allowed = tiff::decoder::Limits::default();
    allowed.decoding_buffer_size = usize::try_from(limits.max_bytes).unwrap_or(usize::MAX);
    allowed.intermediate_buffer_size = allowed.decoding_buffer_size;
    allowed.ifd_value_size = MAX_TAG_BYTES;
    Ok(Decoder::new(Cursor::new(bytes)).map_err(|e| error(limits, e))?.with_limits(allowed))
}

/// The ranges of the strips or tiles that lie within the file, in order of their first bytes.
fn chunks(decoder: &mut Decoder<Cursor<&[u8]>>, length: usize) -> Vec<Range<usize>> {
    let mut numbers = |tag| decoder.find_tag_unsigned_vec::<usize>(tag).ok().flatten().unwrap_or_default();
    let strips = numbers(Tag::StripOffsets).into_iter().zip(numbers(Tag::StripByteCounts));
    let tiles = numbers(Tag::TileOffsets).into_iter().zip(numbers(Tag::TileByteCounts));
    let ranges = strips.chain(tiles).filter_map(|(at, count)| Some(at..at.checked_add(count)?));
    let mut ranges: Vec<_> = ranges.filter(|range| range.end <= length).collect();
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// Whether data were compressed by early LZW programs, which wrote codes in the reverse bit order.
fn is_old_lzw(data: &[u8]) -> bool {
    matches!(data, [0, second, ..] if second & 1 == 1)
}

/// Changes a tag in the first directory whose value is a single short number; none if there is no such tag.
fn patch(file: &mut [u8], tag: Tag, value: u16) -> Option<()> {
    const SHORT: usize = 3;
    let big_endian = file.starts_with(b"MM");
    let number = |file: &[u8], at: usize, count: usize| {
        let digits = file.get(at..at.checked_add(count)?)?.iter();
        let append = |sum: usize, &byte: &u8| sum << 8 | usize::from(byte);
        Some(if big_endian { digits.fold(0, append) } else { digits.rev().fold(0, append) })
    };
    // Lengths of an offset, of the entry count and of an entry.
    let (address, number_of, entry) = if number(file, 2, 2)? == 43 { (8, 8, 20) } else { (4, 2, 12) };
    let directory = number(file, address, address)?;
    let entries = directory.checked_add(number_of)?;
    for i in 0..number(file, directory, number_of)? {
        let at = entries.checked_add(i.checked_mul(entry)?)?;
        if number(file, at, 2)? == usize::from(tag.to_u16()) {
            let kind = number(file, at + 2, 2)?;
            let place = at + entry - address;
            let value = if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
            return (kind == SHORT).then(|| file.get_mut(place..place + 2).map(|to| to.copy_from_slice(&value)))?;
        }
    }
    None
}

/// The colours for palette indices, from a table of all reds, all greens and all blues; none if the indices are floats.
fn look_up(numbers: &Samples, colors: &[u16]) -> Option<Samples> {
    let area = colors.len() / 3;
    // Some programs write 8 bits instead of 16, others leave the low byte empty: white must be white in either case.
    let low = colors.iter().all(|&v| v < 256);
    let high = colors.iter().all(|&v| v & 0xff == 0);
    let whole = |v: u16| {
        if low {
            v * 257
        } else if high {
            v | v >> 8
        } else {
            v
        }
    };
    let color = |i: usize| [i, area + i, 2 * area + i].map(|at| whole(colors[at]));
    Some(Samples::U16(match numbers {
        Samples::U8(numbers) => numbers.iter().flat_map(|&i| color(i.into())).collect(),
        Samples::U16(numbers) => numbers.iter().flat_map(|&i| color(i.into())).collect(),
        Samples::F32(_) => return None,
    }))
}

/// YCbCr to RGB by Rec. 601, as in JPEG.
fn ycbcr_to_rgb(pixel: &mut [u8; 3]) {
    let [y, cb, cr] = pixel.map(f32::from);
    let (cb, cr) = (cb - 128.0, cr - 128.0);
    *pixel = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb].map(|v| v.round() as u8);
}

/// Unpacks samples of fewer than 8 bits, packed row by row, to 8 bits: indices unchanged, greys scaled to 0 to 255.
fn unpack(packed: &[u8], width: usize, bits: u8, numbers: bool) -> Vec<u8> {
    let per_byte = usize::from(8 / bits);
    let top = u8::MAX >> (8 - bits);
    let scale = if numbers { 1 } else { u8::MAX / top };
    let sample = |byte: u8, i: usize| (byte >> (8 - bits as usize * (i + 1))) & top;
    let row_bytes = width.div_ceil(per_byte);
    let rows = packed.chunks_exact(row_bytes);
    rows.flat_map(|row| (0..width).map(move |x| sample(row[x / per_byte], x % per_byte) * scale)).collect()
}

/// Interleaves samples that are stored plane after plane.
fn interleave<T: Copy>(samples: Vec<T>, planes: usize) -> Vec<T> {
    if planes <= 1 {
        return samples;
    }
    let area = samples.len() / planes;
    (0..area).flat_map(|i| (0..planes).map(move |plane| plane * area + i)).map(|at| samples[at]).collect()
}

fn to_f32<T: Copy>(samples: Vec<T>, planes: usize, scale: impl Fn(T) -> f32) -> Samples {
    Samples::F32(interleave(samples, planes).into_iter().map(scale).collect())
}

fn damaged(damage: Damage) -> DecodeError {
    DecodeError::Damaged { format: FORMAT, damage }
}

fn unsupported(variant: Variant) -> DecodeError {
    DecodeError::Unsupported { format: FORMAT, variant }
}

fn error(limits: Limits, error: TiffError) -> DecodeError {
    match error {
        TiffError::IoError(e) if e.kind() == ErrorKind::UnexpectedEof => DecodeError::Truncated { format: FORMAT },
        TiffError::UnsupportedError(what) => unsupported(Variant::Decoder(what.into())),
        TiffError::LimitsExceeded => {
            DecodeError::TooManyBytes { bytes: limits.max_bytes.saturating_add(1), max_bytes: limits.max_bytes }
        }
        other => damaged(Damage::Decoder(other.into())),
    }
}
