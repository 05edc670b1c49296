//! Written files decode to the same picture.

use nearfar_codec::{DecodeOptions, Depth, EncodeOptions, Format, decode, encode};
use nearfar_image::{Channels, Encoded, Image, Size};

const LOSSLESS: [Format; 6] = [Format::Png, Format::Tiff, Format::WebP, Format::Bmp, Format::Pnm, Format::Qoi];

/// A picture with every code, whose channels differ.
fn pattern(width: usize, height: usize, channels: Channels, top: usize) -> Image<Encoded> {
    Image::from_fn(Size::new(width, height).unwrap(), channels, |c, x, y| {
        ((x * 7 + y * 131 + c * 59 + x * y) * (1 + top / 256) % (top + 1)) as f32 / top as f32
    })
}

#[test]
fn round_trip_of_8_bit_codes_is_exact() {
    for format in LOSSLESS {
        for (w, h) in [(1, 1), (1, 7), (9, 1), (33, 20)] {
            for channels in [Channels::Grey, Channels::Rgb] {
                let image = pattern(w, h, channels, 255);
                let bytes = encode(&image, &EncodeOptions::new(format)).unwrap();
                let decoded = decode(&bytes, &DecodeOptions::default()).unwrap();
                assert_eq!(decoded.info.format, format);
                let expected = if decoded.image.channels() == Channels::Rgb { image.into_rgb() } else { image };
                assert!(decoded.image == expected, "{format} {w}x{h} {channels:?}");
            }
        }
    }
}

#[test]
fn round_trip_of_16_bit_codes_is_exact() {
    for format in [Format::Png, Format::Tiff, Format::Pnm] {
        for channels in [Channels::Grey, Channels::Rgb] {
            let image = pattern(65, 40, channels, 65535);
            let options = EncodeOptions { depth: Depth::Sixteen, ..EncodeOptions::new(format) };
            let decoded = decode(&encode(&image, &options).unwrap(), &DecodeOptions::default()).unwrap();
            assert_eq!(decoded.info.bits, 16);
            assert!(decoded.image == image, "{format} {channels:?}");
        }
    }
}

#[test]
fn round_trip_of_jpeg_is_close() {
    let smooth = Image::from_fn(Size::new(40, 30).unwrap(), Channels::Rgb, |c, x, y| {
        (x as f32 * 0.6 + y as f32 * (0.3 + c as f32 * 0.1)) / 60.0
    });
    let options = EncodeOptions { quality: 98, ..EncodeOptions::new(Format::Jpeg) };
    let decoded = decode(&encode(&smooth, &options).unwrap(), &DecodeOptions::default()).unwrap();
    let worst = smooth.samples().iter().zip(decoded.image.samples()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 4.0 / 255.0, "{worst}");
}
