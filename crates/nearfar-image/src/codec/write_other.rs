//! The formats that are written through the `image` crate.

use image::{
    ExtendedColorType, ImageEncoder, ImageError,
    codecs::{bmp::BmpEncoder, jpeg::JpegEncoder, pnm::PnmEncoder, qoi::QoiEncoder, webp::WebPEncoder},
};

use super::{
    EncodeError, EncodeOptions, Format,
    encode::{Page, Pixels},
};
use crate::Channels;

pub(super) fn write(page: Page, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
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
    // The check of sizes keeps sides below 2^31.
    let sides = (page.size.width() as u32, page.size.height() as u32);
    let mut bytes = Vec::new();
    let done = match format {
        Format::Jpeg => {
            finish(JpegEncoder::new_with_quality(&mut bytes, options.quality), &samples, sides, color, options)
        }
        Format::WebP => finish(WebPEncoder::new_lossless(&mut bytes), &samples, sides, color, options),
        Format::Bmp => finish(BmpEncoder::new(&mut bytes), &samples, sides, color, options),
        Format::Pnm => finish(PnmEncoder::new(&mut bytes), &samples, sides, color, options),
        Format::Qoi if color == ExtendedColorType::L8 => {
            let rgb: Vec<u8> = samples.iter().flat_map(|&v| [v; 3]).collect();
            finish(QoiEncoder::new(&mut bytes), &rgb, sides, ExtendedColorType::Rgb8, options)
        }
        Format::Qoi => finish(QoiEncoder::new(&mut bytes), &samples, sides, color, options),
        Format::Png | Format::Tiff | Format::Gif | Format::Farbfeld => {
            return Err(EncodeError::ReadOnlyFormat { format });
        }
    };
    done.map_err(|e| EncodeError::Encoder { format, reason: e.to_string() })?;
    Ok(bytes)
}

/// Stores the metadata and the samples.
fn finish(
    mut encoder: impl ImageEncoder,
    samples: &[u8],
    (width, height): (u32, u32),
    color: ExtendedColorType,
    options: &EncodeOptions,
) -> image::ImageResult<()> {
    if let Some(icc) = &options.icc {
        encoder.set_icc_profile(icc.clone()).map_err(ImageError::Unsupported)?;
    }
    if let Some(exif) = &options.exif {
        encoder.set_exif_metadata(exif.clone()).map_err(ImageError::Unsupported)?;
    }
    encoder.write_image(samples, width, height, color)
}
