//! Pictures from files.

use std::path::Path;

use nearfar_codec::{Contents, DecodeError, DecodeOptions, Decoded, SourceInfo};
use nearfar_image::{Encoded, Image};

use crate::{Note, Source};

/// A picture, what its file says of it, and which file that was.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Picture {
    /// The picture: upright, opaque, sRGB codes.
    pub image: Image<Encoded>,
    /// What the file says.
    pub info: SourceInfo,
    /// The file's name and the digest of the bytes that were decoded.
    pub source: Source,
}

impl Picture {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] if it cannot be read, is not a valid picture, or is larger than the options allow.
    pub fn read(path: &Path, options: &DecodeOptions) -> Result<Self, DecodeError> {
        Self::of_file(path, &Contents::from_file(path, options.max_bytes)?, options)
    }

    /// Decodes a file's contents; `name` is its name in notes and recipes.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] if it is not a valid picture, or is larger than the options allow.
    pub fn decode(name: impl Into<String>, contents: &Contents, options: &DecodeOptions) -> Result<Self, DecodeError> {
        let Decoded { image, info } = contents.decode(options)?;
        Ok(Self { image, info, source: Source::new(name, contents.bytes()) })
    }

    /// Decodes the contents of the file at `path`, whose [name](Source::of_file) in recipes is derived from the path.
    ///
    /// # Errors
    ///
    /// As [`Self::decode`].
    pub fn of_file(path: &Path, contents: &Contents, options: &DecodeOptions) -> Result<Self, DecodeError> {
        Self::decode(Source::name(path), contents, options)
    }

    /// A picture that comes from no file: `name` is its name in notes and recipes, and `bytes` is the data it was made from,
    /// by which it is recognised.
    #[must_use]
    pub fn of_samples(name: impl Into<String>, image: Image<Encoded>, bytes: &[u8]) -> Self {
        let info = SourceInfo::of_samples(&image);
        Self { image, info, source: Source::new(name, bytes) }
    }

    /// Notes on anything odd about the file.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        let note = |&warning| Note::Picture { file: self.source.file.clone(), warning };
        self.info.warnings.iter().map(note)
    }
}
