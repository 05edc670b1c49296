//! Blocks of GIF files.

/// Whether a file of this size can hold that many pixels, or its header merely demands memory.
///
/// A code of two bits or more stands for at most 4096 pixels.
pub(crate) fn can_hold(bytes: &[u8], pixels: usize) -> bool {
    pixels.div_ceil(4 * 4096) <= bytes.len()
}

/// Whether a GIF holds more than one picture. Blocks are skipped, nothing is decompressed.
pub(crate) fn has_several_pictures(bytes: &[u8]) -> bool {
    let mut pictures = 0;
    let mut at = 13 + bytes.get(10).map_or(0, |&flags| table(flags));
    while let Some(&block) = bytes.get(at) {
        at = match block {
            // An extension: a label, then data.
            0x21 => after_data(bytes, at + 2),
            // A picture: its position, a colour table, the code length, then data.
            0x2c => {
                pictures += 1;
                after_data(bytes, at + 11 + bytes.get(at + 9).map_or(0, |&flags| table(flags)))
            }
            _ => break,
        };
    }
    pictures > 1
}

/// Size in bytes of the colour table that the flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// The end of a sequence of data sub-blocks, each preceded by its length, the last of length 0.
fn after_data(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&length) = bytes.get(at) {
        at += 1 + usize::from(length);
        if length == 0 {
            break;
        }
    }
    at
}
