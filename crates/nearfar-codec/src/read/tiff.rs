//! TIFF in: the first page.

use std::io::{Cursor, ErrorKind};

use tiff::{
    ColorType, TiffError, TiffResult,
    decoder::{Decoder, DecodingResult},
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
/// Longest tag that is read: profiles are of this order, pixels are not tags.
const MAX_TAG_BYTES: usize = 16 << 20;
/// `ExtraSamples` of colours that are multiplied by alpha already.
const ASSOCIATED_ALPHA: u16 = 1;

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    let error = |e| error(limits, e);
    let mut allowed = tiff::decoder::Limits::default();
    allowed.decoding_buffer_size = usize::try_from(limits.max_bytes).unwrap_or(usize::MAX);
    allowed.intermediate_buffer_size = allowed.decoding_buffer_size;
    allowed.ifd_value_size = MAX_TAG_BYTES;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(error)?.with_limits(allowed);

    let (width, height) = decoder.dimensions().map_err(error)?;
    let color_type = decoder.colortype().map_err(error)?;
    let extra: TiffResult<Option<Vec<u16>>> = decoder.find_tag_unsigned_vec(Tag::ExtraSamples);
    let premultiplied = extra.ok().flatten().is_some_and(|extra| extra.first() == Some(&ASSOCIATED_ALPHA));
    let (mut layout, color) = match color_type {
        ColorType::Gray(_) => (Layout::GREY, SourceColor::Grey),
        ColorType::Multiband { num_samples: 2, .. } => (Layout::GREY.with_alpha(), SourceColor::Grey),
        ColorType::RGB(_) => (Layout::RGB, SourceColor::Rgb),
        ColorType::RGBA(_) => (Layout::RGB.with_alpha(), SourceColor::Rgb),
        ColorType::CMYK(_) => (Layout::CMYK, SourceColor::Cmyk),
        _ => return Err(unsupported(Variant::ColorSpace)),
    };
    if premultiplied && layout.alpha.is_some() {
        layout.alpha = Some(Alpha::Premultiplied);
    }
    let bits = color_type.bit_depth();
    if !matches!((bits, layout), (8 | 16 | 32 | 64, _) | (1 | 2 | 4, Layout::GREY)) {
        return Err(unsupported(Variant::SampleBits { bits }));
    }
    let size = limits.check(FORMAT, width.into(), height.into(), layout, u64::from(bits).div_ceil(8))?;
    let metadata = Metadata {
        // A TIFF file is its own EXIF block.
        exif: Exif::read(bytes).map(|exif| exif.to_block()),
        xmp: decoder.get_tag_u8_vec(Tag::Unknown(xmp::TIFF_TAG)).ok(),
        more: decoder.more_images(),
        icc: decoder.get_tag_u8_vec(Tag::IccProfile).ok(),
        orientation: decoder.find_tag_unsigned(Tag::Orientation).ok().flatten(),
        ..Metadata::default()
    };

    let mut buffer = DecodingResult::U8(Vec::new());
    let stored = decoder.read_image_to_buffer(&mut buffer).map_err(error)?;
    let mut samples = match buffer {
        DecodingResult::U8(samples) if bits < 8 => Samples::U8(unpack(&samples, size.width(), bits)),
        DecodingResult::U8(samples) => Samples::U8(interleave(samples, stored.planes)),
        DecodingResult::U16(samples) => Samples::U16(interleave(samples, stored.planes)),
        DecodingResult::U32(samples) => to_f32(samples, stored.planes, |v| (f64::from(v) / f64::from(u32::MAX)) as f32),
        DecodingResult::F16(samples) => to_f32(samples, stored.planes, |v| v.to_f32()),
        DecodingResult::F32(samples) => Samples::F32(interleave(samples, stored.planes)),
        DecodingResult::F64(samples) => to_f32(samples, stored.planes, |v| v as f32),
        _ => return Err(unsupported(Variant::SampleKind)),
    };
    if samples.len() != size.area() * layout.count() {
        return Err(DecodeError::Damaged { format: FORMAT, damage: Damage::PlaneSize });
    }
    if layout == Layout::CMYK {
        samples.complement();
    }
    Ok(Stored { size, layout, samples, color, bits, metadata })
}

/// Grey samples of fewer than 8 bits, packed into bytes row by row, as 8 bits.
fn unpack(packed: &[u8], width: usize, bits: u8) -> Vec<u8> {
    let per_byte = usize::from(8 / bits);
    let top = u8::MAX >> (8 - bits);
    let sample = |byte: u8, i: usize| (byte >> (8 - bits as usize * (i + 1))) & top;
    let row_bytes = width.div_ceil(per_byte);
    let rows = packed.chunks_exact(row_bytes);
    rows.flat_map(|row| (0..width).map(move |x| sample(row[x / per_byte], x % per_byte) * (u8::MAX / top))).collect()
}

/// Samples that may be stored plane after plane, pixel after pixel.
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
        other => DecodeError::Damaged { format: FORMAT, damage: Damage::Decoder(other.into()) },
    }
}
