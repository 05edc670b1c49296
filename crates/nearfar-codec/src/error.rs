//! Errors of picture files.

#[cfg(feature = "files")]
use std::path::PathBuf;
use std::{error::Error, fmt, io};

use crate::{format::Format, page::Depth};

/// Why a file could not be read as a picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The bytes could not be read.
    #[error("cannot read: {source}")]
    Io {
        /// The operating system's error.
        source: io::Error,
    },
    /// There are no bytes at all.
    #[error("the file is empty (0 bytes)")]
    Empty,
    /// The first bytes are not those of any known format.
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
        /// The unsupported variant.
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
    /// The operating system does not have enough memory, although the limit would allow it.
    #[error("there is not enough memory for the picture: it needs {bytes} bytes")]
    OutOfMemory {
        /// Bytes requested.
        bytes: usize,
    },
    /// [`DecodeOptions::background`](crate::DecodeOptions::background) is not a colour.
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

/// An error of a format's own encoder or decoder.
type Source = Box<dyn Error + Send + Sync>;

/// How a file violates its format.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// A JPEG file has no frame header.
    #[error("there is no frame header")]
    NoFrame,
    /// A palette picture has no palette.
    #[error("a palette is missing")]
    NoPalette,
    /// The declared size is too large for such a short file.
    #[error("it declares more pixels than its bytes can hold")]
    TooFewBytes,
    /// There are more or fewer samples than the size requires.
    #[error("its planes do not fit its size")]
    PlaneSize,
    /// The decoder panics.
    #[error("it makes the decoder panic, which should be reported")]
    BreaksDecoder,
    /// An error of the decoder.
    #[error("{0}")]
    Decoder(#[source] Source),
}

/// The kind of file that is not supported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Variant {
    /// The samples stand for colours that are neither grey, RGB nor CMYK.
    #[error("its colour space is unknown")]
    ColorSpace,
    /// A JPEG picture with arithmetic coding.
    #[error("arithmetic coding is not supported")]
    Arithmetic,
    /// A losslessly compressed JPEG picture.
    #[error("it is compressed by lossless JPEG")]
    LosslessJpeg,
    /// A JPEG picture stored as differences from a smaller one.
    #[error("it is compressed by hierarchical JPEG")]
    HierarchicalJpeg,
    /// Ink amounts, in a format in which they are not supported.
    #[error("its colours are amounts of ink")]
    Inks,
    /// The chroma of a JPEG picture has more samples than its luma.
    #[error("its colours are sampled more finely than its lightness")]
    FineColors,
    /// An unsupported number of bits, at least for these colours.
    #[error("its samples have {bits} bits")]
    SampleBits {
        /// Bits per sample.
        bits: u8,
    },
    /// A TIFF file with an unsupported compression.
    #[error("its data are compressed by {}", compression(*code))]
    Compression {
        /// The number of the compression in the file.
        code: u16,
    },
    /// A TIFF file with LZW as written before TIFF 6.0.
    #[error("its data are compressed by the LZW of files before 1992")]
    OldLzw,
    /// A TIFF file with planar colours in tiles that extend beyond the picture's lower edge, which the decoder
    /// misreads.
    #[error("its colours are stored plane by plane, in tiles that extend beyond its lower edge")]
    TilesApart,
    /// A TIFF file with greys and one more sample in one JPEG stream, which the decoder misreads.
    #[error("its greys and their transparency are compressed together by JPEG")]
    JpegOfTwo,
    /// Samples of an unsupported type: signed, or integers of 64 bits.
    #[error("its samples are neither unsigned integers of up to 32 bits nor floats")]
    SampleKind,
    /// The decoder lacks support.
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

/// What a file can contain besides its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text with a keyword.
    Text,
    /// An ICC profile.
    Profile,
    /// An EXIF block.
    Exif,
    /// An XMP packet.
    Xmp,
}

/// As used in the middle of a sentence.
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

/// Why a picture could not be encoded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The format can be read only.
    #[error("{format} files cannot be written; PNG, JPEG, WebP, TIFF, BMP, PNM and QOI can")]
    ReadOnlyFormat {
        /// The format asked for.
        format: Format,
    },
    /// The format has no samples of this depth.
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
    /// The format, or this library's writer for it, cannot store such metadata.
    #[error("no {kind} can be stored in {format} files")]
    Metadata {
        /// The format asked for.
        format: Format,
        /// What was to be stored.
        kind: Kind,
    },
    /// The metadata are longer than one block of the format can hold.
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
    /// The format, or this library's writer for it, can hold only one picture.
    #[error("{format} files with an animation cannot be written; PNG, GIF and WebP can")]
    NoAnimation {
        /// The format asked for.
        format: Format,
    },
    /// An animation without frames, or with frames of different sizes.
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
        /// The encoder's error.
        source: Source,
    },
}

/// Why a file could not be put in its place. Nothing on disk has changed.
#[cfg(feature = "files")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The file already exists, and [`Overwrite::Refuse`](crate::Overwrite::Refuse) protects it.
    #[error("{} exists already", path.display())]
    Exists {
        /// The destination.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// The destination.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
}
