//! The blocks of a GIF.

/// Whether a file of so many bytes can hold so many pixels, or is a header that asks for memory.
///
/// A code of two bits or more stands for 4096 pixels at most.
pub(crate) fn can_hold(bytes: &[u8], pixels: usize) -> bool {
    pixels.div_ceil(4 * 4096) <= bytes.len()
}

/// Whether a GIF holds more than one picture. Blocks are stepped over, nothing is unpacked.
pub(crate) fn has_several_pictures(bytes: &[u8]) -> bool {
    let mut pictures = 0;
    let mut at = 13 + bytes.get(10).map_or(0, |&flags| table(flags));
    while let Some(&block) = bytes.get(at) {
        at = match block {
            // An extension: a label, then data.
            0x21 => after_data(bytes, at + 2),
            // A picture: its place, a table, the length of codes, then data.
            0x2c => {
                pictures += 1;
                after_data(bytes, at + 11 + bytes.get(at + 9).map_or(0, |&flags| table(flags)))
            }
            _ => break,
        };
    }
    pictures > 1
}

/// Bytes of the colour table that follows some flags.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where data ends that come in pieces, each after its length, the last of length 0.
fn after_data(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&length) = bytes.get(at) {
        at += 1 + usize::from(length);
        if length == 0 {
            break;
        }
    }
    at
}
