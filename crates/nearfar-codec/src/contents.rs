//! The bytes of a file or stream, read with a limit, and the format that its name implies.

use std::io::Read;
#[cfg(feature = "files")]
use std::{fs::File, path::Path};

use crate::{
    decode::{DecodeOptions, Decoded, decode},
    error::DecodeError,
    format::Format,
    info::Warning,
};

/// All bytes of a file or stream, to be decoded, hashed or kept.
///
/// ```
/// use nearfar_codec::{Contents, DecodeError, DecodeOptions, EncodeOptions, Format, encode};
/// use nearfar_image::{Channels, Image, Size};
///
/// let png = encode(&Image::filled(Size::new(3, 2)?, Channels::Grey, 0.2), &EncodeOptions::new(Format::Png))?;
/// let contents = Contents::from_stream(&png[..], 1 << 20)?;
/// assert_eq!(contents.bytes(), png);
/// assert_eq!(contents.decode(&DecodeOptions::default())?.info.format, Format::Png);
/// assert!(matches!(Contents::from_stream(&png[..], 10), Err(DecodeError::TooManyBytes { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    bytes: Vec<u8>,
    /// The format that the name's extension stands for.
    named: Option<Format>,
}

impl Contents {
    /// Reads a stream, such as standard input, up to its end.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Io`] if reading fails, [`DecodeError::TooManyBytes`] if the stream is longer than `max_bytes`; no
    /// more than that is read.
    pub fn from_stream(stream: impl Read, max_bytes: u64) -> Result<Self, DecodeError> {
        let mut bytes = Vec::new();
        stream
            .take(max_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|source| DecodeError::Io { source })?;
        if bytes.len() as u64 > max_bytes {
            return Err(DecodeError::TooManyBytes { bytes: bytes.len() as u64, max_bytes });
        }
        Ok(Self { bytes, named: None })
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// As [`from_stream`](Self::from_stream).
    #[cfg(feature = "files")]
    pub fn from_file(path: impl AsRef<Path>, max_bytes: u64) -> Result<Self, DecodeError> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|source| DecodeError::Io { source })?;
        // Refuse a huge file without reading it.
        if let Ok(length) = file.metadata().map(|metadata| metadata.len())
            && length > max_bytes
        {
            return Err(DecodeError::TooManyBytes { bytes: length, max_bytes });
        }
        Ok(Self { named: Format::from_path(path), ..Self::from_stream(file, max_bytes)? })
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Converts the contents into their bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Decodes the bytes. Their content decides the format; a wrong extension is a [`Warning`].
    ///
    /// # Errors
    ///
    /// As [`decode`].
    pub fn decode(&self, options: &DecodeOptions) -> Result<Decoded, DecodeError> {
        let mut decoded = decode(&self.bytes, options)?;
        let found = decoded.info.format;
        if let Some(named) = self.named.filter(|&named| named != found) {
            decoded.info.warnings.push(Warning::WrongExtension { named, found });
        }
        Ok(decoded)
    }
}

/// Reads a picture from a file: [`Contents::from_file`], then [`Contents::decode`].
///
/// ```
/// use nearfar_codec::{DecodeOptions, EncodeOptions, Format, Overwrite, encode, read, write_atomic};
/// use nearfar_image::{Channels, Image, Size};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("grey.png");
/// let grey = Image::filled(Size::new(3, 2)?, Channels::Grey, 0.2);
/// write_atomic(&path, &encode(&grey, &EncodeOptions::new(Format::Png))?, Overwrite::Refuse)?;
/// assert_eq!(read(&path, &DecodeOptions::default())?.image, grey); // 0.2 is 51/255
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Every [`DecodeError`].
#[cfg(feature = "files")]
pub fn read(path: impl AsRef<Path>, options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    Contents::from_file(path, options.max_bytes)?.decode(options)
}
