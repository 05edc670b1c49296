//! What parsers say of data that they do not understand, in words of recipes instead of programs, and what was meant.

use crate::text_place::Place;

/// What a parser of TOML says of a text.
pub(crate) fn toml_in_words(text: &str, place: Option<&Place>, error: &toml::de::Error) -> String {
    let key = error.span().and_then(|span| text.get(span)).map(str::trim);
    match (error.message(), key) {
        ("duplicate key", Some(key)) => format!("`{key}` is said twice"),
        (message, _) => in_words(place, message),
    }
}

/// A parser's message about what stands at a place, if that is known.
pub(crate) fn in_words(place: Option<&Place>, message: &str) -> String {
    let this = place.map_or("this".to_owned(), Place::to_string);
    let expects = |what: &str| message.strip_prefix(what).and_then(|rest| rest.split_once(", expected "));
    if let Some((found, "a string")) = expects("invalid type: ")
        && let Some(number) = ["integer ", "floating point "].iter().find_map(|kind| found.strip_prefix(kind))
    {
        let number = number.trim_matches('`');
        return format!(
            "{this} is {number}; it must be a word in quotes, and a length has its unit, as in \"{number}px\""
        );
    }
    if let Some((found, expected)) = expects("invalid type: ").or_else(|| expects("invalid value: ")) {
        return format!("{this} is {}; it must be {}", found_in_words(found), wanted(expected));
    }
    if let Some((length, expected)) = expects("invalid length ") {
        return format!("{this} is a list of {length}; it must be {}", wanted(expected));
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let written = names.next().unwrap_or_default();
    let there = names.map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let said = if message.starts_with("unknown variant ") {
        format!("{this} is `{written}`; it must be {}", listed(&there, "or"))
    } else if message.starts_with("unknown field ") {
        let here = place.map_or("here".to_owned(), |place| format!("in {place}"));
        format!("there is no `{written}` {here}; there is {}", listed(&there, "and"))
    } else if message.starts_with("missing field ") {
        return format!("{this} lacks `{written}`");
    } else if message.starts_with("EOF while parsing ") {
        return "the text ends too soon".to_owned();
    } else if message.starts_with("duplicate field ") {
        return format!("`{written}` is said twice");
    } else {
        let expected = message.strip_prefix("wanted ");
        let it = place.map_or("it".to_owned(), Place::to_string);
        return expected.map_or(message.to_owned(), |expected| format!("{it} must be {}", wanted(expected)));
    };
    meant(message).map_or(said.clone(), |name| format!("{said}; did you mean `{name}`?"))
}

/// What a parser found.
fn found_in_words(found: &str) -> &str {
    let kinds = ["string ", "integer ", "floating point ", "boolean "];
    match found {
        "map" => "a table",
        "sequence" => "a list",
        "null" | "unit value" => "empty",
        other => kinds.iter().find_map(|kind| other.strip_prefix(kind)).unwrap_or(other).trim_matches('`'),
    }
}

/// What a parser wanted.
fn wanted(expected: &str) -> String {
    let count = |rest: &str| format!("a list of {}", rest.trim_end_matches(" elements"));
    match expected {
        "f64" | "f32" => "a number".to_owned(),
        "i64" => "a whole number".to_owned(),
        "u8" | "u32" | "u64" | "usize" => "a whole number, 0 or above".to_owned(),
        "a string" | "string or map" | "string or table" => "a word in quotes".to_owned(),
        "map with a single key" => "a word in quotes, or a table of one key".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" | "struct variant" => "a table of keys".to_owned(),
        other if other.starts_with("struct ") => "a table of keys".to_owned(),
        other => match ["an array of length ", "a tuple of size "].iter().find_map(|kind| other.strip_prefix(kind)) {
            Some(length) => count(length),
            None => other.to_owned(),
        },
    }
}

/// Names as a sentence lists them.
fn listed(names: &[String], and: &str) -> String {
    match names {
        [] => "nothing".to_owned(),
        [name] => name.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

/// What people call things that have other names here.
const MEANT: [(&str, &str); 18] = [
    ("blur", "afar"),
    ("blur", "sigma"),
    ("brightness", "luma"),
    ("chroma", "opponent"),
    ("chrominance", "opponent"),
    ("color", "opponent"),
    ("colors", "opponent"),
    ("colour", "opponent"),
    ("colours", "opponent"),
    ("distance", "at"),
    ("frequencies", "band"),
    ("gray", "luma"),
    ("grey", "luma"),
    ("lightness", "luma"),
    ("luminance", "luma"),
    ("noise", "variation"),
    ("total-variation", "variation"),
    ("tv", "variation"),
];

/// A message of that form, and what was meant.
pub(crate) fn with_nearest(message: &str) -> String {
    meant(message).map_or(message.to_owned(), |name| format!("{message}; did you mean `{name}`?"))
}

/// Of the names that a parser's message lists after an unknown one, the one that was meant, or else the nearest to it.
fn meant(message: &str) -> Option<&str> {
    let mut names = message.split('`').skip(1).step_by(2);
    let written = names.next().filter(|_| message.starts_with("unknown "))?;
    let names: Vec<_> = names.collect();
    let lower = written.to_lowercase();
    let meant = MEANT.iter().find(|(said, name)| *said == lower && names.contains(name)).map(|(_, name)| *name);
    let near = || names.iter().map(|name| (distance(&lower, name), *name)).min();
    let nearest = || near().filter(|(far, _)| *far <= written.chars().count().div_ceil(2)).map(|(_, name)| name);
    meant.or_else(nearest)
}

/// How many letters must be put in, left out, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_of_single_mistakes() {
        for (a, b, expected) in [("weight", "wieght", 1), ("luma", "lumma", 1), ("of", "of", 0), ("", "abc", 3)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }
}
