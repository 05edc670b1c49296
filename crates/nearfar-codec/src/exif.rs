//! EXIF blocks: the metadata of a photograph that remain true of a picture made from it.
//!
//! A block is a TIFF file without pixels: directories of tags. Copying it verbatim would copy falsehoods: the old size
//! and orientation, a thumbnail of the old picture, maker notes whose offsets break when they move. So the tags are
//! read, those still true are kept, and a new block is written.

use nearfar_image::Size;

/// Tags of the first directory that describe the photograph rather than how a file stores or prints it: description,
/// maker, model, software, date, artist, computer, ratings, copyright, and Windows' tags from title to subject.
const PICTURE: [u16; 15] = [
    0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x4746, 0x4749, 0x8298, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e,
    0x9c9f,
];
/// Tags of the photograph's directory that are no longer true or cannot be moved: components, compression, subject area
/// and subject location, maker notes, and a pointer to a directory about the file.
const LEFT_OUT: [u16; 6] = [0x9101, 0x9102, 0x9214, 0xa214, 0x927c, INTEROPERABILITY];

const ORIENTATION: u16 = 0x0112;
const PHOTOGRAPH: u16 = 0x8769;
const GPS: u16 = 0x8825;
const INTEROPERABILITY: u16 = 0xa005;
const COLOR_SPACE: u16 = 0xa001;
const WIDTH: u16 = 0xa002;
const HEIGHT: u16 = 0xa003;

const SHORT: u16 = 3;
const LONG: u16 = 4;

/// Bytes per value of each field type, 1 to 12.
const WIDTHS: [usize; 13] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/// Bytes per directory entry.
const ENTRY: usize = 12;

/// The EXIF block for a picture of `size` made from the photograph that `block` describes: who took it, when, where and
/// how is kept; orientation is upright and the size the new one; thumbnail and maker notes are left out. `srgb` says
/// whether the picture's codes are sRGB.
///
/// None if `block` is damaged, or contains nothing that is still true.
#[must_use]
pub fn carry_exif(block: &[u8], size: Size, srgb: bool) -> Option<Vec<u8>> {
    let mut exif = Exif::read(block)?;
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    exif.picture.push(Entry::short(ORIENTATION, 1));
    exif.photograph.retain(|entry| ![COLOR_SPACE, WIDTH, HEIGHT].contains(&entry.tag));
    exif.photograph.push(Entry::short(COLOR_SPACE, if srgb { 1 } else { u16::MAX }));
    exif.photograph.push(Entry::long(WIDTH, side(size.width())));
    exif.photograph.push(Entry::long(HEIGHT, side(size.height())));
    Some(exif.to_block())
}

/// The tags that are kept, by directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exif {
    picture: Vec<Entry>,
    photograph: Vec<Entry>,
    gps: Vec<Entry>,
}

/// A tag with its value, in little-endian bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: Vec<u8>,
}

impl Entry {
    fn short(tag: u16, value: u16) -> Self {
        Self { tag, kind: SHORT, count: 1, value: value.to_le_bytes().into() }
    }

    fn long(tag: u16, value: u32) -> Self {
        Self { tag, kind: LONG, count: 1, value: value.to_le_bytes().into() }
    }
}

impl Exif {
    /// Reads a block, or a whole TIFF file; none if it is neither or contains nothing that is still true.
    pub(crate) fn read(block: &[u8]) -> Option<Self> {
        let reader = Reader::new(block)?;
        let first = reader.directory(reader.long(4)?)?;
        let below = |tag: u16| {
            let pointer = first.iter().find(|entry| entry.tag == tag && entry.kind == LONG)?;
            reader.directory(u32::from_le_bytes(*pointer.value.first_chunk()?))
        };
        let mut photograph = below(PHOTOGRAPH).unwrap_or_default();
        photograph.retain(|entry| !LEFT_OUT.contains(&entry.tag));
        let gps = below(GPS).unwrap_or_default();
        let picture: Vec<_> = first.into_iter().filter(|entry| PICTURE.contains(&entry.tag)).collect();
        let exif = Self { picture, photograph, gps };
        (exif != Self::default()).then_some(exif)
    }

    /// Serialises the tags as a block.
    pub(crate) fn to_block(&self) -> Vec<u8> {
        let mut writer = Writer { bytes: b"II\x2a\0\0\0\0\0".to_vec(), big_endian: false };
        self.write(&mut writer, Vec::new());
        writer.bytes
    }

    /// Adds the tags to the first directory of a TIFF file; tags that are already there stay. Pixels do not move. None,
    /// with no effect, if `file` is not a classic TIFF file.
    #[cfg(feature = "formats")]
    pub(crate) fn attach(&self, file: Vec<u8>) -> Option<Vec<u8>> {
        let reader = Reader::new(&file)?;
        let big_endian = reader.big_endian;
        let at = reader.long(4)? as usize;
        let count = usize::from(reader.short(at)?);
        let entries = file.get(at + 2..at + 2 + count * ENTRY)?.as_chunks::<ENTRY>().0;
        let own = entries.iter().map(|&raw| Some((reader.order16(*raw.first_chunk()?), raw))).collect::<Option<_>>()?;
        let mut writer = Writer { bytes: file, big_endian };
        self.write(&mut writer, own);
        Some(writer.bytes)
    }

