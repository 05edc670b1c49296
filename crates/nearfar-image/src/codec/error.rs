//! What can go wrong with a picture file.

use std::{io, path::PathBuf};

use super::{Depth, Format};

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
    #[error("this is no picture in a known format; PNG, JPEG, WebP, TIFF, GIF, BMP, PNM, QOI and farbfeld can be read")]
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
    #[error("the {format} file is damaged: {reason}")]
    Damaged {
        /// The format that the first bytes declare.
        format: Format,
        /// What its decoder objects to.
        reason: String,
    },
    /// A rare variant of the format.
    #[error("this kind of {format} file cannot be read ({reason})")]
    Unsupported {
        /// The format that the first bytes declare.
        format: Format,
        /// What its decoder lacks.
        reason: String,
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
    /// More pixels than [`DecodeOptions::max_pixels`](super::DecodeOptions::max_pixels).
    #[error(
        "the {format} file declares {width}x{height} = {} pixels; the limit is {max_pixels}: raise `max_pixels` if you trust the file",
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
    /// More memory than [`DecodeOptions::max_bytes`](super::DecodeOptions::max_bytes).
    #[error(
        "reading this file takes {bytes} bytes of memory; the limit is {max_bytes}: raise `max_bytes` if you trust the file"
    )]
    TooManyBytes {
        /// What reading needs.
        bytes: u64,
        /// The limit in force.
        max_bytes: u64,
    },
    /// A float file holds NaN or infinity.
    #[error("the {format} file holds samples that are not finite numbers")]
    NotFinite {
        /// The format that the first bytes declare.
        format: Format,
    },
}

/// Why a picture could not be turned into a file's bytes.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
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
        quality: u8,
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
    /// Text, a profile or EXIF data was given and the format (or this program) cannot put it there.
    #[error("{what} cannot be stored in {format} files")]
    Metadata {
        /// The format asked for.
        format: Format,
        /// What was to be stored.
        what: &'static str,
    },
    /// More of it than one block of the format holds.
    #[error("a {format} file holds {max} bytes of {what}; these are {bytes}")]
    MetadataTooLong {
        /// The format asked for.
        format: Format,
        /// What was to be stored.
        what: &'static str,
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
    /// The encoder gave up for another reason.
    #[error("the {format} file could not be made: {reason}")]
    Encoder {
        /// The format asked for.
        format: Format,
        /// What the encoder says.
        reason: String,
    },
}

/// Why a file could not be put in its place. Nothing has changed on the disk then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// Something is there already and [`Overwrite::Refuse`](super::Overwrite::Refuse) protects it.
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
