//! Where in a text of TOML or JSON something is said.

use std::{collections::BTreeMap, fmt, ops::Range};

use serde_json::value::RawValue;
use toml::de::{DeTable, DeValue};

/// One step down into nested data.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// To the value of a key.
    Key(String),
    /// To an element of a list.
    Index(usize),
}

/// A place in nested data. Its [`Display`](fmt::Display) is how it is called: `method.descent.sigma`.
#[derive(Clone, Debug)]
pub(crate) struct Place(pub(crate) Vec<Step>);

impl Place {
    /// A place that keys lead to.
    pub(crate) fn of(keys: &[&str]) -> Self {
        Self(keys.iter().map(|key| Step::Key((*key).to_owned())).collect())
    }

    /// A key of one of the terms of an objective.
    #[cfg(feature = "codec")]
    pub(crate) fn of_term(number: usize, key: &str) -> Self {
        Self(vec![Step::Key("term".to_owned()), Step::Index(number), Step::Key(key.to_owned())])
    }

    /// Where it is in a JSON text.
    pub(crate) fn span_in_json(&self, text: &str) -> Option<Range<usize>> {
        let part = self.0.iter().try_fold(text, |part, step| {
            parts(part).into_iter().find(|(other, _)| other.is(step)).map(|(_, part)| part)
        })?;
        Some(within(text, part))
    }

    /// Where it is in a TOML text.
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

    /// What a mistake is about that a parser found in a JSON text at a line and a column, from 1: the last byte that it took, which
    /// is before the value if that was of a kind that it did not want; but for a list where a word was wanted, whose bracket it
    /// took.
    pub(crate) fn of_mistake_in_json(text: &str, [line, column]: [usize; 2], wanted_word: bool) -> Option<Self> {
        let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let last = (before + column).checked_sub(1)?;
        let rest = text.as_bytes().get(last..)?;
        let opens = usize::from(rest.first() == Some(&b'[') && !wanted_word);
        let between = rest[opens..].iter().take_while(|byte| b":, \n\r\t".contains(byte));
        Self::at_in_json(text, last + opens + between.count())
    }

    /// What a byte of a JSON text belongs to; none if that is the whole or nothing.
    pub(crate) fn at_in_json(text: &str, at: usize) -> Option<Self> {
        let mut place = Self(Vec::new());
        let mut part = text;
        while let Some((step, inner)) = parts(part).into_iter().find(|(_, inner)| within(text, inner).contains(&at)) {
            place.0.push(step);
            part = inner;
        }
        (!place.0.is_empty()).then_some(place)
    }

    /// What a byte of a TOML text belongs to, likewise.
    pub(crate) fn at(text: &str, at: usize) -> Option<Self> {
        let table = DeTable::parse(text).ok()?;
        let mut found = None;
        let mut path = Vec::new();
        for (key, value) in table.get_ref() {
            smallest(Step::Key(key.to_string()), value, at, &mut path, &mut found);
        }
        found.map(|(_, place)| place)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if i == 0 => f.write_str(key),
                Step::Key(key) => write!(f, ".{key}"),
                Step::Index(index) => write!(f, "[{index}]"),
            }?;
        }
        Ok(())
    }
}

impl Step {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Key(a), Self::Key(b)) => a == b,
            (Self::Index(a), Self::Index(b)) => a == b,
            _ => false,
        }
    }
}

/// The values in a JSON value, as parts of the very text: its parser does not tell places.
fn parts(text: &str) -> Vec<(Step, &str)> {
    if let Ok(values) = serde_json::from_str::<BTreeMap<String, &RawValue>>(text) {
        return values.into_iter().map(|(key, value)| (Step::Key(key), value.get())).collect();
    }
    let values = serde_json::from_str::<Vec<&RawValue>>(text).unwrap_or_default();
    values.into_iter().enumerate().map(|(i, value)| (Step::Index(i), value.get())).collect()
}

/// Where a part of a text is in it.
fn within(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

/// Finds the smallest value around a byte: tables that a line opens are not around what stands below it.
fn smallest(
    step: Step,
    value: &toml::Spanned<DeValue<'_>>,
    at: usize,
    path: &mut Vec<Step>,
    found: &mut Option<(usize, Place)>,
) {
    path.push(step);
    let span = value.span();
    if span.contains(&at) && found.as_ref().is_none_or(|(length, _)| span.len() < *length) {
        *found = Some((span.len(), Place(path.clone())));
    }
    match value.get_ref() {
        DeValue::Array(values) => {
            values.iter().enumerate().for_each(|(i, value)| smallest(Step::Index(i), value, at, path, found));
        }
        DeValue::Table(table) => {
            table.iter().for_each(|(key, value)| smallest(Step::Key(key.to_string()), value, at, path, found));
        }
        _ => {}
    }
    path.pop();
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

    #[test]
    fn bytes_belong_to_the_smallest_value_around_them() {
        let json = r#"{"a": {"b": [1, {"c": 23}]}, "d": 4}"#;
        let said = |text: &str| Place::at_in_json(json, json.find(text).unwrap()).map(|place| place.to_string());
        assert_eq!(said("23").as_deref(), Some("a.b[1].c"));
        assert_eq!(said("b\"").as_deref(), Some("a"));
        assert_eq!(said("4").as_deref(), Some("d"));
        assert_eq!(said("\"d\""), None);
        let toml = "x = 1\n[method.descent]\nsigma = \"four\"\nstop = { tolerance = 2 }\n";
        let said = |text: &str| Place::at(toml, toml.find(text).unwrap()).map(|place| place.to_string());
        assert_eq!(said("\"four\"").as_deref(), Some("method.descent.sigma"));
        assert_eq!(said("2 }").as_deref(), Some("method.descent.stop.tolerance"));
        assert_eq!(said("1").as_deref(), Some("x"));
    }

    #[test]
    fn mistakes_are_of_values_that_were_not_wanted() {
        let said =
            |text: &str, column| Place::of_mistake_in_json(text, [1, column], false).map(|place| place.to_string());
        let text = r#"{"a": [], "b": {"c": 3}}"#;
        assert_eq!(said(text, text.find(": []").unwrap() + 1).as_deref(), Some("a"));
        assert_eq!(said(text, text.find('3').unwrap() + 1).as_deref(), Some("b.c"));
        // After a key that there is not, and after a table that lacks one.
        assert_eq!(said(text, text.find("c\"").unwrap() + 2).as_deref(), Some("b"));
        assert_eq!(said(text, text.find('}').unwrap() + 1).as_deref(), Some("b"));
        assert_eq!(said("[[1], 2]", 2).as_deref(), Some("[0][0]"));
        assert_eq!(said("", 0), None);
    }
}
