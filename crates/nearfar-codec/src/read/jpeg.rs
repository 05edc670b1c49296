//! JPEG in.

use zune_jpeg::{
    JpegDecoder,
    errors::DecodeErrors,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::stored::{Metadata, Samples, Stored};
use crate::{
    error::{Damage, DecodeError, Variant},
    format::Format,
    info::SourceColor,
    layout::Layout,
    limits::{Limits, room},
};

const FORMAT: Format = Format::Jpeg;

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    // Strict, because the alternative is grey where the damaged part of a picture was, without a word.
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(error)?;
    let Some((width, height)) = decoder.dimensions() else { return Err(damaged(Damage::NoFrame)) };

    let stored = decoder.input_colorspace();
    let (layout, wanted, color) = match stored {
        Some(ColorSpace::Luma) => (Layout::GREY, ColorSpace::Luma, SourceColor::Grey),
        Some(ColorSpace::YCbCr | ColorSpace::RGB) => (Layout::RGB, ColorSpace::RGB, SourceColor::Rgb),
        Some(space @ (ColorSpace::CMYK | ColorSpace::YCCK)) => (Layout::CMYK, space, SourceColor::Cmyk),
        _ => return Err(unsupported(Variant::ColorSpace)),
    };
    let size = limits.check(FORMAT, width as u64, height as u64, layout, 1)?;
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    if !segments(bytes).any(|(marker, _)| marker == END) {
        return Err(DecodeError::Truncated { format: FORMAT });
    }
    if segments(bytes).any(|(marker, body)| is_frame(marker) && samples_colours_finer(body)) {
        return Err(unsupported(Variant::FineColors));
    }

    let mut samples = room(size.area() * layout.count())?;
    decoder.decode_into(&mut samples).map_err(error)?;
    if stored == Some(ColorSpace::YCCK) {
        samples.as_chunks_mut::<4>().0.iter_mut().for_each(ycck_to_cmyk);
    }
    let metadata = Metadata {
        icc: decoder.icc_profile(),
        exif: decoder.exif().cloned(),
        xmp: decoder.xmp().cloned(),
        ..Metadata::default()
    };
    Ok(Stored { size, layout, samples: Samples::U8(samples), color, bits: 8, metadata })
}

/// Adobe's YCCK: the YCbCr of the inks' own complement, and black as it is.
fn ycck_to_cmyk(pixel: &mut [u8; 4]) {
    let [y, cb, cr, _] = pixel.map(f32::from);
    let (cb, cr) = (cb - 128.0, cr - 128.0);
    let rgb = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
    for (ink, light) in pixel.iter_mut().zip(rgb) {
        *ink = 255 - light.round() as u8;
    }
}

/// The marker at the end: the decoder fills what is missing with grey.
const END: u8 = 0xd9;

/// Markers and, where they have one, what stands in their segments.
///
/// Segments are stepped over by their length, so that those of a thumbnail inside one do not count.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        loop {
            let &[lead, marker] = bytes.get(at..at + 2)?.first_chunk()?;
            match (lead, marker) {
                (0xff, END) => {
                    at = bytes.len();
                    return Some((END, &[][..]));
                }
                // Fill bytes, stuffed zeros, restart markers and entropy-coded data.
                (0xff, 0x00 | 0x01 | 0xd0..=0xd8) => at += 2,
                (0xff, 0xff) => at += 1,
                (0xff, _) => {
                    let start = at + 4;
                    let length = u16::from_be_bytes(*bytes.get(at + 2..)?.first_chunk()?);
                    at += 2 + usize::from(length);
                    return Some((marker, bytes.get(start..at).unwrap_or_default()));
                }
                _ => at += 1,
            }
        }
    })
}

/// Whether a segment says how a picture is stored.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Whether a frame's first component has fewer samples than another one, in either direction: the decoder panics on such
/// files (<https://github.com/etemesi254/zune-image/issues/362>), and no camera or program writes them.
fn samples_colours_finer(frame: &[u8]) -> bool {
    let factors = frame.get(6..).unwrap_or_default().chunks_exact(3).map(|component| component[1]);
    let (across, down): (Vec<u8>, Vec<u8>) = factors.map(|both| (both >> 4, both & 15)).unzip();
    let first_is_most = |factors: &[u8]| factors.first() == factors.iter().max();
    !(first_is_most(&across) && first_is_most(&down))
}

fn damaged(damage: Damage) -> DecodeError {
    DecodeError::Damaged { format: FORMAT, damage }
}

fn unsupported(variant: Variant) -> DecodeError {
    DecodeError::Unsupported { format: FORMAT, variant }
}

fn error(error: DecodeErrors) -> DecodeError {
    match error {
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => DecodeError::Truncated { format: FORMAT },
        DecodeErrors::Unsupported(what) => unsupported(Variant::Decoder(format!("{what:?}").to_lowercase().into())),
        other => damaged(Damage::Decoder(other.into())),
    }
}
