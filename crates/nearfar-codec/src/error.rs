//! What can go wrong with a picture file.

#[cfg(feature = "files")]
use std::path::PathBuf;
use std::{error::Error, fmt, io};

use crate::{format::Format, page::Depth};

/// Why a file could not be read as a picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The bytes could not be had.
    #[error("cannot read: {source}")]
    Io {
        /// What the operating system said.
        source: io::Error,
    },
    /// There are no bytes at all.
    #[error("the file is empty (0 bytes)")]
    Empty,
    /// The first bytes belong to no format that is known.
    #[error(
        "this is no picture in a known format; PNG, JPEG, WebP, TIFF, GIF, BMP, PNM, QOI, farbfeld and JPEG XL can be read"
    )]
    UnknownFormat,
    /// A known format that cannot be read.
    #[error("{name} files cannot be read")]
    UnreadableFormat {
        /// Name of the format.
        name: &'static str,
    },
    /// The file ends before the picture does.
    #[error("the {format} file is cut short: it ends before the picture does")]
    Truncated {
        /// The format that the first bytes declare.
        format: Format,
    },
    /// The file breaks the rules of its format.
    #[error("the {format} file is damaged: {damage}")]
    Damaged {
        /// The format that the first bytes declare.
        format: Format,
        /// What is wrong.
        damage: Damage,
    },
    /// A rare variant of the format.
    #[error("this kind of {format} file cannot be read ({variant})")]
    Unsupported {
        /// The format that the first bytes declare.
        format: Format,
        /// What is rare about it.
        variant: Variant,
    },
    /// The header declares a picture without pixels.
    #[error("the {format} file declares a picture of {width}x{height} pixels, which has no area")]
    NoArea {
        /// The format that the first bytes declare.
        format: Format,
        /// Declared width in pixels.
        width: u64,
        /// Declared height in pixels.
        height: u64,
    },
    /// More pixels than [`DecodeOptions::max_pixels`](crate::DecodeOptions::max_pixels).
    #[error(
        "the {format} file declares {width}x{height} = {} pixels; the limit is {max_pixels}",
        width.saturating_mul(*height)
    )]
    TooManyPixels {
        /// The format that the first bytes declare.
        format: Format,
        /// Declared width in pixels.
        width: u64,
        /// Declared height in pixels.
        height: u64,
        /// The limit in force.
        max_pixels: u64,
    },
    /// More memory than [`DecodeOptions::max_bytes`](crate::DecodeOptions::max_bytes).
    #[error("reading this file takes {bytes} bytes of memory or more; the limit is {max_bytes}")]
    TooManyBytes {
        /// What reading needs at least.
        bytes: u64,
        /// The limit in force.
        max_bytes: u64,
    },
    /// The operating system has not so much memory, though the limit would allow it.
    #[error("there are no {bytes} bytes of memory for the picture")]
    OutOfMemory {
        /// What was asked for.
        bytes: usize,
    },
    /// [`DecodeOptions::background`](crate::DecodeOptions::background) is no colour.
    #[error("the background is {background:?}; its red, green and blue must be codes from 0 to 1")]
    Background {
        /// The offending colour.
        background: [f32; 3],
    },
    /// A float file holds NaN or infinity.
    #[error("the {format} file holds samples that are not finite numbers")]
    NotFinite {
        /// The format that the first bytes declare.
        format: Format,
    },
}

/// What an encoder or a decoder of a format says itself.
type Source = Box<dyn Error + Send + Sync>;

/// How a file breaks the rules of its format.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// The sizes of a JPEG picture are missing.
    #[error("there is no frame header")]
    NoFrame,
    /// The colours that the samples number are missing.
    #[error("a palette is missing")]
    NoPalette,
    /// The size is one that so short a file cannot fill.
    #[error("it declares more pixels than its bytes can hold")]
    TooFewBytes,
    /// There are more or fewer samples than the size asks for.
    #[error("its planes do not fit its size")]
    PlaneSize,
    /// Reading ends in a panic of the decoder.
    #[error("it breaks the decoder, which should be reported")]
    BreaksDecoder,
    /// What the decoder objects to.
    #[error("{0}")]
    Decoder(#[source] Source),
}

