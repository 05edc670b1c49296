//! The identity of a source file.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A picture's file, or a font's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name as it was given.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

impl Source {
    /// A file with these bytes.
    #[must_use]
    pub fn new(file: impl Into<String>, bytes: &[u8]) -> Self {
        Self { file: file.into(), sha256: hexadecimal(&Sha256::digest(bytes)) }
    }

    /// The file at `path`. Its name is the path, or only the last part of an absolute path: recipes travel with hybrids, and
    /// where people keep their files is nobody else's business.
    #[must_use]
    pub fn of_file(path: &Path, bytes: &[u8]) -> Self {
        Self::new(Self::name(path), bytes)
    }

    pub(crate) fn name(path: &Path) -> std::borrow::Cow<'_, str> {
        path.file_name().filter(|_| path.is_absolute()).unwrap_or(path.as_os_str()).to_string_lossy()
    }

    /// The file's current path. Searched are its path relative to the current folder, to the hybrid's folder and to the
    /// folders above that, and its last part beside the hybrid. Other files may have the same name: the first original file
    /// is taken, or else the first that exists. A stranger may have written the name: files without a length, such as the
    /// kernel's messages, are not opened, because reading them may never end.
    #[must_use]
    pub fn find(&self, hybrid: &Path) -> Option<PathBuf> {
        let (name, folder) = (Path::new(&self.file), hybrid.parent().unwrap_or(Path::new("")));
        let places = [Some(name.to_owned()), Some(folder.join(name)), name.file_name().map(|file| folder.join(file))];
        let places = || places.iter().flatten().cloned();
        let whole = hybrid.canonicalize().unwrap_or_default();
        // Folders in which the command that made the hybrid may have been typed; only the original file is taken from there.
        let above = whole.ancestors().skip(2).filter(|_| name.is_relative()).map(|folder| folder.join(name));
        places().chain(above).find(|place| self.is(place)).or_else(|| places().find(|place| length(place).is_some()))
    }

    /// Whether the file at `path` is the original.
    fn is(&self, path: &Path) -> bool {
        let is_short = length(path).is_some_and(|length| length <= LONGEST_SEARCHED);
        is_short && digest(path).is_ok_and(|digest| digest == self.sha256)
    }
}

/// Longer files are not searched for the original, since a stranger may name some; whoever reads them later has limits of
/// their own.
const LONGEST_SEARCHED: u64 = 1 << 30;

/// The length in bytes of a regular file that is not empty.
fn length(path: &Path) -> Option<u64> {
    path.metadata().ok().filter(|file| file.is_file() && file.len() > 0).map(|file| file.len())
}

/// SHA-256 of a file, which may be too large for memory.
fn digest(path: &Path) -> io::Result<String> {
    let (mut file, mut hash) = (BufReader::with_capacity(1 << 16, File::open(path)?), Sha256::new());
    loop {
        let part = file.fill_buf()?;
        if part.is_empty() {
            return Ok(hexadecimal(&hash.finalize()));
        }
        hash.update(part);
        let read = part.len();
        file.consume(read);
    }
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn digest_is_that_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Source::new("abc.png", b"abc").sha256, expected);
    }
}
