//! Which file something came from.

use std::path::{Path, PathBuf};

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
    /// A file of these bytes.
    #[must_use]
    pub fn new(file: impl Into<String>, bytes: &[u8]) -> Self {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { file: file.into(), sha256 }
    }

    /// A file at `path`, called as it is here, but for the folders of a whole path: recipes travel with hybrids, and where
    /// somebody keeps their files is nobody's business.
    #[must_use]
    pub fn of_file(path: &Path, bytes: &[u8]) -> Self {
        Self::new(Self::name(path), bytes)
    }

    pub(crate) fn name(path: &Path) -> std::borrow::Cow<'_, str> {
        path.file_name().filter(|_| path.is_absolute()).unwrap_or(path.as_os_str()).to_string_lossy()
    }

    /// Where it is now: where it was, seen from here or from the folder of the hybrid that was made of it, else beside the
    /// hybrid. A stranger may have named it: what has no length, such as the kernel's messages, is passed over unopened, for
    /// it may never end.
    #[must_use]
    pub fn find(&self, hybrid: &Path) -> Option<PathBuf> {
        let (name, folder) = (Path::new(&self.file), hybrid.parent().unwrap_or(Path::new("")));
        let places = [Some(name.to_owned()), Some(folder.join(name)), name.file_name().map(|file| folder.join(file))];
        places.into_iter().flatten().find(|place| place.metadata().is_ok_and(|file| file.is_file() && file.len() > 0))
    }
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
