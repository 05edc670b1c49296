//! Reading JPEG.

use zune_jpeg::{
    JpegDecoder,
    errors::DecodeErrors,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::{
    jpeg_segments::{END, Frame, segments, without_junk},
    stored::{Metadata, Samples, Stored},
};
use crate::{
    error::{Damage, DecodeError, Variant},
    format::Format,
    info::SourceColor,
    layout::Layout,
    limits::{Limits, room},
};

const FORMAT: Format = Format::Jpeg;

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    let bytes = &*without_junk(bytes);
    for (marker, body) in segments(bytes) {
        check_frame(marker, body)?;
    }
    // Strict, since otherwise damaged parts of a picture would silently become grey.
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

/// Refuses frame types that the decoder does not support, by their proper names.
fn check_frame(marker: u8, body: &[u8]) -> Result<(), DecodeError> {
    let variant = match Frame::of(marker) {
        None => return Ok(()),
        Some(Frame::Arithmetic) => Variant::Arithmetic,
        Some(Frame::Lossless) => Variant::LosslessJpeg,
        Some(Frame::Hierarchical) => Variant::HierarchicalJpeg,
        Some(Frame::Huffman) => match body.first() {
            Some(&bits) if bits != 8 => Variant::SampleBits { bits },
            _ if has_finer_chroma(body) => Variant::FineColors,
            _ => return Ok(()),
        },
    };
    Err(unsupported(variant))
}

/// Adobe's YCCK to CMYK: YCbCr of the complement of the inks, and black unchanged.
fn ycck_to_cmyk(pixel: &mut [u8; 4]) {
    let [y, cb, cr, _] = pixel.map(f32::from);
    let (cb, cr) = (cb - 128.0, cr - 128.0);
    let rgb = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
    for (ink, light) in pixel.iter_mut().zip(rgb) {
        *ink = 255 - light.round() as u8;
    }
}

/// Whether a frame's first component has fewer samples than another one, in either direction: the decoder panics on
/// such files (<https://github.com/etemesi254/zune-image/issues/362>), and no camera or program writes them.
fn has_finer_chroma(frame: &[u8]) -> bool {
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
