//! Broken files end in an error or a picture, never in a panic or exhausted memory.

use nearfar_codec::{DecodeError, DecodeOptions, EncodeOptions, Format, decode, encode, read};
use nearfar_image::{Rect, Size};

use crate::files::folder;

/// All the sample files: name and bytes.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && Format::from_path(path).is_some())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() > 30);
    files
}

/// Tight limits, so that a corrupted header is caught.
fn tight() -> DecodeOptions {
    DecodeOptions { max_pixels: 1 << 20, max_bytes: 1 << 24, ..DecodeOptions::default() }
}

/// xorshift64*: a fixed sequence of numbers.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }
}

#[test]
fn truncated_files_are_errors() {
    for (name, bytes) in samples() {
        // What may be missing: the second frame or page, padding, the last digits and the line end.
        let spare = match name.as_str() {
            "two_frames.gif" => 211,
            "two_pages.tif" => 1300,
            "tiles_of_planes.tif" => 8,
            "rgba.webp" | "lossy.webp" | "predicted.tif" => 1,
            "words.pgm" => 3,
            // Text that is dropped anyway.
            "much_text.jxl" => 441,
            _ => 0,
        };
        for length in 0..bytes.len() {
            let result = decode(&bytes[..length], &tight());
            assert!(
                result.is_err() || length + spare >= bytes.len(),
                "{name} cut to {length} of {} bytes",
                bytes.len()
            );
        }
    }
}

#[test]
fn photographs_truncated_at_any_kilobyte_are_reported() {
    let photo = folder().join("../../../../imgs/hopper.jpg");
    let photo = read(photo, &DecodeOptions::default()).unwrap().image;
    let photo = photo.crop(Rect::new(180, 120, Size::new(150, 150).unwrap()));
    for format in [Format::Png, Format::Jpeg, Format::WebP, Format::Tiff, Format::Bmp, Format::Pnm, Format::Qoi] {
        let whole = encode(&photo, &EncodeOptions::new(format)).unwrap();
        assert!(whole.len() > 10 << 10, "{format}: {} bytes", whole.len());
        for length in (0..whole.len()).step_by(1 << 10) {
            match decode(&whole[..length], &DecodeOptions::default()) {
                Err(DecodeError::Empty) if length == 0 => {}
                Err(DecodeError::Truncated { format: found } | DecodeError::Damaged { format: found, .. }) => {
                    assert_eq!(found, format);
                }
                other => panic!("{format} cut to {length}: {:?}", other.map(|decoded| decoded.info)),
            }
        }
    }
}

#[test]
fn damaged_files_do_not_panic() {
    let mut numbers = Numbers(0x5eed);
    let (mut pictures, mut errors) = (0, 0);
    for (_, bytes) in samples() {
        for _ in 0..150 {
            let mut bad = bytes.clone();
            for _ in 0..=numbers.below(4) {
                // Headers are short and matter most: every second change falls on the first 200 bytes.
                let reach = if numbers.below(2) == 0 { bad.len().min(200) } else { bad.len() };
                let at = numbers.below(reach);
                match numbers.below(4) {
                    0 => bad[at] ^= 1 << numbers.below(8),
                    1 => bad[at] = [0, 1, 0x7f, 0x80, 0xff][numbers.below(5)],
                    2 => bad[at] = numbers.below(256) as u8,
                    _ => {
                        let to = numbers.below(bad.len());
                        let n = numbers.below(16).min(bad.len() - at.max(to));
                        bad.copy_within(at..at + n, to);
                    }
                }
            }
            match decode(&bad, &tight()) {
                Ok(_) => pictures += 1,
                Err(error) => {
                    errors += 1;
                    assert!(!error.to_string().is_empty());
                }
            }
        }
    }
    // Both outcomes must occur, or the test would prove nothing.
    assert!(pictures > 500 && errors > 500, "{pictures} pictures, {errors} errors");
}

#[test]
fn unsupported_kinds_of_jpeg_are_named() {
    let good = std::fs::read(folder().join("subsampled.jpg")).unwrap();
    let frame = good.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let kinds =
        [(0xc3, "lossless"), (0xc5, "hierarchical"), (0xc9, "arithmetic"), (0xca, "arithmetic"), (0xcb, "arithmetic")];
    for (marker, name) in kinds {
        let mut bad = good.clone();
        bad[frame + 1] = marker;
        let message = decode(&bad, &tight()).unwrap_err().to_string();
        assert!(message.starts_with("this kind of JPEG file cannot be read") && message.contains(name), "{message}");
    }
    let mut bad = good;
    bad[frame + 4] = 12;
    let message = decode(&bad, &tight()).unwrap_err().to_string();
    assert!(message.contains("12 bits"), "{message}");
}

#[test]
fn jpeg_with_colours_finer_than_its_lightness_is_refused() {
    let good = std::fs::read(folder().join("subsampled.jpg")).unwrap();
    let frame = good.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    // After marker, length, precision, sides and the number of components: components of three bytes, sampling factors
    // in the middle.
    let lightness = frame + 11;
    assert_eq!((good[lightness], good[lightness + 3]), (0x22, 0x11));
    for factors in [[0x11, 0x21], [0x11, 0x12], [0x12, 0x21]] {
        let mut bad = good.clone();
        (bad[lightness], bad[lightness + 3]) = (factors[0], factors[1]);
        let error = decode(&bad, &tight()).unwrap_err();
        assert!(matches!(error, DecodeError::Unsupported { format: Format::Jpeg, .. }), "{factors:x?}: {error}");
    }
}
