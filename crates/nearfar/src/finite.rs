//! Numbers that are none: NaN and infinity. TOML has words for them and JSON has not, so a recipe that held one would
//! not survive being written; and no option makes sense with one.

use serde::Serialize;
use toml::de::{DeTable, DeValue};

use crate::text_place::{Place, Step};

/// The place of the first number in plain data that is not finite, if there is one.
pub(crate) fn not_finite(data: &impl Serialize) -> Option<Place> {
    // TOML is the one of the two formats that shows them.
    let text = toml::to_string(data).ok()?;
    let table = DeTable::parse(&text).ok()?;
    let mut path = Vec::new();
    let found = table.get_ref().iter().any(|(key, value)| down(Step::Key(key.to_string()), value, &mut path));
    found.then_some(Place(path))
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
