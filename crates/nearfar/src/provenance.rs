//! What a hybrid was made of, kept in its file so that it can be made again.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    Recipe, RecipeError,
    codec::{Depth, Rounding},
};

/// Everything that a hybrid's bytes depend on but the bytes of its two pictures.
///
/// ```
/// use nearfar::{Provenance, Source};
///
/// let provenance = Provenance { near: Source::new("near.png", b"bytes"), ..Provenance::default() };
/// assert_eq!(Provenance::from_json(&provenance.to_json())?, provenance);
/// # Ok::<(), nearfar::RecipeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Provenance {
    /// The version of this library that made the hybrid.
    pub version: String,
    /// The near picture.
    pub near: Source,
    /// The far picture.
    pub far: Source,
    /// What shows through transparent places: red, green and blue codes in `[0, 1]`.
    pub background: [f32; 3],
    /// Bits of a sample in the file.
    pub depth: Depth,
    /// How a sample falls on one of the file's steps.
    pub rounding: Rounding,
    /// How the pictures were made to fit and mixed.
    pub recipe: Recipe,
}

/// A picture's file.
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
}

impl Provenance {
    /// The keyword of the PNG text that holds it.
    pub const KEYWORD: &str = "nearfar-recipe";

    /// The version of this library.
    pub const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// As JSON on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain data that JSON can hold")
    }

    /// From JSON.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong and where.
    pub fn from_json(text: &str) -> Result<Self, RecipeError> {
        RecipeError::read_json(text)
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
