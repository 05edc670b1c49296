//! Kinds of TIFF files that no other test file covers.

use nearfar_codec::{DecodeError, DecodeOptions, Decoded, Format, SourceColor, Variant, decode};

use crate::files::folder;

/// A directory entry: tag and short numbers.
type Entry<'a> = (u16, &'a [u16]);

/// A TIFF file of one strip, or of tiles if the entries say so, in either byte order, classic or BigTIFF.
fn tiff(big_endian: bool, big: bool, size: [u16; 2], entries: &[Entry<'_>], strip: &[u8]) -> Vec<u8> {
    let number = |value: usize, length: usize| {
        let bytes = (value as u64).to_le_bytes()[..length].to_vec();
        if big_endian { bytes.into_iter().rev().collect() } else { bytes }
    };
    let (address, counted, head) = if big { (8, 8, 16) } else { (4, 2, 8) };
    let mut data = strip.to_vec();
    if data.len() % 2 == 1 {
        data.push(0);
    }
    let short = |value: u16| number(value.into(), 2);
    let mut rows: Vec<(u16, usize, usize, Vec<u8>)> = Vec::new();
    for &(tag, values) in entries.iter().chain(&[(256, &size[..1]), (257, &size[1..]), (278, &size[1..])]) {
        let value: Vec<u8> = values.iter().flat_map(|&v| short(v)).collect();
        let value = if value.len() <= address {
            value
        } else {
            let at = head + data.len();
            data.extend(value);
            number(at, address)
        };
        rows.push((tag, 3, values.len(), value));
    }
    if entries.iter().any(|entry| entry.0 == TILE_OFFSETS) {
        rows.retain(|row| row.0 != 278);
    } else {
        rows.push((273, 4, 1, number(head, 4)));
        rows.push((279, 4, 1, number(strip.len(), 4)));
    }
    rows.sort_by_key(|row| row.0);
    let mut directory = number(rows.len(), counted);
    for (tag, kind, count, mut value) in rows {
        value.resize(address, 0);
        directory.extend([number(tag.into(), 2), number(kind, 2), number(count, address), value].concat());
    }
    directory.extend(number(0, address));
    let order: &[u8] = if big_endian { b"MM" } else { b"II" };
    let magic = if big { [number(43, 2), number(8, 2), number(0, 2)].concat() } else { number(42, 2) };
    [order, &magic, &number(head + data.len(), address), &data, &directory].concat()
}

fn read(bytes: &[u8]) -> Decoded {
    decode(bytes, &DecodeOptions::default()).unwrap()
}

/// The 8-bit codes of a picture, pixel after pixel.
fn codes(bytes: &[u8]) -> Vec<u8> {
    nearfar_image::interleaved::interleave(&read(bytes).image, nearfar_image::interleaved::Layout::Rgb).unwrap()
}

const BITS: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const FILL_ORDER: u16 = 266;
const SAMPLES: u16 = 277;
const COLOR_MAP: u16 = 320;
const TILE_OFFSETS: u16 = 324;
const EXTRA: u16 = 338;

#[test]
fn reversed_bits_are_restored() {
    let strip = [0b1010_0111, 0b1000_0000, 0b0001_0010, 0b1000_0000];
    let turned = strip.map(u8::reverse_bits);
    let common: [Entry<'_>; 3] = [(BITS, &[1]), (PHOTOMETRIC, &[1]), (SAMPLES, &[1])];
    for (big_endian, big) in [(false, false), (true, false), (false, true), (true, true)] {
        let plain = tiff(big_endian, big, [9, 2], &common, &strip);
        let reversed = tiff(big_endian, big, [9, 2], &[&common[..], &[(FILL_ORDER, &[2])]].concat(), &turned);
        assert_eq!(codes(&plain)[..9], [255, 255, 255, 0, 0, 0, 255, 255, 255]);
        assert_eq!(codes(&reversed), codes(&plain));
    }
}

#[test]
fn palettes_are_looked_up() {
    // Red, green, blue and grey; all reds come first.
    let map: [u16; 12] = [65535, 0, 0, 0x8080, 0, 65535, 0, 0x8080, 0, 0, 65535, 0x8080];
    let shown = [0, 0, 255, 255, 0, 0, 0, 255, 0, 128, 128, 128, 255, 0, 0];
    for (big_endian, big) in [(false, false), (true, false), (false, true), (true, true)] {
        let entries: [Entry<'_>; 4] = [(BITS, &[2]), (PHOTOMETRIC, &[3]), (SAMPLES, &[1]), (COLOR_MAP, &map)];
        let file = tiff(big_endian, big, [5, 1], &entries, &[0b1000_0111, 0]);
        assert_eq!(codes(&file), shown);
        let info = read(&file).info;
        assert_eq!((info.color, info.bits), (SourceColor::Palette, 2));
    }
    // 8-bit samples, with a table from a program that stores 8 bits there, too.
    let mut map = vec![0; 768];
    (map[7], map[256 + 7], map[512 + 9]) = (255, 128, 255);
    let entries: [Entry<'_>; 4] = [(BITS, &[8]), (PHOTOMETRIC, &[3]), (SAMPLES, &[1]), (COLOR_MAP, &map)];
    assert_eq!(codes(&tiff(false, false, [2, 1], &entries, &[7, 9])), [255, 128, 0, 0, 0, 255]);
    // Without its table, or with a short one, it is damaged.
    for map in [None, Some(&map[..700])] {
        let mut entries: Vec<Entry<'_>> = entries[..3].to_vec();
        entries.extend(map.map(|map| (COLOR_MAP, map)));
        let result = decode(&tiff(false, false, [2, 1], &entries, &[7, 9]), &DecodeOptions::default());
        assert!(matches!(result, Err(DecodeError::Damaged { format: Format::Tiff, .. })));
    }
}

#[test]
fn extra_samples_are_alpha_only_if_declared() {
    let grey = |extra: &[u16], samples: u16, strip: &[u8]| {
        let bits = vec![8; samples.into()];
        let mut entries: Vec<Entry<'_>> = vec![(BITS, &bits), (PHOTOMETRIC, &[1])];
        let samples = [samples];
        entries.push((SAMPLES, &samples[..]));
        entries.extend(Some((EXTRA, extra)).filter(|_| !extra.is_empty()));
        codes(&tiff(false, false, [2, 1], &entries, strip))
    };
    assert_eq!(grey(&[0], 2, &[10, 0, 200, 99]), [10, 10, 10, 200, 200, 200]);
    assert_eq!(grey(&[], 2, &[10, 0, 200, 99]), [10, 10, 10, 200, 200, 200]);
    assert_eq!(grey(&[2], 2, &[10, 0, 200, 255]), [255, 255, 255, 200, 200, 200], "alpha");
    assert_eq!(grey(&[0, 0], 3, &[10, 0, 5, 200, 99, 6]), [10, 10, 10, 200, 200, 200]);
    assert_eq!(grey(&[2, 0], 3, &[10, 0, 5, 200, 255, 6]), [255, 255, 255, 200, 200, 200]);
    let rgb: [Entry<'_>; 4] = [(BITS, &[8; 4]), (PHOTOMETRIC, &[2]), (SAMPLES, &[4]), (EXTRA, &[0])];
    assert_eq!(codes(&tiff(false, false, [2, 1], &rgb, &[1, 2, 3, 0, 4, 5, 6, 99])), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn jpeg_compressed_photographs_look_like_the_jpeg() {
    let jpeg = std::fs::read(folder().join("subsampled.jpg")).unwrap();
    let alone = read(&jpeg).image;
    let size = [alone.size().width() as u16, alone.size().height() as u16];
    let entries: [Entry<'_>; 5] =
        [(BITS, &[8; 3]), (PHOTOMETRIC, &[6]), (SAMPLES, &[3]), (COMPRESSION, &[7]), (530, &[2, 2])];
    let packed = read(&tiff(false, false, size, &entries, &jpeg)).image;
    let worst = alone.samples().iter().zip(packed.samples()).map(|(a, b)| 255.0 * (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 3.0, "{worst}");
}

/// The decoder gives rows of half the length.
#[test]
fn greys_and_transparency_compressed_together_by_jpeg_are_refused() {
    let jpeg = std::fs::read(folder().join("subsampled.jpg")).unwrap();
    let entries: [Entry<'_>; 5] =
        [(BITS, &[8; 2]), (PHOTOMETRIC, &[1]), (SAMPLES, &[2]), (COMPRESSION, &[7]), (EXTRA, &[2])];
    let error = decode(&tiff(false, false, [16, 16], &entries, &jpeg), &DecodeOptions::default()).unwrap_err();
    assert!(matches!(error, DecodeError::Unsupported { variant: Variant::JpegOfTwo, .. }), "{error}");
}

/// The decoder misreads the tiles of all planes but the first, and would panic.
#[test]
fn planar_tiles_that_extend_beyond_the_edge_are_refused() {
    let file = include_bytes!("../../../../fuzz/seeds/decode/planar_tiles_beyond_the_edge.tif");
    let error = decode(file, &DecodeOptions::default()).unwrap_err();
    assert!(matches!(error, DecodeError::Unsupported { variant: Variant::TilesApart, .. }), "{error}");
}

#[test]
fn unsupported_compressions_are_named() {
    let grey = |compression: u16, strip: &[u8]| {
        let compression = [compression];
        let entries: [Entry<'_>; 4] = [(BITS, &[8]), (PHOTOMETRIC, &[1]), (SAMPLES, &[1]), (COMPRESSION, &compression)];
        decode(&tiff(false, false, [2, 1], &entries, strip), &DecodeOptions::default()).unwrap_err()
    };
    for (code, name) in [(3, "CCITT group 3"), (6, "JPEG as it was"), (50000, "Zstandard"), (777, "method 777")] {
        let error = grey(code, &[1, 2]);
        assert!(
            matches!(&error, DecodeError::Unsupported { variant: Variant::Compression { code: found }, .. } if *found == code)
        );
        assert!(error.to_string().contains(name), "{error}");
    }
    // The clear code, 256 in nine bits, from the right: as the first programs wrote it.
    let error = grey(5, &[0x00, 0x01, 0x02]);
    assert!(matches!(error, DecodeError::Unsupported { variant: Variant::OldLzw, .. }), "{error}");
}

#[test]
fn tiles_of_planes_are_assembled() {
    // Two tiles of 16x16 per plane for 20x16 pixels, whose codes encode plane, column and row.
    let (width, height) = (20_usize, 16_usize);
    let code = |plane: usize, x: usize, y: usize| (80 * plane + 3 * x + y) as u8;
    let mut data = Vec::new();
    for plane in 0..3 {
        for tile in 0..2 {
            data.extend((0..256).map(|i| code(plane, 16 * tile + i % 16, i / 16)));
        }
    }
    let offsets: Vec<u16> = (0..6).map(|i| 8 + 256 * i).collect();
    let entries: [Entry<'_>; 8] = [
        (BITS, &[8; 3]),
        (PHOTOMETRIC, &[2]),
        (SAMPLES, &[3]),
        (284, &[2]),
        (322, &[16]),
        (323, &[16]),
        (TILE_OFFSETS, &offsets),
        (325, &[256; 6]),
    ];
    let shown = codes(&tiff(false, false, [width as u16, height as u16], &entries, &data));
    for (i, pixel) in shown.as_chunks::<3>().0.iter().enumerate() {
        assert_eq!(*pixel, [0, 1, 2].map(|plane| code(plane, i % width, i / width)), "pixel {i}");
    }
}
