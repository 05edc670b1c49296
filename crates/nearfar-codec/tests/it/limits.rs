//! Limits on what a header may demand.

use nearfar_codec::{DecodeError, DecodeOptions, Depth, EncodeOptions, Format, Warning, decode, encode};
use nearfar_image::{Channels, Image, Size};

use crate::files::folder;

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

/// The bytes with others patched in at an offset.
fn patched(mut bytes: Vec<u8>, at: usize, with: &[u8]) -> Vec<u8> {
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

/// The checksum of a PNG chunk: over its name and data.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// Files of every format whose header declares far more pixels than the file can hold.
fn bombs() -> Vec<(Format, u64, u64, Vec<u8>)> {
    let n = 100_000_u32;
    let side = u64::from(n);
    let big = n.to_be_bytes();
    let little = n.to_le_bytes();

    let mut png = patched(patched(sample("interlaced.png"), 16, &big), 20, &big);
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());

    let jpeg = sample("subsampled.jpg");
    let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    let jpeg = patched(jpeg, frame + 5, &[0xff; 4]);

    // Entries of a little-endian TIFF directory: tag, type (4 is LONG), count, value.
    let mut tiff = sample("grey.tif");
    let directory = u32::from_le_bytes(tiff[4..8].try_into().unwrap()) as usize;
    for tag in [256_u16, 257, 278] {
        let mut entries = (directory + 2..).step_by(12);
        let at = entries.find(|&at| tiff[at..at + 2] == tag.to_le_bytes()).unwrap();
        tiff[at + 2..at + 4].copy_from_slice(&4_u16.to_le_bytes());
        tiff[at + 8..at + 12].copy_from_slice(&little);
    }

    // The dimensions of lossless WebP: 14 bits each after the signature byte.
    let webp = sample("rgba.webp");
    let stream = webp.windows(4).position(|w| w == b"VP8L").unwrap() + 8;
    assert_eq!(webp[stream], 0x2f);
    let sides = (16382_u32 | 16382 << 14).to_le_bytes();
    let webp = patched(webp, stream + 1, &sides);

    // The decoders of BMP and QOI have limits of their own, at sides of 65535 and at 400 million pixels.
    let bmp = patched(sample("palette.bmp"), 18, &60_000_u32.to_le_bytes());
    let bmp = patched(bmp, 22, &60_000_u32.to_le_bytes());

    let qoi = patched(sample("plain.qoi"), 4, &19_000_u32.to_be_bytes());
    let qoi = patched(qoi, 8, &19_000_u32.to_be_bytes());

    vec![
        (Format::Png, side, side, png),
        (Format::Jpeg, 65535, 65535, jpeg),
        (Format::Tiff, side, side, tiff),
        (Format::WebP, 16383, 16383, webp),
        (Format::Gif, 65535, 65535, patched(sample("two_frames.gif"), 6, &[0xff; 4])),
        (Format::Bmp, 60_000, 60_000, bmp),
        (Format::Pnm, side, side, b"P6\n100000 100000\n255\nabc".to_vec()),
        (Format::Qoi, 19_000, 19_000, qoi),
        (Format::Farbfeld, side, side, patched(patched(sample("rgba16.ff"), 8, &big), 12, &big)),
    ]
}

#[test]
fn limit_of_pixels_is_checked_in_the_header() {
    let options = DecodeOptions { max_pixels: 1 << 27, ..DecodeOptions::default() };
    for (expected, w, h, bytes) in bombs() {
        match decode(&bytes, &options) {
            Err(DecodeError::TooManyPixels { format, width, height, max_pixels }) => {
                assert_eq!((format, width, height, max_pixels), (expected, w, h, 1 << 27));
            }
            other => panic!("{expected}: {:?}", other.map(|decoded| decoded.info)),
        }
    }
}

#[test]
fn limit_of_pixels_is_reported_with_the_size() {
    let (.., png) = bombs().swap_remove(0);
    let message = decode(&png, &DecodeOptions::default()).unwrap_err().to_string();
    assert!(message.contains("100000x100000") && message.contains("268435456"), "{message}");
}

