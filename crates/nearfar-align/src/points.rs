//! Points and pairs of points: where the same thing is in both pictures.

use std::{fmt, str::FromStr};

use crate::AlignError;

/// A place in a picture, in pixels. Whole numbers are the middles of pixels: `(0, 0)` is the middle of the top left
/// pixel, and a picture of `w` x `h` pixels covers `-0.5..w-0.5` by `-0.5..h-0.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "[f64; 2]", into = "[f64; 2]")
)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// The place `(x, y)`.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Distance to another place, in pixels.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The place half way to another.
    #[must_use]
    pub fn midpoint(self, other: Self) -> Self {
        Self::new(0.5 * (self.x + other.x), 0.5 * (self.y + other.y))
    }

    /// Whether both coordinates are finite numbers.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

impl From<[f64; 2]> for Point {
    fn from([x, y]: [f64; 2]) -> Self {
        Self { x, y }
    }
}

impl From<Point> for [f64; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

/// The same thing in both pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PointPair {
    /// Where it is in the near picture.
    pub near: Point,
    /// Where it is in the far picture.
    pub far: Point,
}

/// Pairs of points, as they are written on a command line (`near=x,y far=x,y ...`) and in a points file.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PointList {
    /// The pairs, in any order.
    pub points: Vec<PointPair>,
}

impl FromStr for PointList {
    type Err = AlignError;

    /// Reads `near=x,y far=x,y` any number of times, separated by white space.
    fn from_str(text: &str) -> Result<Self, AlignError> {
        let mut words = text.split_whitespace();
        let mut points = Vec::new();
        while let Some(first) = words.next() {
            let pair = words.next().and_then(|second| parse_pair(first, second));
            points.push(pair.ok_or(AlignError::PointSyntax { pair: points.len() + 1 })?);
        }
        Ok(Self { points })
    }
}

fn parse_pair(first: &str, second: &str) -> Option<PointPair> {
    Some(PointPair { near: parse_point(first, "near=")?, far: parse_point(second, "far=")? })
}

fn parse_point(word: &str, name: &str) -> Option<Point> {
    let (x, y) = word.strip_prefix(name)?.split_once(',')?;
    let point = Point::new(x.parse().ok()?, y.parse().ok()?);
    point.is_finite().then_some(point)
}

/// The form that [`PointList::from_str`] reads.
impl fmt::Display for PointList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, PointPair { near, far }) in self.points.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}near={},{} far={},{}", near.x, near.y, far.x, far.y)?;
        }
        Ok(())
    }
}

/// How a points file is written.
#[cfg(feature = "serde")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointFormat {
    /// `{"points": [{"near": [x, y], "far": [x, y]}, ...]}`
    Json,
    /// `[[points]]`, then `near = [x, y]` and `far = [x, y]`, for each pair.
    Toml,
}

#[cfg(feature = "serde")]
impl PointList {
    /// Reads a points file.
    ///
    /// # Errors
    ///
    /// [`AlignError::PointFile`] with the place of the first mistake, [`AlignError::PointNotFinite`].
    pub fn from_file_text(text: &str, format: PointFormat) -> Result<Self, AlignError> {
        let list: Self = match format {
            PointFormat::Json => serde_json::from_str(text)
                .map_err(|e| AlignError::PointFile { line: e.line().max(1), column: e.column().max(1) })?,
            PointFormat::Toml => toml::from_str(text).map_err(|e| {
                let before = &text[..e.span().map_or(0, |span| text.floor_char_boundary(span.start))];
                let line_start = before.rfind('\n').map_or(0, |i| i + 1);
                AlignError::PointFile {
                    line: before.matches('\n').count() + 1,
                    column: before[line_start..].chars().count() + 1,
                }
            })?,
        };
        list.check()?;
        Ok(list)
    }

    /// The text of a points file, made for editing by hand.
    #[must_use]
    pub fn to_file_text(&self, format: PointFormat) -> String {
        let text = match format {
            PointFormat::Json => serde_json::to_string_pretty(self).ok(),
            PointFormat::Toml => toml::to_string(self).ok(),
        };
        text.expect("pairs of numbers can be written in either format")
    }
}

impl PointList {
    /// Checks that every coordinate is a finite number.
    ///
    /// # Errors
    ///
    /// [`AlignError::PointNotFinite`] with the first offender.
    pub fn check(&self) -> Result<(), AlignError> {
        match self.points.iter().position(|p| !(p.near.is_finite() && p.far.is_finite())) {
            Some(index) => Err(AlignError::PointNotFinite { pair: index + 1 }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> PointList {
        "near=220,188 far=203,101  near=305,186.5 far=248,-103".parse().expect("well written")
    }

    #[test]
    fn words_round_trip() {
        assert_eq!(two().points[1].far, Point::new(248.0, -103.0));
        assert_eq!(two().to_string().parse(), Ok(two()));
        assert_eq!("".parse(), Ok(PointList::default()));
    }

    #[test]
    fn words_mistakes_name_the_pair() {
        for bad in ["near=1,2", "near=1,2 near=1,2", "far=1,2 near=1,2", "near=1 far=1,2", "near=1,2 far=nan,3", "x"] {
            let text = format!("near=1,2 far=3,4 {bad}");
            assert_eq!(text.parse::<PointList>(), Err(AlignError::PointSyntax { pair: 2 }), "{bad}");
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn file_round_trips_in_both_formats() {
        for format in [PointFormat::Json, PointFormat::Toml] {
            let text = two().to_file_text(format);
            assert_eq!(PointList::from_file_text(&text, format), Ok(two()), "{text}");
        }
        let by_hand = "[[points]]\nnear = [220, 188]\nfar = [203, 101]\n";
        let list = PointList::from_file_text(by_hand, PointFormat::Toml).expect("whole numbers will do");
        assert_eq!(list.points[0], two().points[0]);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn file_mistakes_have_a_place() {
        let toml = "[[points]]\nnear = [220, 188]\nfar = [203, oops]\n";
        let error = PointList::from_file_text(toml, PointFormat::Toml).expect_err("oops is no number");
        assert!(matches!(error, AlignError::PointFile { line: 3, .. }), "{error:?}");
        let json = "{\"points\": [\n{\"near\": [1, 2]}]}";
        let error = PointList::from_file_text(json, PointFormat::Json).expect_err("far is missing");
        assert!(matches!(error, AlignError::PointFile { line: 2, .. }), "{error:?}");
        let inf = "[[points]]\nnear = [inf, 188]\nfar = [203, 1]\n";
        assert_eq!(PointList::from_file_text(inf, PointFormat::Toml), Err(AlignError::PointNotFinite { pair: 1 }));
    }
}
