//! Mistakes in objectives, in words of recipes instead of programs, and what was meant.

/// The parser's message in words of recipes.
pub(super) fn in_words(message: &str) -> String {
    let wanted = |wanted: &str| match wanted {
        "f64" => "a number".to_owned(),
        "i64" => "a whole number".to_owned(),
        "a string" | "string or table" => "a word in quotes".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "terms, each below a line [[term]]".to_owned(),
        other if other.starts_with("struct ") => "a table of keys".to_owned(),
        other => other.to_owned(),
    };
    if let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        let kinds = ["string ", "integer ", "floating point ", "boolean "];
        let found = match found {
            "map" => "a table",
            "sequence" => "a list",
            other => kinds.iter().find_map(|kind| other.strip_prefix(kind)).unwrap_or(other).trim_matches('`'),
        };
        return format!("this is {found}; it must be {}", wanted(expected));
    }
    match message.strip_prefix("wanted ") {
        Some(expected) => format!("it must be {}", wanted(expected)),
        None => with_nearest(message),
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

/// The parser's message, and of the names that it lists the one that was meant, or else the nearest to what was written.
pub(super) fn with_nearest(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let Some(written) = names.next().filter(|_| message.starts_with("unknown ")) else { return message.to_owned() };
    let names: Vec<_> = names.collect();
    let lower = written.to_lowercase();
    let meant = MEANT.iter().find(|(said, name)| *said == lower && names.contains(name)).map(|(_, name)| *name);
    let near = || names.iter().map(|name| (distance(&lower, name), *name)).min();
    let nearest = || near().filter(|(far, _)| *far <= written.chars().count().div_ceil(2)).map(|(_, name)| name);
    match meant.or_else(nearest) {
        Some(name) => format!("{message}; did you mean `{name}`?"),
        None => message.to_owned(),
    }
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
