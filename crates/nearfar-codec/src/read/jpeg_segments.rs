//! Segments of JPEG files.

use std::borrow::Cow;

/// The end marker: without it the decoder fills what is missing with grey.
pub(super) const END: u8 = 0xd9;

/// Markers and, if they have one, the contents of their segments.
///
/// Segments are skipped by their length, so that those of a thumbnail inside one do not count.
pub(super) fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        loop {
            let &[lead, marker] = bytes.get(at..at + 2)?.first_chunk()?;
            match (lead, marker) {
                (0xff, END) => {
                    at = bytes.len();
                    return Some((END, &[][..]));
                }
                // Fill bytes, stuffed zeros, restart markers and entropy-coded data.
                (0xff, 0x00 | 0x01 | 0xd0..=0xd8) => at += 2,
                (0xff, 0xff) => at += 1,
                (0xff, _) => {
                    let start = at + 4;
                    let length = u16::from_be_bytes(*bytes.get(at + 2..)?.first_chunk()?);
                    at += 2 + usize::from(length);
                    return Some((marker, bytes.get(start..at).unwrap_or_default()));
                }
                _ => at += 1,
            }
        }
    })
}

/// The coding of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// DCT with Huffman coding, sequential or progressive.
    Huffman,
    /// Prediction instead of DCT.
    Lossless,
    /// Differences from a smaller picture.
    Hierarchical,
    /// Arithmetic coding, with whatever transform.
    Arithmetic,
}

impl Frame {
    /// The frame type of a marker; none if it is not a frame.
    pub(super) fn of(marker: u8) -> Option<Self> {
        Some(match marker {
            0xc0..=0xc2 => Self::Huffman,
            0xc3 => Self::Lossless,
            0xc5..=0xc7 => Self::Hierarchical,
            0xc9..=0xcb | 0xcd..=0xcf => Self::Arithmetic,
            _ => return None,
        })
    }
}

/// The marker of the segment after which the picture's data begin.
const SCAN: u8 = 0xda;

/// The file without the bytes between its header segments, which other decoders skip: none of them can be part of the
/// picture.
pub(super) fn without_junk(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut kept: Option<Vec<u8>> = None;
    let mut at = 2;
    while let Some(rest) = bytes.get(at..) {
        let Some(junk) = rest.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff)) else {
            break;
        };
        if junk > 0 {
            kept.get_or_insert_with(|| bytes[..at].to_vec());
        }
        let start = at + junk;
        let marker = bytes[start + 1];
        let length = match (marker, bytes.get(start + 2..).and_then(<[u8]>::first_chunk)) {
            (0x01 | 0xd0..=END, _) | (_, None) => 0,
            (_, Some(&length)) => usize::from(u16::from_be_bytes(length)),
        };
        // After the first scan header, or the end of the file, there are no more headers.
        let last = matches!(marker, SCAN | END);
        at = if last { bytes.len() } else { bytes.len().min(start + 2 + length) };
        if let Some(kept) = &mut kept {
            kept.extend(&bytes[start..at]);
        }
        if last {
            break;
        }
    }
    kept.map_or(bytes.into(), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bytes_between_headers_are_dropped() {
        let tidy = b"\xff\xd8\xff\xe0\0\x05abc\xff\xda\0\x02 data \xff\0 more\xff\xd9 behind";
        assert!(matches!(without_junk(tidy), Cow::Borrowed(bytes) if bytes == tidy));
        let junk = b"\xff\xd8\0\xff\0junk\xff\xff\xff\xe0\0\x05abc\x01\xff\xda\0\x02 data \xff\0 more\xff\xd9 behind";
        assert_eq!(&*without_junk(junk), tidy);
        // Truncated files stay truncated.
        for length in 0..junk.len() {
            let left = without_junk(&junk[..length]);
            assert!(tidy.starts_with(&left) || junk.starts_with(&left), "{length}: {left:?}");
        }
    }
}
