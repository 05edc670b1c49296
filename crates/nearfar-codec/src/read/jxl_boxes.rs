//! Boxes of JPEG XL files (ISO/IEC 18181-2). The decoder could parse them itself, but it decompresses metadata without
//! a limit.

use std::borrow::Cow;

/// The parts of a file that are used.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Boxes<'a> {
    /// The picture.
    pub(super) codestream: Cow<'a, [u8]>,
    pub(super) exif: Option<Packed<'a>>,
    pub(super) xmp: Option<Packed<'a>>,
}

/// Metadata as stored in a box.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Packed<'a> {
    Plain(&'a [u8]),
    Brotli(&'a [u8]),
}

impl<'a> Boxes<'a> {
    /// The boxes of a file, the last of which may be truncated, or a bare codestream; none if there is no picture.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0x0a]) {
            return Some(Self { codestream: bytes.into(), ..Self::default() });
        }
        let mut boxes = Self::default();
        let mut rest = bytes;
        while let Some((kind, body, after)) = split(rest) {
            match kind {
                b"jxlc" => boxes.codestream = body.into(),
                // Each part is preceded by its number; they come in order.
                b"jxlp" => boxes.codestream.to_mut().extend(body.get(4..).unwrap_or_default()),
                b"Exif" => boxes.exif = Some(Packed::Plain(body)),
                b"xml " => boxes.xmp = Some(Packed::Plain(body)),
                b"brob" => match body.split_first_chunk() {
                    Some((b"Exif", packed)) => boxes.exif = Some(Packed::Brotli(packed)),
                    Some((b"xml ", packed)) => boxes.xmp = Some(Packed::Brotli(packed)),
                    _ => {}
                },
                _ => {}
            }
            rest = after;
        }
        Some(boxes).filter(|boxes| !boxes.codestream.is_empty())
    }
}

/// The kind and the body of the first box, and the rest.
fn split(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (kind, rest) = rest.split_first_chunk()?;
    let (body, rest) = match u32::from_be_bytes(*length) {
        // To the end of the file.
        0 => (rest.len(), rest),
        1 => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::try_from(u64::from_be_bytes(*length)).ok()?.checked_sub(16)?, rest)
        }
        length => ((length as usize).checked_sub(8)?, rest),
    };
    let (body, after) = rest.split_at(body.min(rest.len()));
    Some((kind, body, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
    }

    #[test]
    fn parts_of_a_picture_are_concatenated() {
        let file = [
            boxed(b"JXL ", b"\r\n\x87\n"),
            boxed(b"jxlp", b"\0\0\0\0ab"),
            boxed(b"brob", b"xml packed"),
            [&[0, 0, 0, 1][..], b"Exif", &(16 + 3_u64).to_be_bytes(), b"tif"].concat(),
            [&[0, 0, 0, 0][..], b"jxlp\x80\0\0\x01cd"].concat(),
        ]
        .concat();
        let boxes = Boxes::of(&file).unwrap();
        assert_eq!(&*boxes.codestream, b"abcd");
        assert_eq!((boxes.exif, boxes.xmp), (Some(Packed::Plain(b"tif")), Some(Packed::Brotli(b"packed"))));
    }

    #[test]
    fn broken_boxes_terminate() {
        for length in [1_u32, 2, 7, 8, 9, u32::MAX] {
            let broken = [&length.to_be_bytes()[..], b"jxlc\0\0\0"].concat();
            let _ = Boxes::of(&broken);
        }
        assert_eq!(Boxes::of(b""), None);
        assert_eq!(Boxes::of(&boxed(b"JXL ", b"")), None);
    }
}
