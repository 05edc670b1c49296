//! Reading JPEG XL.

use std::{error::Error, io::Read};

use jxl_oxide::{AllocTracker, InitializeResult, JxlImage, PixelFormat, image::BitDepth};

use super::{
    jxl_boxes::{Boxes, Packed},
    stored::{Metadata, Samples, Stored},
};
use crate::{
    error::{Damage, DecodeError, Variant},
    format::Format,
    info::SourceColor,
    layout::{Alpha, Layout},
    limits::{Limits, room},
    profile::ColorNumbers,
};

const FORMAT: Format = Format::JpegXl;
/// Bytes that contain most headers.
const HEADER: usize = 1 << 10;

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Stored, DecodeError> {
    let error = |e| error(limits, e);
    let boxes = Boxes::of(bytes).ok_or(DecodeError::Truncated { format: FORMAT })?;
    let most = usize::try_from(limits.max_bytes).unwrap_or(usize::MAX);
    let memory = AllocTracker::with_limit(most);
    let (mut decoder, mut rest) = header(&boxes.codestream, memory.clone()).map_err(error)?;

    let header = decoder.image_header();
    let premultiplied = header.metadata.ec_info.iter().find_map(|channel| channel.alpha_associated()) == Some(true);
    let alpha = if premultiplied { Alpha::Premultiplied } else { Alpha::Straight };
    let with_alpha = |layout| Layout { alpha: Some(alpha), ..layout };
    let (layout, color) = match decoder.pixel_format() {
        PixelFormat::Gray => (Layout::GREY, SourceColor::Grey),
        PixelFormat::Graya => (with_alpha(Layout::GREY), SourceColor::Grey),
        PixelFormat::Rgb => (Layout::RGB, SourceColor::Rgb),
        PixelFormat::Rgba => (with_alpha(Layout::RGB), SourceColor::Rgb),
        PixelFormat::Cmyk | PixelFormat::Cmyka => return Err(unsupported(Variant::Inks)),
    };
    let depth = header.metadata.bit_depth;
    let float = matches!(depth, BitDepth::FloatSample { .. });
    let bits = depth.bits_per_sample() as u8;
    let sample_bytes = if float || bits > 16 { 4 } else { u64::from(bits).div_ceil(8) };
    let size = limits.check(FORMAT, decoder.width().into(), decoder.height().into(), layout, sample_bytes)?;
    // The remaining limit is the decoder's.
    let length = size.area() * layout.count();
    memory.shrink_limit(length * (sample_bytes as usize + size_of::<f32>())).map_err(|e| error(e.into()))?;

    while !rest.is_empty() {
        let taken = decoder.feed_bytes(rest).map_err(error)?;
        rest = rest.get(taken.max(1)..).unwrap_or_default();
    }
    if decoder.num_loaded_keyframes() == 0 || !decoder.is_loading_done() {
        return Err(DecodeError::Truncated { format: FORMAT });
    }
    let picture = decoder.render_frame(0).map_err(error)?;
    let mut stream = picture.stream();
    let (samples, written) = match sample_bytes {
        1 => fill(length, |all| stream.write_to_buffer(all)).map(|(all, n)| (Samples::U8(all), n))?,
        2 => fill(length, |all| stream.write_to_buffer(all)).map(|(all, n)| (Samples::U16(all), n))?,
        _ => fill(length, |all| stream.write_to_buffer(all)).map(|(all, n)| (Samples::F32(all), n))?,
    };
    if written != length || stream.channels() as usize != layout.count() {
        return Err(DecodeError::Damaged { format: FORMAT, damage: Damage::PlaneSize });
    }

    let mut metadata = metadata(&boxes, limits.metadata(size.area() as u64));
    match (decoder.original_icc(), decoder.rendered_cicp()) {
        (None, Some([primaries, transfer, ..])) => {
            metadata.colors = Some(ColorNumbers::CodePoints { primaries, transfer });
        }
        // The profile of the decoded picture, which need not be the one in the file.
        _ => metadata.icc = Some(decoder.rendered_icc()),
    }
    metadata.more = decoder.num_loaded_keyframes() > 1;
    Ok(Stored { size, layout, samples, color, bits, metadata })
}

