//! Writing PNG.

use std::borrow::Cow;

use nearfar_image::Channels;

use crate::{
    error::EncodeError,
    format::Format,
    options::{Effort, EncodeOptions, is_latin1},
    page::{Page, Pixels},
    xmp,
};

const FORMAT: Format = Format::Png;

pub(crate) fn write(page: Page, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    // The size check keeps sides below 2^31.
    let mut info = png::Info::with_size(page.size.width() as u32, page.size.height() as u32);
    info.color_type = match page.channels {
        Channels::Grey => png::ColorType::Grayscale,
        Channels::Rgb => png::ColorType::Rgb,
    };
    info.icc_profile = options.icc.as_deref().map(Cow::Borrowed);
    info.srgb = options.icc.is_none().then_some(png::SrgbRenderingIntent::Perceptual);
    info.pixel_dims = options.pixels_per_inch.and_then(pixel_dims);
    info.exif_metadata = options.exif.as_deref().map(Cow::Borrowed);
    let samples = match page.pixels {
        Pixels::U8(samples) => samples,
        Pixels::U16(samples) => {
            info.bit_depth = png::BitDepth::Sixteen;
            samples.iter().flat_map(|v| v.to_be_bytes()).collect()
        }
    };
    if let Some(packet) = &options.xmp {
        info.utf8_text.push(png::text_metadata::ITXtChunk::new(xmp::PNG_KEYWORD, packet));
    }
    for (keyword, text) in &options.text {
        add_text(&mut info, keyword, text);
    }

    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::with_info(&mut bytes, info).map_err(error)?;
    encoder.set_compression(match options.effort {
        Effort::Fast => png::Compression::Fast,
        Effort::Balanced => png::Compression::Balanced,
        Effort::Best => png::Compression::High,
    });
    let mut writer = encoder.write_header().map_err(error)?;
    writer.write_image_data(&samples).map_err(error)?;
    writer.finish().map_err(error)?;
    Ok(bytes)
}

/// Pixels per metre; none if they do not fit a chunk.
fn pixel_dims(pixels_per_inch: f64) -> Option<png::PixelDimensions> {
    let per_metre = (pixels_per_inch / 0.0254).round() as u32;
    let dims = png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter };
    (1..=i32::MAX as u32).contains(&per_metre).then_some(dims)
}

/// As plain text if Latin-1 can represent it, otherwise as UTF-8.
fn add_text(info: &mut png::Info<'_>, keyword: &str, text: &str) {
    if is_latin1(text) {
        info.uncompressed_latin1_text.push(png::text_metadata::TEXtChunk::new(keyword, text));
    } else {
        info.utf8_text.push(png::text_metadata::ITXtChunk::new(keyword, text));
    }
}

fn error(error: png::EncodingError) -> EncodeError {
    EncodeError::Encoder { format: FORMAT, source: error.into() }
}