    /// Appends the directories and points the header at the first one, which also gets the existing entries.
    fn write(&self, writer: &mut Writer, mut raw: Vec<(u16, [u8; ENTRY])>) {
        for (tag, entries) in [(PHOTOGRAPH, &self.photograph), (GPS, &self.gps)] {
            if !entries.is_empty() {
                let entries = entries.iter().map(|entry| (entry.tag, writer.entry(entry))).collect();
                let at = writer.directory(entries);
                raw.push((tag, writer.entry(&Entry::long(tag, at))));
            }
        }
        for entry in &self.picture {
            if !raw.iter().any(|(tag, _)| *tag == entry.tag) {
                raw.push((entry.tag, writer.entry(entry)));
            }
        }
        let at = writer.directory(raw);
        let at = writer.ordered(&at.to_le_bytes(), 4);
        writer.bytes[4..8].copy_from_slice(&at);
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes.first_chunk()? {
            b"II\x2a\0" => Some(Self { bytes, big_endian: false }),
            b"MM\0\x2a" => Some(Self { bytes, big_endian: true }),
            _ => None,
        }
    }

    fn order16(&self, bytes: [u8; 2]) -> u16 {
        if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
    }

    fn short(&self, at: usize) -> Option<u16> {
        self.bytes.get(at..)?.first_chunk().map(|&bytes| self.order16(bytes))
    }

