//! Points files: pairs of points as text.

use std::path::Path;

use nearfar_align::PointList;

use crate::RecipeError;

/// The format of a points file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PointFormat {
    /// `{"points": [{"near": [x, y], "far": [x, y]}, ...]}`
    Json,
    /// For each pair `[[points]]`, then `near = [x, y]` and `far = [x, y]`.
    Toml,
}

impl PointFormat {
    /// The format of a file by its extension: `.toml` or `.json`.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "json" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }

    /// Reads a points file.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong and where. NaN and infinity are always wrong.
    pub fn read(self, text: &str) -> Result<PointList, RecipeError> {
        match self {
            Self::Json => RecipeError::read_json(text),
            Self::Toml => RecipeError::read_toml(text),
        }
    }

    /// The text of a points file, laid out for editing by hand.
    #[must_use]
    pub fn write(self, list: &PointList) -> String {
        let text = match self {
            Self::Json => serde_json::to_string_pretty(list).ok(),
            Self::Toml => toml::to_string(list).ok(),
        };
        text.expect("pairs of numbers can be written in either format")
    }
}

/// Why a points file cannot be used.
#[cfg(feature = "codec")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PointsFileError {
    /// Its name gives no format.
    #[error("{}: a points file ends in .toml or .json", path.display())]
    Format {
        /// The file.
        path: std::path::PathBuf,
    },
    /// It cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// The file.
        path: std::path::PathBuf,
        /// The reason.
        error: std::io::Error,
    },
    /// Its content is not valid.
    #[error("cannot read {}: {error}", path.display())]
    Points {
        /// The file.
        path: std::path::PathBuf,
        /// What is wrong, and where.
        error: RecipeError,
    },
}

#[cfg(feature = "codec")]
impl PointFormat {
    /// The format of a points file, by its name.
    ///
    /// # Errors
    ///
    /// [`PointsFileError::Format`] if its extension is another one.
    pub fn of_file(path: &Path) -> Result<Self, PointsFileError> {
        Self::from_path(path).ok_or_else(|| PointsFileError::Format { path: path.to_owned() })
    }

    /// Reads a points file in the format that its name gives.
    ///
    /// # Errors
    ///
    /// [`PointsFileError`] if it is no points file or cannot be read.
    pub fn read_file(path: &Path) -> Result<PointList, PointsFileError> {
        let format = Self::of_file(path)?;
        let text = crate::read_text(path).map_err(|error| PointsFileError::Read { path: path.to_owned(), error })?;
        format.read(&text).map_err(|error| PointsFileError::Points { path: path.to_owned(), error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_round_trip_in_both_formats() {
        let two: PointList = "near=220,188 far=203,101  near=305,186.5 far=248,-103".parse().expect("well written");
        for format in [PointFormat::Json, PointFormat::Toml] {
            let text = format.write(&two);
            assert_eq!(format.read(&text).as_ref(), Ok(&two), "{text}");
        }
        let by_hand = "[[points]]\nnear = [220, 188]\nfar = [203, 101]\n";
        let list = PointFormat::Toml.read(by_hand).expect("whole numbers will do");
        assert_eq!(list.points[0], two.points[0]);
    }

    #[test]
    fn mistakes_in_points_have_a_position() {
        let line = |format: PointFormat, text: &str| format.read(text).expect_err(text).line;
        assert_eq!(line(PointFormat::Toml, "[[points]]\nnear = [220, 188]\nfar = [203, oops]\n"), 3);
        assert_eq!(line(PointFormat::Toml, "[[points]]\nnear = [inf, 188]\nfar = [203, 1]\n"), 2);
        assert_eq!(line(PointFormat::Json, "{\"points\": [\n{\"near\": [1, 2]}]}"), 2);
    }
}