#[test]
fn limit_of_bytes_is_checked_in_the_header() {
    // Only the memory limit protects from these.
    let options = DecodeOptions { max_pixels: u64::MAX, ..DecodeOptions::default() };
    for (format, w, h, bytes) in bombs() {
        if w * h * 4 > options.max_bytes {
            let error = decode(&bytes, &options).unwrap_err();
            assert!(matches!(error, DecodeError::TooManyBytes { .. }), "{format}: {error}");
        }
    }
}

#[test]
fn limit_counts_file_samples_and_picture() {
    let image = Image::filled(Size::new(50, 20).unwrap(), Channels::Rgb, 0.5);
    let options = EncodeOptions { depth: Depth::Sixteen, ..EncodeOptions::new(Format::Png) };
    let png = encode(&image, &options).unwrap();
    // Three samples of 2 bytes and three of 4 for each of the 1000 pixels.
    let enough = DecodeOptions { max_pixels: 1000, max_bytes: 18_000, ..DecodeOptions::default() };
    assert!(decode(&png, &enough).is_ok());
    let few_bytes = DecodeOptions { max_bytes: 17_999, ..enough.clone() };
    assert!(matches!(decode(&png, &few_bytes), Err(DecodeError::TooManyBytes { bytes: 18_000, max_bytes: 17_999 })));
    let few_pixels = DecodeOptions { max_pixels: 999, ..enough };
    assert!(matches!(decode(&png, &few_pixels), Err(DecodeError::TooManyPixels { .. })));
}

/// Its header is bits, not bytes: limits are varied instead of sizes.
#[test]
fn limits_hold_for_jpeg_xl() {
    for name in ["lossless.jxl", "lossy.jxl", "photograph.jxl"] {
        let few = DecodeOptions { max_pixels: 24 * 16 - 1, ..DecodeOptions::default() };
        let error = decode(&sample(name), &few).unwrap_err();
        assert!(matches!(error, DecodeError::TooManyPixels { width: 24, height: 16, .. }), "{name}: {error}");
        // Enough for samples and planes, but not for the decoder.
        let little = DecodeOptions { max_bytes: 24 * 16 * 15, ..DecodeOptions::default() };
        let error = decode(&sample(name), &little).unwrap_err();
        assert!(matches!(error, DecodeError::TooManyBytes { .. }), "{name}: {error}");
    }
    let memory = allocation_counter::measure(|| drop(decode(&sample("much_text.jxl"), &DecodeOptions::default())));
    assert!(memory.bytes_max < 200 << 20, "{}", memory.bytes_max);
}

