//! Points files: pairs of points as a text.

use nearfar_align::PointList;

use crate::RecipeError;

/// How a points file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointFormat {
    /// `{"points": [{"near": [x, y], "far": [x, y]}, ...]}`
    Json,
    /// `[[points]]`, then `near = [x, y]` and `far = [x, y]`, for each pair.
    Toml,
}

impl PointFormat {
    /// Reads a points file.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong and where. NaN and infinity are wrong everywhere.
    pub fn read(self, text: &str) -> Result<PointList, RecipeError> {
        match self {
            Self::Json => RecipeError::read_json(text),
            Self::Toml => RecipeError::read_toml(text),
        }
    }

    /// The text of a points file, made for editing by hand.
    #[must_use]
    pub fn write(self, list: &PointList) -> String {
        let text = match self {
            Self::Json => serde_json::to_string_pretty(list).ok(),
            Self::Toml => toml::to_string(list).ok(),
        };
        text.expect("pairs of numbers can be written in either format")
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
    fn points_mistakes_have_a_place() {
        let line = |format: PointFormat, text: &str| format.read(text).expect_err(text).line;
        assert_eq!(line(PointFormat::Toml, "[[points]]\nnear = [220, 188]\nfar = [203, oops]\n"), 3);
        assert_eq!(line(PointFormat::Toml, "[[points]]\nnear = [inf, 188]\nfar = [203, 1]\n"), 2);
        assert_eq!(line(PointFormat::Json, "{\"points\": [\n{\"near\": [1, 2]}]}"), 2);
    }
}
