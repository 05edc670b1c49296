//! What a row says beside its pictures, as words of the command line.

use serde_json::Value;

use super::RowError;

/// Flags that are the batch's own business.
const RESERVED: [&str; 13] = [
    "animate",
    "dry-run",
    "force",
    "help",
    "json",
    "quiet",
    "report",
    "save-points",
    "strip",
    "threads",
    "trace",
    "verbose",
    "version",
];

/// A flag as words of the command line.
///
/// No word but the first may be taken for a flag: a list from a stranger cannot smuggle in those that a row must not have.
pub(super) fn flag(name: &str, value: Value) -> Result<Vec<String>, RowError> {
    if !is_flag_name(name) {
        return Err(RowError::FlagName { name: name.to_owned() });
    }
    if RESERVED.contains(&name) {
        return Err(RowError::Reserved { name: name.to_owned() });
    }
    let values: Vec<String> = match value {
        Value::Null | Value::Bool(false) => return Ok(Vec::new()),
        Value::Bool(true) => Vec::new(),
        Value::Number(number) => vec![number.to_string()],
        // A CSV cell holds several words, such as points, or a switch, in capitals if a spreadsheet wrote it.
        Value::String(text) if text.eq_ignore_ascii_case("true") => Vec::new(),
        Value::String(text) if text.eq_ignore_ascii_case("false") => return Ok(Vec::new()),
        Value::String(text) => text.split_whitespace().map(str::to_owned).collect(),
        Value::Array(values) => {
            let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            values.iter().map(word).collect()
        }
        Value::Object(_) => return Err(RowError::Object { name: name.to_owned() }),
    };
    if let Some(word) = values.iter().find(|word| word.starts_with('-') && !is_negative(word)) {
        return Err(RowError::FlagInValue { name: name.to_owned(), word: word.clone() });
    }
    Ok(std::iter::once(format!("--{name}")).chain(values).collect())
}

/// Whether a text can be the name of a long flag, and nothing more than the name.
fn is_flag_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether a word that starts with a minus is a number, perhaps with a unit, as in `-4cpi`.
fn is_negative(word: &str) -> bool {
    word[1..].starts_with(|c: char| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_words_of_the_command_line() {
        let words = |value: Value| flag("points", value).unwrap();
        assert_eq!(words("near=1,2 far=3,4".into()), ["--points", "near=1,2", "far=3,4"]);
        assert_eq!(words(serde_json::json!(["near=1,2", "far=3,4"])), ["--points", "near=1,2", "far=3,4"]);
        assert_eq!(words(3.5.into()), ["--points", "3.5"]);
        assert_eq!(words((-3).into()), ["--points", "-3"]);
        assert_eq!(words("-4cpi".into()), ["--points", "-4cpi"]);
        assert_eq!(words(true.into()), ["--points"]);
        assert_eq!(words("TRUE".into()), ["--points"]);
        assert!(words("false".into()).is_empty());
        assert!(flag("points", serde_json::json!({})).is_err());
    }

    #[test]
    fn flags_of_the_batch_cannot_be_smuggled_in() {
        let error = |name: &str, value: Value| flag(name, value).unwrap_err();
        assert!(matches!(error("force", true.into()), RowError::Reserved { .. }));
        for name in ["save-points=x.toml", "", "-f", "Force", "force ", "sigma=3"] {
            assert!(matches!(error(name, "true".into()), RowError::FlagName { .. }), "{name:?}");
        }
        for value in ["2 --force", "2 -f", "-", "--", "--save-points x.toml"] {
            assert!(matches!(error("sigma", value.into()), RowError::FlagInValue { .. }), "{value:?}");
        }
        assert!(matches!(error("sigma", serde_json::json!([2, "-qf"])), RowError::FlagInValue { .. }));
    }
}
