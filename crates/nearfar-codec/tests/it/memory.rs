//! The memory that reading accounts for is what it uses.

use nearfar_codec::{DecodeError, DecodeOptions, Depth, EncodeOptions, Format, decode, encode};
use nearfar_image::{Channels, Encoded, Image, Size};

/// The memory that reading accounts for: the smallest limit that it does not refuse.
fn counted(bytes: &[u8]) -> u64 {
    match decode(bytes, &DecodeOptions { max_bytes: 1, ..DecodeOptions::default() }) {
        Err(DecodeError::TooManyBytes { bytes: least, .. }) => {
            // The first check may count only the minimum for any such file.
            match decode(bytes, &DecodeOptions { max_bytes: least, ..DecodeOptions::default() }) {
                Err(DecodeError::TooManyBytes { bytes, .. }) => bytes,
                _ => least,
            }
        }
        other => panic!("{:?}", other.map(|decoded| decoded.info)),
    }
}

fn picture(channels: Channels) -> Image<Encoded> {
    Image::from_fn(Size::new(1100, 1000).unwrap(), channels, |c, x, y| ((x * 7 + y * 3 + c * 50) % 251) as f32 / 250.0)
}

/// A GIF of one pixel on a screen of any size.
fn gif(width: u16, height: u16) -> Vec<u8> {
    let [w, h] = [width, height].map(u16::to_le_bytes);
    let screen = [b"GIF89a", &w[..], &h, &[0x80, 0, 0, 0, 0, 0, 255, 255, 255]].concat();
    [&screen[..], b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x4c\x01\0\x3b"].concat()
}

#[test]
fn memory_use_is_accounted_for() {
    let mut gif = Vec::new();
    let frame =
        image::RgbaImage::from_fn(1100, 1000, |x, y| image::Rgba([(x % 8) as u8 * 30, (y % 7) as u8 * 30, 9, 255]));
    image::codecs::gif::GifEncoder::new(&mut gif).encode_frame(image::Frame::new(frame)).unwrap();
    // One more column of screen, so that the frame does not fill it.
    let wider = [&gif[..6], &1101_u16.to_le_bytes(), &gif[8..]].concat();
    let mut files = vec![("GIF".to_owned(), gif), ("wider GIF".to_owned(), wider)];
    for format in [Format::Png, Format::Jpeg, Format::WebP, Format::Tiff, Format::Bmp, Format::Pnm, Format::Qoi] {
        for depth in [Depth::Eight, Depth::Sixteen] {
            for channels in [Channels::Grey, Channels::Rgb] {
                let options = EncodeOptions { depth, ..EncodeOptions::new(format) };
                if let Ok(bytes) = encode(&picture(channels), &options) {
                    files.push((format!("{format} {depth:?} {channels:?}"), bytes));
                }
            }
        }
    }
    let mut wrong = Vec::new();
    for (name, bytes) in files {
        let taken = allocation_counter::measure(|| drop(decode(&bytes, &DecodeOptions::default()).unwrap())).bytes_max;
        let counted = counted(&bytes);
        // Tables, and a few rows.
        if taken > counted + (1 << 20) {
            wrong.push((name, taken, counted));
        }
    }
    assert!(wrong.is_empty(), "(file, taken, counted): {wrong:#?}");
}

#[test]
fn gif_bomb_is_refused_before_it_takes_memory() {
    for side in [16000, 4000] {
        let bomb = gif(side, side);
        assert!(bomb.len() < 40);
        let taken = allocation_counter::measure(|| assert!(decode(&bomb, &DecodeOptions::default()).is_err()));
        assert!(taken.bytes_max < 1 << 20, "{side}: {} bytes", taken.bytes_max);
        // The same, after a comment long enough to make the size plausible.
        let comment = [&[0x21, 0xfe][..], &[[255].as_slice(), &[b'a'; 255]].concat().repeat(70), &[0]].concat();
        let long = [&bomb[..19], &comment, &bomb[19..]].concat();
        let result = decode(&long, &DecodeOptions::default());
        if side == 16000 {
            assert!(
                matches!(result, Err(DecodeError::TooManyBytes { .. })),
                "{:?}",
                result.map(|decoded| decoded.info)
            );
        } else {
            assert_eq!(result.unwrap().image.size().area(), 16_000_000);
        }
    }
}
