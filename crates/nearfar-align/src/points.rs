//! Pairs of corresponding points.

use std::{fmt, str::FromStr};

use nearfar_image::{Landmarks, Point};

use crate::AlignError;

/// The positions of the same thing in both pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PointPair {
    /// Position in the near picture.
    pub near: Point,
    /// Position in the far picture.
    pub far: Point,
}

/// Pairs of points, as written on a command line (`near=x,y far=x,y ...`) and in a points file.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PointList {
    /// The pairs, in any order.
    pub points: Vec<PointPair>,
}

impl FromStr for PointList {
    type Err = AlignError;

    /// Parses `near=x,y far=x,y`, repeated any number of times and separated by white space.
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

/// The form that [`PointList::from_str`] parses.
impl fmt::Display for PointList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, PointPair { near, far }) in self.points.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}near={},{} far={},{}", near.x, near.y, far.x, far.y)?;
        }
        Ok(())
    }
}

impl PointList {
    /// Corresponding points of two faces: eyes, and mouths if both are people's. A nose does not correspond to a mouth,
    /// and the noses of two animals are at very different heights.
    #[must_use]
    pub fn of_faces(near: &Landmarks, far: &Landmarks) -> Self {
        let pair = |near, far| PointPair { near, far };
        let mut points = vec![pair(near.eyes[0], far.eyes[0]), pair(near.eyes[1], far.eyes[1])];
        if !near.animal && !far.animal {
            points.push(pair(near.mouth, far.mouth));
        }
        Self { points }
    }

    /// Checks that every coordinate is a finite number.
    ///
    /// # Errors
    ///
    /// [`AlignError::PointNotFinite`] for the first such coordinate.
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
    fn text_round_trips() {
        assert_eq!(two().points[1].far, Point::new(248.0, -103.0));
        assert_eq!(two().to_string().parse(), Ok(two()));
        assert_eq!("".parse(), Ok(PointList::default()));
    }

    #[test]
    fn syntax_errors_name_the_pair() {
        for bad in ["near=1,2", "near=1,2 near=1,2", "far=1,2 near=1,2", "near=1 far=1,2", "near=1,2 far=nan,3", "x"] {
            let text = format!("near=1,2 far=3,4 {bad}");
            assert_eq!(text.parse::<PointList>(), Err(AlignError::PointSyntax { pair: 2 }), "{bad}");
        }
    }

    #[test]
    fn faces_give_eyes_and_two_people_their_mouths() {
        let at = |x: f64| Point::new(x, 2.0 * x);
        let person = Landmarks { eyes: [at(1.0), at(2.0)], mouth: at(3.0), confidence: 0.9, animal: false };
        let animal = Landmarks { eyes: [at(4.0), at(5.0)], mouth: at(6.0), animal: true, ..person };
        let places = |near: &Landmarks, far: &Landmarks| {
            let points = PointList::of_faces(near, far).points;
            points.iter().map(|pair| (pair.near.x, pair.far.x)).collect::<Vec<_>>()
        };
        assert_eq!(places(&person, &person), [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]);
        assert_eq!(places(&person, &animal), [(1.0, 4.0), (2.0, 5.0)]);
        assert_eq!(places(&animal, &animal), [(4.0, 4.0), (5.0, 5.0)]);
    }
}
