//! The formats that are written through the `image` crate.

use image::{
    ExtendedColorType, ImageEncoder,
    codecs::{bmp::BmpEncoder, pnm::PnmEncoder, qoi::QoiEncoder},
};
use nearfar_image::Channels;

use crate::{
    error::EncodeError,
    format::Format,
    options::EncodeOptions,
    page::{Page, Pixels},
};

pub(crate) fn write(page: Page, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    let format = options.format;
    let color = match (page.channels, &page.pixels) {
        (Channels::Grey, Pixels::U8(_)) => ExtendedColorType::L8,
        (Channels::Rgb, Pixels::U8(_)) => ExtendedColorType::Rgb8,
        (Channels::Grey, Pixels::U16(_)) => ExtendedColorType::L16,
        (Channels::Rgb, Pixels::U16(_)) => ExtendedColorType::Rgb16,
    };
    let samples = match page.pixels {
        Pixels::U8(samples) => samples,
        Pixels::U16(samples) => samples.iter().flat_map(|v| v.to_ne_bytes()).collect(),
    };
    // The size check keeps sides below 2^31.
    let sides @ (width, height) = (page.size.width() as u32, page.size.height() as u32);
    let mut bytes = Vec::new();
    let done = match format {
        Format::WebP => return write_webp(&samples, sides, color, options),
        Format::Bmp => BmpEncoder::new(&mut bytes).write_image(&samples, width, height, color),
        Format::Pnm => PnmEncoder::new(&mut bytes).write_image(&samples, width, height, color),
        Format::Qoi if color == ExtendedColorType::L8 => {
            let rgb: Vec<u8> = samples.iter().flat_map(|&v| [v; 3]).collect();
            QoiEncoder::new(&mut bytes).write_image(&rgb, width, height, ExtendedColorType::Rgb8)
        }
        Format::Qoi => QoiEncoder::new(&mut bytes).write_image(&samples, width, height, color),
        Format::Png | Format::Jpeg | Format::Tiff | Format::Gif | Format::Farbfeld | Format::JpegXl => {
            return Err(EncodeError::ReadOnlyFormat { format });
        }
    };
    done.map_err(|e| EncodeError::Encoder { format, source: e.into() })?;
    Ok(bytes)
}

/// Lossless WebP by the crate that `image` uses, which stores XMP too.
fn write_webp(
    samples: &[u8],
    (width, height): (u32, u32),
    color: ExtendedColorType,
    options: &EncodeOptions,
) -> Result<Vec<u8>, EncodeError> {
    let color = if color == ExtendedColorType::L8 { image_webp::ColorType::L8 } else { image_webp::ColorType::Rgb8 };
    let mut bytes = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut bytes);
    encoder.set_icc_profile(options.icc.clone().unwrap_or_default());
    encoder.set_exif_metadata(options.exif.clone().unwrap_or_default());
    encoder.set_xmp_metadata(options.xmp.clone().unwrap_or_default().into_bytes());
    encoder
        .encode(samples, width, height, color)
        .map_err(|e| EncodeError::Encoder { format: Format::WebP, source: e.into() })?;
    Ok(bytes)
}
