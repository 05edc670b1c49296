//! Lists that are longer than they may be: the parser of TOML leaves out what follows a list of fixed length.

use serde::Serialize;
use toml::de::{DeTable, DeValue};

use crate::text_place::{Place, Step};

/// The place of the first list in a text of TOML that is longer than in the data read from it, with both lengths.
pub(crate) fn surplus(text: &str, data: &impl Serialize) -> Option<(Place, [usize; 2])> {
    let kept = toml::to_string(data).ok()?;
    let [said, kept] =
        [text, &kept].map(|text| DeTable::parse(text).ok().map(|table| DeValue::Table(table.into_inner())));
    let mut path = Vec::new();
    let lengths = longer(&said?, &kept?, &mut path)?;
    Some((Place(path), lengths))
}

/// Leaves the path to the list behind if it finds one.
fn longer(said: &DeValue<'_>, kept: &DeValue<'_>, path: &mut Vec<Step>) -> Option<[usize; 2]> {
    let mut down = |step: Step, said: &DeValue<'_>, kept: &DeValue<'_>| {
        path.push(step);
        let found = longer(said, kept, path);
        if found.is_none() {
            path.pop();
        }
        found
    };
    match (said, kept) {
        (DeValue::Array(said), DeValue::Array(kept)) if said.len() > kept.len() => Some([said.len(), kept.len()]),
        // A list that stands for names.
        (DeValue::Array(said), DeValue::Table(kept)) if said.len() > kept.len() => Some([said.len(), kept.len()]),
        (DeValue::Array(said), DeValue::Array(kept)) => {
            let mut pairs = said.iter().zip(kept.iter()).enumerate();
            pairs.find_map(|(i, (said, kept))| down(Step::Index(i), said.get_ref(), kept.get_ref()))
        }
        (DeValue::Table(said), DeValue::Table(kept)) => said.iter().find_map(|(key, said)| {
            let kept = kept.get(key.get_ref().as_ref())?;
            down(Step::Key(key.get_ref().to_string()), said.get_ref(), kept.get_ref())
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::points::PointFormat;

    #[test]
    fn lists_that_are_too_long_are_refused_with_their_place() {
        let points = "[[points]]\nnear = [1, 2, 3]\nfar = [3, 4]\n";
        let error = PointFormat::Toml.read(points).unwrap_err();
        assert_eq!(error.to_string(), "line 2, column 8: points[0].near is a list of 3; it must be a list of 2");
        assert!(PointFormat::Toml.read(&points.replace(", 3]", "]")).is_ok());
        let error = PointFormat::Toml.read("points = [[[1, 2], [3, 4], [5, 6]]]").unwrap_err();
        assert_eq!(error.to_string(), "line 1, column 11: points[0] is a list of 3; it must be a list of 2");
    }
}