/// What kind of file is not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Variant {
    /// The samples stand for colours that are neither grey, RGB nor CMYK.
    #[error("its colour space is unknown")]
    ColorSpace,
    /// A JPEG picture in arithmetic codes.
    #[error("arithmetic coding is not supported")]
    Arithmetic,
    /// A JPEG picture that is stored without loss.
    #[error("it is packed by lossless JPEG")]
    LosslessJpeg,
    /// A JPEG picture that is stored as differences from a smaller one.
    #[error("it is packed by hierarchical JPEG")]
    HierarchicalJpeg,
    /// Amounts of ink in a format where they are not read.
    #[error("its colours are amounts of ink")]
    Inks,
    /// A JPEG picture's colours have more samples than its lightness.
    #[error("its colours are sampled more finely than its lightness")]
    FineColors,
    /// A number of bits that is not read, for these colours at least.
    #[error("its samples have {bits} bits")]
    SampleBits {
        /// Bits of a sample.
        bits: u8,
    },
    /// A TIFF file's data are packed in a way that is not read.
    #[error("its data are packed by {}", compression(*code))]
    Compression {
        /// The number of that way in the file.
        code: u16,
    },
    /// A TIFF file's data are packed by LZW as it was written before TIFF 6.0.
    #[error("its data are packed by the LZW of files before 1992")]
    OldLzw,
    /// A TIFF file's colours lie apart in tiles that reach beyond the picture's lower edge, which the decoder mistakes.
    #[error("its colours lie apart, in tiles that reach beyond its lower edge")]
    TilesApart,
    /// Samples of a type that is not read: signed, or whole numbers of 64 bits.
    #[error("its samples are of an unknown kind")]
    SampleKind,
    /// What the decoder lacks.
    #[error("{0}")]
    Decoder(#[source] Source),
}

/// The name of a TIFF file's compression.
fn compression(code: u16) -> String {
    let name = match code {
        2 => "CCITT modified Huffman",
        3 => "CCITT group 3",
        6 => "JPEG as it was before 1995",
        34661 => "JBIG",
        34712 => "JPEG 2000",
        34887 => "LERC",
        34925 => "LZMA",
        50000 => "Zstandard",
        50002 => "JPEG XL",
        _ => return format!("method {code}"),
    };
    name.to_owned()
}

/// What a file can say beside its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text under a keyword.
    Text,
    /// An ICC profile.
    Profile,
    /// An EXIF block.
    Exif,
    /// An XMP packet.
    Xmp,
}

/// In the middle of a sentence.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Profile => "colour profile",
            Self::Exif => "EXIF data",
            Self::Xmp => "XMP data",
        })
    }
}

/// Why a picture could not be turned into a file's bytes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The format can be read only.
    #[error("{format} files cannot be written; PNG, JPEG, WebP, TIFF, BMP, PNM and QOI can")]
    ReadOnlyFormat {
        /// The format asked for.
        format: Format,
    },
    /// The format has no such samples.
    #[error("{format} files hold no {} bit samples; PNG, TIFF and PNM do", depth.bits())]
    Depth {
        /// The format asked for.
        format: Format,
        /// The depth asked for.
        depth: Depth,
    },
    /// JPEG quality out of range.
    #[error("the JPEG quality is {quality}; it must be from 1 to 100")]
    Quality {
        /// The quality asked for.
        quality: u32,
    },
    /// The format's header has no room for the size.
    #[error("a {format} file holds at most {max} pixels a side; the picture has {width}x{height}")]
    SideTooLong {
        /// The format asked for.
        format: Format,
        /// Width in pixels.
        width: usize,
        /// Height in pixels.
        height: usize,
        /// The longest side of the format.
        max: usize,
    },
    /// The format, or this library's writer of it, has no place for such metadata.
    #[error("no {kind} can be stored in {format} files")]
    Metadata {
        /// The format asked for.
        format: Format,
        /// What was to be stored.
        kind: Kind,
    },
    /// More of it than one block of the format holds.
    #[error("a {format} file holds {max} bytes of {kind}; these are {bytes}")]
    MetadataTooLong {
        /// The format asked for.
        format: Format,
        /// What was to be stored.
        kind: Kind,
        /// Its length in bytes.
        bytes: usize,
        /// The most that the format holds.
        max: usize,
    },
    /// A PNG keyword is not 1 to 79 Latin-1 characters.
    #[error("a PNG text keyword of {length} characters cannot be stored; it must be 1 to 79 Latin-1 characters")]
    Keyword {
        /// Number of characters.
        length: usize,
    },
    /// The format, or this library's writer of it, holds one picture only.
    #[error("{format} files with an animation cannot be written; PNG, GIF and WebP can")]
    NoAnimation {
        /// The format asked for.
        format: Format,
    },
    /// An animation without a frame, or of frames of several sizes.
    #[error("an animation takes one frame or more, all of one size")]
    Frames,
    /// The operating system has no memory for the file's samples.
    #[error("there is no memory for the file's samples")]
    OutOfMemory,
    /// The encoder gave up for another reason.
    #[error("the {format} file could not be made: {source}")]
    Encoder {
        /// The format asked for.
        format: Format,
        /// What the encoder says.
        source: Source,
    },
}

/// Why a file could not be put in its place. Nothing has changed on the disk then.
#[cfg(feature = "files")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// Something is there already and [`Overwrite::Refuse`](crate::Overwrite::Refuse) protects it.
    #[error("{} exists already", path.display())]
    Exists {
        /// Where the file was to go.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// Where the file was to go.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}
