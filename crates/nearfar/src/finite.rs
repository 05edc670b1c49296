//! Numbers that are none: NaN and infinity. TOML has words for them and JSON has not, so a recipe that held one would
//! not survive being written; and no option makes sense with one.

use std::{collections::HashMap, fmt::Write, ops::Range};

use serde::Serialize;
use serde_json::value::RawValue;
use toml::de::{DeTable, DeValue};

/// One step down into nested data.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// The place of a number that is not finite.
#[derive(Clone, Debug)]
pub(crate) struct Place(Vec<Step>);

impl Place {
    /// The first such place in plain data, if there is one.
    pub(crate) fn find(data: &impl Serialize) -> Option<Self> {
        // TOML is the one of the two formats that shows them.
        let text = toml::to_string(data).ok()?;
        let table = DeTable::parse(&text).ok()?;
        let mut path = Vec::new();
        let found = table.get_ref().iter().any(|(key, value)| down(Step::Key(key.to_string()), value, &mut path));
        found.then_some(Self(path))
    }

    /// A place that keys lead to.
    pub(crate) fn of(keys: &[&str]) -> Self {
        Self(keys.iter().map(|key| Step::Key((*key).to_owned())).collect())
    }

    /// A key of one of the terms of an objective.
    #[cfg(feature = "codec")]
    pub(crate) fn of_term(number: usize, key: &str) -> Self {
        Self(vec![Step::Key("term".to_owned()), Step::Index(number), Step::Key(key.to_owned())])
    }

    /// Where it is in a JSON text that the data came from.
    pub(crate) fn span_in_json(&self, text: &str) -> Option<Range<usize>> {
        // Each value inside the one before, as a part of the very text: its parser does not tell places.
        let mut part = text;
        for step in &self.0 {
            let value: &RawValue = match step {
                Step::Key(key) => serde_json::from_str::<HashMap<String, _>>(part).ok()?.remove(key)?,
                Step::Index(index) => serde_json::from_str::<Vec<_>>(part).ok()?.get(*index).copied()?,
            };
            part = value.get();
        }
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        Some(start..start + part.len())
    }

    /// Where it is in a TOML text that the data came from.
    pub(crate) fn span(&self, text: &str) -> Option<Range<usize>> {
        let table = DeTable::parse(text).ok()?;
        let mut steps = self.0.iter();
        let Some(Step::Key(first)) = steps.next() else { return None };
        let mut value = table.get_ref().get(first.as_str())?;
        for step in steps {
            value = match step {
                Step::Key(key) => value.get_ref().get(key.as_str())?,
                Step::Index(index) => value.get_ref().get(*index)?,
            };
        }
        Some(value.span())
    }

    /// What is wrong there.
    pub(crate) fn reason(&self) -> String {
        let mut name = String::new();
        for step in &self.0 {
            match step {
                Step::Key(key) if name.is_empty() => name.push_str(key),
                Step::Key(key) => write!(name, ".{key}").expect("strings grow"),
                Step::Index(index) => write!(name, "[{index}]").expect("strings grow"),
            }
        }
        format!("{name} is not a finite number")
    }
}

/// Goes on to a value; leaves the path to a number that is not finite behind if it finds one.
fn down(step: Step, value: &toml::Spanned<DeValue<'_>>, path: &mut Vec<Step>) -> bool {
    path.push(step);
    let found = match value.get_ref() {
        DeValue::Float(number) => !number.as_str().parse().is_ok_and(f64::is_finite),
        DeValue::Array(values) => values.iter().enumerate().any(|(i, value)| down(Step::Index(i), value, path)),
        DeValue::Table(table) => table.iter().any(|(key, value)| down(Step::Key(key.to_string()), value, path)),
        _ => false,
    };
    if !found {
        path.pop();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_json_are_those_of_their_own_object() {
        let text = r#"{"a": {"b": {"x": 1}}, "b": {"a": {"x": 2}, "s": "\"x\": 3", "x": [4, {"x": 5}], "ü": 6}}"#;
        let found = |steps: &[Step]| Place(steps.to_vec()).span_in_json(text).map(|span| &text[span]);
        let key = |name: &str| Step::Key(name.to_owned());
        assert_eq!(found(&[key("b"), key("x"), Step::Index(0)]), Some("4"));
        assert_eq!(found(&[key("b"), key("x"), Step::Index(1), key("x")]), Some("5"));
        assert_eq!(found(&[key("b"), key("a"), key("x")]), Some("2"));
        assert_eq!(found(&[key("b"), key("ü")]), Some("6"));
        assert_eq!(found(&[key("a"), key("x")]), None);
        assert_eq!(found(&[]), Some(text));
    }
}