    fn long(&self, at: usize) -> Option<u32> {
        let &bytes = self.bytes.get(at..)?.first_chunk()?;
        Some(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    /// The valid entries of the directory at `at`.
    fn directory(&self, at: u32) -> Option<Vec<Entry>> {
        let at = at as usize;
        let count = usize::from(self.short(at)?);
        // Valid entries do not share bytes, so that a small block cannot expand into a large one.
        let mut left = self.bytes.len();
        let mut entries: Vec<Entry> = Vec::new();
        for i in 0..count {
            let Some(entry) = self.entry(at + 2 + i * ENTRY) else { continue };
            let known = entries.iter().any(|other| other.tag == entry.tag);
            let Some(rest) = left.checked_sub(entry.value.len()).filter(|_| !known) else { continue };
            left = rest;
            entries.push(entry);
        }
        Some(entries)
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let (tag, kind, count) = (self.short(at)?, self.short(at + 2)?, self.long(at + 4)?);
        let width = *WIDTHS.get(usize::from(kind)).filter(|&&width| width > 0)?;
        let length = width.checked_mul(count as usize).filter(|&length| length > 0)?;
        let place = if length <= 4 { at + 8 } else { self.long(at + 8)? as usize };
        let mut value = self.bytes.get(place..place.checked_add(length)?)?.to_vec();
        if self.big_endian {
            value.chunks_exact_mut(unit(kind)).for_each(<[u8]>::reverse);
        }
        Some(Entry { tag, kind, count, value })
    }
}

/// Size in bytes of the numbers that are affected by byte order: a fraction is two numbers.
fn unit(kind: u16) -> usize {
    if matches!(kind, 5 | 10) { 4 } else { WIDTHS[usize::from(kind)] }
}

struct Writer {
    bytes: Vec<u8>,
    big_endian: bool,
}

impl Writer {
    /// Converts little-endian numbers of `unit` bytes to the file's byte order.
    fn ordered(&self, value: &[u8], unit: usize) -> Vec<u8> {
        let mut value = value.to_vec();
        if self.big_endian {
            value.chunks_exact_mut(unit).for_each(<[u8]>::reverse);
        }
        value
    }

    /// Appends bytes at an even offset, as the format requires.
    fn append(&mut self, bytes: &[u8]) -> u32 {
        if self.bytes.len() % 2 == 1 {
            self.bytes.push(0);
        }
        let at = self.bytes.len() as u32;
        self.bytes.extend_from_slice(bytes);
        at
    }

    /// The bytes of an entry; a value that does not fit there is appended.
    fn entry(&mut self, entry: &Entry) -> [u8; ENTRY] {
        let value = self.ordered(&entry.value, unit(entry.kind));
        let value = if value.len() <= 4 {
            value
        } else {
            let at = self.append(&value);
            self.ordered(&at.to_le_bytes(), 4)
        };
        let mut raw = [0; ENTRY];
        raw[..2].copy_from_slice(&self.ordered(&entry.tag.to_le_bytes(), 2));
        raw[2..4].copy_from_slice(&self.ordered(&entry.kind.to_le_bytes(), 2));
        raw[4..8].copy_from_slice(&self.ordered(&entry.count.to_le_bytes(), 4));
        raw[8..8 + value.len()].copy_from_slice(&value);
        raw
    }

    /// Appends a directory with its entries in order, and returns its offset.
    fn directory(&mut self, mut entries: Vec<(u16, [u8; ENTRY])>) -> u32 {
        entries.sort_by_key(|&(tag, _)| tag);
        let mut bytes = self.ordered(&(entries.len() as u16).to_le_bytes(), 2);
        bytes.extend(entries.iter().flat_map(|(_, raw)| raw));
        // No further directory, so no thumbnail.
        bytes.extend([0; 4]);
        self.append(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATIONAL: u16 = 5;
    const UNDEFINED: u16 = 7;

    fn entry(tag: u16, kind: u16, count: u32, value: &[u8]) -> Entry {
        Entry { tag, kind, count, value: value.to_vec() }
    }

    /// A phone's block with a thumbnail directory after the first, in either byte order.
    fn block(big_endian: bool) -> Vec<u8> {
        let header: &[u8] = if big_endian { b"MM\0\x2a\0\0\0\0" } else { b"II\x2a\0\0\0\0\0" };
        let mut writer = Writer { bytes: header.to_vec(), big_endian };
        let exif = Exif {
            picture: vec![entry(0x010f, 2, 6, b"Maker\0"), Entry::short(ORIENTATION, 6), Entry::long(0x0100, 4000)],
            photograph: vec![
                entry(0x829a, RATIONAL, 1, &[1, 0, 0, 0, 250, 0, 0, 0]),
                entry(0x927c, UNDEFINED, 5, b"notes"),
                Entry::long(WIDTH, 4000),
                Entry::short(COLOR_SPACE, u16::MAX),
            ],
            gps: vec![entry(1, 2, 2, b"N\0")],
        };
        exif.write(&mut writer, Vec::new());
        // The first directory was written last and ends with a pointer to the next one, the thumbnail's.
        let next = writer.bytes.len() - 4;
        let thumbnail = writer.append(b"\0\0\0\0\0\0THUMBNAIL");
        let pointer = writer.ordered(&thumbnail.to_le_bytes(), 4);
        writer.bytes[next..next + 4].copy_from_slice(&pointer);
        writer.bytes
    }

    #[test]
    fn true_tags_are_carried_in_either_byte_order() {
        let size = Size::new(300, 200).unwrap();
        let blocks = [false, true].map(|big_endian| carry_exif(&block(big_endian), size, true).unwrap());
        assert_eq!(blocks[0], blocks[1]);
        let exif = Exif::read(&blocks[0]).unwrap();
        assert_eq!(exif.picture, [entry(0x010f, 2, 6, b"Maker\0")]);
        let expected = [
            entry(0x829a, RATIONAL, 1, &[1, 0, 0, 0, 250, 0, 0, 0]),
            Entry::short(COLOR_SPACE, 1),
            Entry::long(WIDTH, 300),
            Entry::long(HEIGHT, 200),
        ];
        assert_eq!(exif.photograph, expected);
        assert_eq!(exif.gps, [entry(1, 2, 2, b"N\0")]);
        let holds = |word: &[u8]| blocks[0].windows(word.len()).any(|window| window == word);
        assert!(!holds(b"THUMBNAIL") && !holds(b"notes"));
        let first = Reader::new(&blocks[0]).unwrap();
        let upright = first.directory(first.long(4).unwrap()).unwrap();
        assert!(upright.contains(&Entry::short(ORIENTATION, 1)));
    }

    #[test]
    fn damaged_blocks_yield_nothing() {
        let whole = block(false);
        let size = Size::new(3, 2).unwrap();
        for cut in 0..whole.len() {
            // Whatever the result, there is no panic, and no tag except those present before and the new ones.
            let carried = carry_exif(&whole[..cut], size, true);
            assert!(carried.is_none_or(|carried| carried.len() < whole.len() + 100), "cut at {cut}");
        }
        assert_eq!(carry_exif(b"", size, true), None);
        assert_eq!(carry_exif(b"II\x2a\0\x08\0\0\0\0\0\0\0\0\0", size, true), None);
    }

    #[test]
    fn entries_that_share_bytes_do_not_multiply() {
        let mut writer = Writer { bytes: b"II\x2a\0\0\0\0\0".to_vec(), big_endian: false };
        let at = writer.append(&[7; 5000]);
        let raw = |tag: u16| {
            let parts = [&tag.to_le_bytes()[..], &[7, 0], &5000u32.to_le_bytes(), &at.to_le_bytes()].concat();
            (tag, *parts.first_chunk().unwrap())
        };
        let gps = writer.directory((0..2000).map(raw).collect());
        let pointer = writer.entry(&Entry::long(GPS, gps));
        let first = writer.directory(vec![(GPS, pointer)]);
        writer.bytes[4..8].copy_from_slice(&first.to_le_bytes());
        let carried = carry_exif(&writer.bytes, Size::new(3, 2).unwrap(), true).unwrap();
        assert!(carried.len() < writer.bytes.len() + 100, "{} from {}", carried.len(), writer.bytes.len());
    }
}