/// A small PNG with whatever `change` adds.
fn bomb(change: &dyn Fn(&mut png::Info<'_>)) -> Vec<u8> {
    let mut info = png::Info::with_size(2, 1);
    change(&mut info);
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    writer.write_image_data(&[0, 255]).unwrap();
    writer.finish().unwrap();
    assert!(bytes.len() < 40 << 20, "{} bytes", bytes.len());
    bytes
}

/// The peak memory while a file is read.
fn memory_of(bytes: &[u8]) -> u64 {
    allocation_counter::measure(|| {
        let decoded = decode(bytes, &DecodeOptions::default()).unwrap();
        assert_eq!(decoded.image.samples(), [0.0, 1.0]);
    })
    .bytes_max
}

#[test]
fn memory_of_metadata_is_bounded_whatever_the_limit() {
    // Texts of 15 MiB, each of which may be read; 500 of them took 5.9 GB.
    let mut zipped = png::text_metadata::ZTXtChunk::new("zipped", "a".repeat(15 << 20));
    zipped.compress_text().unwrap();
    let texts = bomb(&|info| info.compressed_latin1_text = vec![zipped.clone(); 500]);
    assert!(memory_of(&texts) < 200 << 20, "{}", memory_of(&texts));
    let info = decode(&texts, &DecodeOptions::default()).unwrap().info;
    assert_eq!((info.text.len(), &info.warnings[..]), (4, &[Warning::TooMuchMetadata][..]));

    let profile = vec![0; 300 << 20];
    let profile = bomb(&|info| info.icc_profile = Some(profile.clone().into()));
    assert!(memory_of(&profile) < 200 << 20, "{}", memory_of(&profile));

    // The excess is dropped, not the picture.
    let plain = vec![png::text_metadata::TEXtChunk::new("plain", "b".repeat(1 << 20)); 9];
    let few = bomb(&|info| info.uncompressed_latin1_text = plain.clone());
    let options = DecodeOptions { max_bytes: 4 << 20, ..DecodeOptions::default() };
    let decoded = decode(&few, &options).unwrap();
    assert_eq!((decoded.info.text.len(), &decoded.info.warnings[..]), (0, &[Warning::TooMuchMetadata][..]));
    assert_eq!(decode(&few, &DecodeOptions::default()).unwrap().info.text.len(), 9);
}

/// Chunks that expand a thousandfold when decompressed.
#[test]
fn metadata_bombs_are_dropped_or_refused() {
    let text = "a".repeat(64 << 20);
    let zipped = png::text_metadata::ZTXtChunk::new("zipped", text.as_str());
    let mut wide = png::text_metadata::ITXtChunk::new("wide", text);
    wide.compressed = true;
    let options = DecodeOptions { max_bytes: 16 << 20, ..DecodeOptions::default() };
    let texts = bomb(&|info| {
        info.compressed_latin1_text.push(zipped.clone());
        info.utf8_text.push(wide.clone());
    });
    let decoded = decode(&texts, &options).unwrap();
    assert_eq!((decoded.info.text, decoded.image.samples()), (vec![], &[0.0, 1.0][..]));

    let profile = vec![0; 64 << 20];
    let profile = bomb(&|info| info.icc_profile = Some(profile.clone().into()));
    let result = decode(&profile, &options);
    assert!(result.as_ref().is_err() || result.unwrap().info.icc.is_none());
}

#[test]
fn picture_without_pixels_is_an_error() {
    for bytes in
        [&b"P5\n0 5\n255\n"[..], b"farbfeld\0\0\0\0\0\0\0\x01", b"qoif\0\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\x01"]
    {
        assert!(decode(bytes, &DecodeOptions::default()).is_err(), "{bytes:?}");
    }
}

#[test]
fn bytes_that_are_not_a_picture_are_distinguished() {
    let read = |bytes: &[u8]| decode(bytes, &DecodeOptions::default()).unwrap_err();
    assert!(matches!(read(b""), DecodeError::Empty));
    assert!(matches!(read(b"hello, world"), DecodeError::UnknownFormat));
    assert!(matches!(read(b"\0\0\0\x18ftypheic"), DecodeError::UnreadableFormat { name: "HEIC" }));
    assert!(read(b"%PDF-1.7").to_string().starts_with("PDF files cannot be read"));
}

#[test]
fn background_must_be_a_colour() {
    let grey = encode(&Image::filled(Size::new(1, 1).unwrap(), Channels::Grey, 0.5), &EncodeOptions::new(Format::Png));
    for wrong in [f32::NAN, -0.1, 1.1] {
        let options = DecodeOptions { background: [0.0, wrong, 1.0], ..DecodeOptions::default() };
        let result = decode(grey.as_ref().unwrap(), &options);
        assert!(matches!(result, Err(DecodeError::Background { .. })), "{wrong}");
    }
}

#[test]
fn picture_too_large_for_memory_is_an_error() {
    // 1.8 million terabytes of samples: more than the address space of any program.
    let header = b"P6\n2000000000 300000000\n255\nabc";
    let options = DecodeOptions { max_pixels: u64::MAX, max_bytes: u64::MAX, ..DecodeOptions::default() };
    assert!(matches!(decode(header, &options), Err(DecodeError::OutOfMemory { .. })));
}
