//! Chunks of PNG files.

use std::borrow::Cow;

/// Bytes of the signature, and bytes of a chunk around its data: length, kind and checksum.
const SIGNATURE: usize = 8;
const BEFORE: usize = 8;
const AFTER: usize = 4;

/// What was left out of a file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LeftOut {
    /// Frames after the first picture.
    pub(super) more: bool,
    /// Colour information that means nothing.
    pub(super) colors: bool,
}

/// The file without the frames after its first picture, which are not needed, so that it does not matter if they are out of
/// order; and without code points of no colours, for which the decoder would refuse it.
pub(super) fn first_picture(bytes: &[u8]) -> (Cow<'_, [u8]>, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut kept: Option<Vec<u8>> = None;
    let mut at = SIGNATURE;
    while let Some((kind, data, end)) = chunk(bytes, at) {
        let of_film = matches!(kind, b"acTL" | b"fcTL" | b"fdAT");
        // Matrices other than 0 are of formats with luma; the last byte is a truth value.
        let of_no_colors = kind == b"cICP" && !matches!(data, [_, _, 0, 0 | 1]);
        left_out.colors |= of_no_colors;
        if of_film || of_no_colors {
            left_out.more |=
                kind == b"acTL" && data.first_chunk().is_some_and(|&frames| u32::from_be_bytes(frames) > 1);
            kept.get_or_insert_with(|| bytes[..at].to_vec());
        } else if let Some(kept) = &mut kept {
            kept.extend(&bytes[at..end]);
        }
        at = end;
    }
    let whole = match kept {
        // Truncated files stay truncated.
        Some(mut kept) => {
            kept.extend(bytes.get(at..).unwrap_or_default());
            kept.into()
        }
        None => bytes.into(),
    };
    (whole, left_out)
}

/// The kind and the data of the chunk at `at`, and its end.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8], usize)> {
    let (length, rest) = bytes.get(at..)?.split_first_chunk()?;
    let (kind, rest) = rest.split_first_chunk()?;
    let length = u32::from_be_bytes(*length) as usize;
    let data = rest.get(..length)?;
    let end = (at + BEFORE + AFTER).checked_add(length)?;
    (end <= bytes.len()).then_some((kind, data, end))
}
