//! The list of hybrids to make.

use std::{
    collections::HashMap,
    fs,
    path::{Component, Path, PathBuf},
};

use serde_json::{Map, Value};

use crate::failure::Failure;

/// One hybrid to make.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// From 1, as a person counts.
    pub(super) number: usize,
    pub(super) near: PathBuf,
    pub(super) far: PathBuf,
    /// Within the folder of results.
    pub(super) out: PathBuf,
    /// The command that mixes: mix, descent or fourier.
    pub(super) method: String,
    /// Flags of that command.
    pub(super) flags: Vec<String>,
}

/// A row, or what is wrong with it.
pub(super) type Parsed = Result<Row, (usize, Failure)>;

/// Flags that are the batch's own business.
const RESERVED: [&str; 6] = ["force", "json", "quiet", "threads", "save-points", "trace"];

/// Reads a manifest: `.csv` with a line of names first, or `.jsonl` with an object on each line.
///
/// `near` and `far` are needed and are looked for from the manifest's own folder; `out` and `method` are known; whatever
/// else there is, is a flag of the command.
pub(super) fn read(path: &Path) -> Result<Vec<Parsed>, Failure> {
    let failure =
        |reason: &dyn std::fmt::Display| Failure::new(format_args!("cannot read {}: {reason}", path.display()));
    let text = fs::read_to_string(path)
        .map_err(|error| failure(&error).fix("give a text file that ends in .csv or .jsonl"))?;
    let objects = match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => csv_objects(&text),
        Some("jsonl" | "ndjson") => json_objects(&text),
        _ => return Err(failure(&"it is neither .csv nor .jsonl").fix("rename it after what is in it")),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut rows: Vec<Parsed> = objects
        .into_iter()
        .zip(1..)
        .map(|(object, number)| {
            let row = object.and_then(|object| row(number, object, folder));
            row.map_err(|reason| (number, Failure::usage(reason).fix("mend that row of the manifest")))
        })
        .collect();
    if rows.is_empty() {
        return Err(failure(&"it has no rows").fix("give each hybrid a row with near and far"));
    }
    refuse_twins(&mut rows);
    Ok(rows)
}

fn csv_objects(text: &str) -> Vec<Result<Map<String, Value>, String>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = reader.headers().cloned().unwrap_or_default();
    let object = |record: csv::Result<csv::StringRecord>| {
        let record = record.map_err(|error| error.to_string())?;
        let cells = names.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        Ok(cells.map(|(name, cell)| (name.to_owned(), Value::from(cell))).collect())
    };
    reader.records().map(object).collect()
}

fn json_objects(text: &str) -> Vec<Result<Map<String, Value>, String>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).map_err(|error| error.to_string())).collect()
}

fn row(number: usize, mut object: Map<String, Value>, folder: &Path) -> Result<Row, String> {
    let mut take = |name: &str| match object.remove(name) {
        Some(Value::String(text)) => Ok(Some(text)),
        None | Some(Value::Null) => Ok(None),
        Some(other) => Err(format!("{name} is {other}, not a text")),
    };
    let near = take("near")?.ok_or("near is missing")?;
    let far = take("far")?.ok_or("far is missing")?;
    let (out, method) = (take("out")?, take("method")?.unwrap_or_else(|| "mix".to_owned()));
    if !["mix", "descent", "fourier"].contains(&method.as_str()) {
        return Err(format!("the method is {method}; it must be mix, descent or fourier"));
    }
    let stem = |name: &str| Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let out = PathBuf::from(out.unwrap_or_else(|| format!("{}-{}.png", stem(&near), stem(&far))));
    if out.as_os_str().is_empty() || !out.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(format!("out is {}; it must be a name within the folder of results", out.display()));
    }
    let mut flags = Vec::new();
    for (name, value) in object {
        let name = name.replace('_', "-");
        if RESERVED.contains(&name.as_str()) {
            return Err(format!("{name} cannot be said for a single row"));
        }
        flags.extend(flag(&name, value)?);
    }
    Ok(Row { number, near: folder.join(near), far: folder.join(far), out, method, flags })
}

/// A flag as words of the command line.
fn flag(name: &str, value: Value) -> Result<Vec<String>, String> {
    let flag = format!("--{name}");
    Ok(match value {
        Value::Null | Value::Bool(false) => Vec::new(),
        Value::Bool(true) => vec![flag],
        Value::Number(number) => vec![flag, number.to_string()],
        // A CSV cell holds several words, such as points, or a switch.
        Value::String(text) if text == "true" => vec![flag],
        Value::String(text) if text == "false" => Vec::new(),
        Value::String(text) => std::iter::once(flag).chain(text.split_whitespace().map(str::to_owned)).collect(),
        Value::Array(values) => {
            let mut words = vec![flag];
            for value in values {
                words.push(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            }
            words
        }
        Value::Object(_) => return Err(format!("{name} is an object; it must be a text, a number or a list")),
    })
}

/// Of rows that would write one file only the first stays.
fn refuse_twins(rows: &mut [Parsed]) {
    let mut writers = HashMap::new();
    for parsed in rows {
        if let Ok(row) = parsed
            && let Some(first) = writers.insert(row.out.clone(), row.number)
        {
            writers.insert(row.out.clone(), first);
            let reason = format!("{} is written by row {first} already", row.out.display());
            *parsed = Err((row.number, Failure::usage(reason).fix("give each row an out of its own")));
        }
    }
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
        assert_eq!(words(true.into()), ["--points"]);
        assert!(words("false".into()).is_empty());
        assert!(flag("points", serde_json::json!({})).is_err());
    }
}
