//! Writing JPEG.

use image::{
    ExtendedColorType, ImageEncoder, ImageError,
    codecs::jpeg::{JpegEncoder, PixelDensity},
};
use nearfar_image::Channels;

use crate::{
    error::EncodeError,
    format::Format,
    options::EncodeOptions,
    page::{Page, Pixels},
    xmp::JPEG_PREFIX,
};

const FORMAT: Format = Format::Jpeg;

pub(crate) fn write(page: Page, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    let Pixels::U8(samples) = page.pixels else {
        return Err(EncodeError::Depth { format: FORMAT, depth: options.depth });
    };
    let color = match page.channels {
        Channels::Grey => ExtendedColorType::L8,
        Channels::Rgb => ExtendedColorType::Rgb8,
    };
    let error = |e: ImageError| EncodeError::Encoder { format: FORMAT, source: e.into() };
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, options.quality);
    if let Some(icc) = &options.icc {
        encoder.set_icc_profile(icc.clone()).map_err(ImageError::Unsupported).map_err(error)?;
    }
    if let Some(exif) = &options.exif {
        encoder.set_exif_metadata(exif.clone()).map_err(ImageError::Unsupported).map_err(error)?;
    }
    if let Some(density) = options.pixels_per_inch.map(|density| density.round() as u16).filter(|&density| density > 0)
    {
        encoder.set_pixel_density(PixelDensity::dpi(density));
    }
    // The size check keeps sides below 2^16.
    let (width, height) = (page.size.width() as u32, page.size.height() as u32);
    encoder.write_image(&samples, width, height, color).map_err(error)?;
    if let Some(xmp) = &options.xmp {
        let at = after_application_segments(&bytes);
        let length = (2 + JPEG_PREFIX.len() + xmp.len()) as u16;
        let segment = [&[0xff, 0xe1], &length.to_be_bytes()[..], JPEG_PREFIX, xmp.as_bytes()].concat();
        bytes.splice(at..at, segment);
    }
    Ok(bytes)
}

/// The end of the JFIF and EXIF segments, which must come first.
fn after_application_segments(bytes: &[u8]) -> usize {
    let mut at = 2;
    while let Some(&[0xff, 0xe0 | 0xe1, high, low]) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    at
}
