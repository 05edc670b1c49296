//! Lossless animated WebP: still pictures from an existing encoder, assembled as specified in RFC 9649 (sections 2.7
//! and 2.7.1).

use std::ops::Range;

use nearfar_image::Size;

use super::{Part, changes};
use crate::{error::EncodeError, format::Format};

/// The flag of a file that holds an animation, and of a frame that replaces what is below it.
const ANIMATION: u8 = 0b10;
const REPLACES: u8 = 0b10;
/// Bytes of a RIFF file before its first chunk: `RIFF`, a length, `WEBP`.
const HEADER: usize = 12;

pub(super) fn film(frames: &[Vec<[u8; 3]>], size: Size, milliseconds: u16) -> Result<Vec<u8>, EncodeError> {
    let mut body = b"WEBP".to_vec();
    let mut canvas = vec![ANIMATION, 0, 0, 0];
    canvas.extend([size.width() - 1, size.height() - 1].into_iter().flat_map(three_bytes));
    chunk(&mut body, *b"VP8X", &canvas);
    // A background that is never visible, and endless looping.
    chunk(&mut body, *b"ANIM", &[0; 6]);
    for (part, frame) in changes(frames, size) {
        let part = on_even_coordinates(part);
        let (width, height) = (part.columns.len(), part.rows.len());
        let samples = part.cut(frame, size.width());
        let numbers = [part.columns.start / 2, part.rows.start / 2, width - 1, height - 1, milliseconds.into()];
        let mut content: Vec<_> = numbers.into_iter().flat_map(three_bytes).collect();
        content.push(REPLACES);
        content.extend(still(&samples, width, height)?);
        chunk(&mut body, *b"ANMF", &content);
    }
    if u32::try_from(body.len()).is_err() {
        return Err(EncodeError::Encoder { format: Format::WebP, source: "a file holds 4 GiB at most".into() });
    }
    let mut file = Vec::with_capacity(body.len() + 8);
    chunk(&mut file, *b"RIFF", &body);
    Ok(file)
}

/// Frames start at even coordinates.
fn on_even_coordinates(part: Part) -> Part {
    let even = |range: Range<usize>| range.start / 2 * 2..range.end;
    Part { columns: even(part.columns), rows: even(part.rows) }
}

/// The chunks of a still picture.
fn still(samples: &[[u8; 3]], width: usize, height: usize) -> Result<Vec<u8>, EncodeError> {
    let mut file = Vec::new();
    // The check of sizes keeps sides below 2^15.
    image_webp::WebPEncoder::new(&mut file)
        .encode(samples.as_flattened(), width as u32, height as u32, image_webp::ColorType::Rgb8)
        .map_err(|e| EncodeError::Encoder { format: Format::WebP, source: e.into() })?;
    Ok(file.split_off(HEADER))
}

fn three_bytes(number: usize) -> [u8; 3] {
    let [a, b, c, ..] = number.to_le_bytes();
    [a, b, c]
}

/// Adds a chunk of less than 4 GiB: a name, a length, and the content, padded to an even number of bytes.
fn chunk(file: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    file.extend(name);
    file.extend((content.len() as u32).to_le_bytes());
    file.extend(content);
    if content.len() % 2 == 1 {
        file.push(0);
    }
}