/// The decoder once it has parsed the header, and the bytes that it has not yet seen: it starts decoding at once, and
/// sizes must be checked before.
fn header(codestream: &[u8], tracker: AllocTracker) -> jxl_oxide::Result<(JxlImage, &[u8])> {
    let mut decoder = JxlImage::builder().alloc_tracker(tracker).build_uninit();
    let (mut rest, mut step) = (codestream, HEADER);
    while !rest.is_empty() {
        let taken = decoder.feed_bytes(&rest[..step.min(rest.len())])?;
        rest = rest.get(taken.max(1)..).unwrap_or_default();
        match decoder.try_init()? {
            InitializeResult::Initialized(image) => return Ok((image, rest)),
            // It parses from the start again: growing steps avoid quadratic time for a long header.
            InitializeResult::NeedMoreData(same) => (decoder, step) = (same, 2 * step),
        }
    }
    Err(Box::new(std::io::Error::from(std::io::ErrorKind::UnexpectedEof)))
}

fn fill<T: Copy + Default>(
    length: usize,
    mut write: impl FnMut(&mut [T]) -> usize,
) -> Result<(Vec<T>, usize), DecodeError> {
    let mut all = room(length)?;
    let written = write(&mut all);
    Ok((all, written))
}

/// The file's metadata, of which at most `room` bytes are decompressed.
fn metadata(boxes: &Boxes<'_>, mut room: usize) -> Metadata {
    let mut metadata = Metadata { orientation: Some(UPRIGHT), ..Metadata::default() };
    let mut unpack = |packed: &Option<Packed<'_>>| {
        let unpacked = match packed.as_ref()? {
            Packed::Plain(bytes) => Some(bytes.to_vec()).filter(|bytes| bytes.len() <= room),
            Packed::Brotli(bytes) => {
                let mut unpacked = Vec::new();
                let most = (room as u64).saturating_add(1);
                let decoder = brotli_decompressor::Decompressor::new(*bytes, 4096);
                let whole = decoder.take(most).read_to_end(&mut unpacked).is_ok();
                Some(unpacked).filter(|unpacked| whole && unpacked.len() <= room)
            }
        };
        metadata.incomplete |= unpacked.is_none();
        room -= unpacked.as_ref().map_or(0, Vec::len);
        unpacked
    };
    let exif = unpack(&boxes.exif);
    metadata.xmp = unpack(&boxes.xmp);
    // The block is preceded by its offset, which some programs omit.
    metadata.exif = exif.map(|exif| {
        let block =
            exif.split_first_chunk().and_then(|(before, rest)| rest.get(u32::from_be_bytes(*before) as usize..));
        block.map_or_else(|| exif.clone(), <[u8]>::to_vec)
    });
    metadata
}

/// The decoder rotates the picture as the header says; EXIF orientation is ignored.
const UPRIGHT: u8 = 1;

fn unsupported(variant: Variant) -> DecodeError {
    DecodeError::Unsupported { format: FORMAT, variant }
}

fn error(limits: Limits, error: Box<dyn Error + Send + Sync>) -> DecodeError {
    if is_out_of_memory(&*error) {
        return DecodeError::TooManyBytes { bytes: limits.max_bytes.saturating_add(1), max_bytes: limits.max_bytes };
    }
    let end = |error: &std::io::Error| error.kind() == std::io::ErrorKind::UnexpectedEof;
    if error.downcast_ref().is_some_and(end) {
        return DecodeError::Truncated { format: FORMAT };
    }
    DecodeError::Damaged { format: FORMAT, damage: Damage::Decoder(error) }
}

fn is_out_of_memory(error: &(dyn Error + 'static)) -> bool {
    error.is::<jxl_grid::OutOfMemory>() || error.source().is_some_and(is_out_of_memory)
}
