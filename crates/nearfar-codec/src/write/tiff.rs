//! Writing TIFF.

use std::io::Cursor;

use nearfar_image::{Channels, Size};
use tiff::{
    TiffResult,
    encoder::{
        Compression, DeflateLevel, Predictor, Rational, TiffEncoder, TiffValue,
        colortype::{ColorType, Gray8, Gray16, RGB8, RGB16},
    },
    tags::{ResolutionUnit, Tag},
};

use crate::{
    error::EncodeError,
    exif::Exif,
    format::Format,
    options::{Effort, EncodeOptions},
    page::{Page, Pixels},
    xmp,
};

pub(crate) fn write(page: Page, options: &EncodeOptions) -> Result<Vec<u8>, EncodeError> {
    match (page.channels, &page.pixels) {
        (Channels::Grey, Pixels::U8(samples)) => write_as::<Gray8>(page.size, samples, options),
        (Channels::Rgb, Pixels::U8(samples)) => write_as::<RGB8>(page.size, samples, options),
        (Channels::Grey, Pixels::U16(samples)) => write_as::<Gray16>(page.size, samples, options),
        (Channels::Rgb, Pixels::U16(samples)) => write_as::<RGB16>(page.size, samples, options),
    }
    .map_err(|e| EncodeError::Encoder { format: Format::Tiff, source: e.into() })
}

/// Denominator of the density in pixels per inch.
const PARTS: f64 = 1000.0;

fn write_as<C: ColorType>(size: Size, samples: &[C::Inner], options: &EncodeOptions) -> TiffResult<Vec<u8>>
where
    [C::Inner]: TiffValue,
{
    let level = match options.effort {
        Effort::Fast => DeflateLevel::Fast,
        Effort::Balanced => DeflateLevel::Balanced,
        Effort::Best => DeflateLevel::Best,
    };
    let exif = options.exif.as_deref().and_then(Exif::read);
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes)?
        .with_compression(Compression::Deflate(level))
        .with_predictor(Predictor::Horizontal);
    // The size check keeps sides below 2^31.
    let mut image = encoder.new_image::<C>(size.width() as u32, size.height() as u32)?;
    if let Some(density) = options.pixels_per_inch {
        image.resolution(ResolutionUnit::Inch, Rational { n: (PARTS * density).round() as u32, d: PARTS as u32 });
    }
    if let Some(icc) = &options.icc {
        image.encoder().write_tag(Tag::IccProfile, icc.as_slice())?;
    }
    if let Some(packet) = &options.xmp {
        image.encoder().write_tag(Tag::Unknown(xmp::TIFF_TAG), packet.as_bytes())?;
    }
    image.write_data(samples)?;
    let bytes = bytes.into_inner();
    Ok(match exif {
        Some(exif) => exif.attach(bytes).expect("this is a TIFF file of the classic kind"),
        None => bytes,
    })
}
