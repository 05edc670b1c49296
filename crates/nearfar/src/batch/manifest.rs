//! The list of hybrids to make: text in, checked rows out.

use std::{
    collections::HashMap,
    io,
    path::{Component, Path, PathBuf},
};

use serde_json::{Map, Value};

use crate::{
    RecipeError,
    text_file::{read_text, text_of},
};

/// How a manifest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ManifestFormat {
    /// Comma-separated values, with a line of names first.
    Csv,
    /// A JSON object on each line.
    JsonLines,
}

impl ManifestFormat {
    /// What a file's extension stands for.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// What a text without a name looks like: objects begin with a brace, and no picture's column is called so.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let begins = text.trim_start_matches('\u{feff}').trim_start();
        if begins.starts_with('{') { Self::JsonLines } else { Self::Csv }
    }
}

/// One hybrid to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Place in the manifest, from 1.
    pub number: usize,
    /// The near picture.
    pub near: PathBuf,
    /// The far picture.
    pub far: PathBuf,
    /// A path within the folder of results: it leads nowhere else.
    pub out: PathBuf,
    /// The command that mixes: `mix`, `descent` or `fourier`.
    pub method: String,
    /// Long flags of that command and what follows them.
    pub flags: Vec<String>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// The line cannot be read at all.
    #[error("{reason}")]
    Syntax {
        /// What the parser objects to.
        reason: String,
    },
    /// A picture is not named.
    #[error("{name} is missing")]
    Missing {
        /// `near` or `far`.
        name: &'static str,
    },
    /// Something that must be a text is none.
    #[error("{name} is {value}, not a text")]
    NotText {
        /// Its name.
        name: &'static str,
        /// What stands there.
        value: String,
    },
    /// There is no such method.
    #[error("the method is {method}; it must be mix, descent or fourier")]
    Method {
        /// What was said.
        method: String,
    },
    /// The output would be outside the folder of results.
    #[error("out is {}; it must be a name within the folder of results", out.display())]
    Out {
        /// What was said.
        out: PathBuf,
    },
    /// An earlier row writes the same file.
    #[error("{} is written by row {first} already", out.display())]
    Twin {
        /// The file.
        out: PathBuf,
        /// Number of the earlier row.
        first: usize,
    },
    /// A flag that is the batch's own business.
    #[error("{name} cannot be said for a single row")]
    Reserved {
        /// The flag.
        name: String,
    },
    /// A name that cannot be that of a flag.
    #[error("{name:?} is no flag; a flag is named in small letters and dashes, as in detail-weight")]
    FlagName {
        /// What was said.
        name: String,
    },
    /// A value that would be taken for another flag.
    #[error("{name} is given {word:?}, which is a flag of its own; give it a name of its own")]
    FlagInValue {
        /// The flag.
        name: String,
        /// The word within its value.
        word: String,
    },
    /// A value that no flag can have.
    #[error("{name} is an object; it must be a text, a number or a list")]
    Object {
        /// The flag.
        name: String,
    },
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The file cannot be read as text.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Its name says no format.
    #[error("it is neither .csv nor .jsonl")]
    Format,
    /// Nothing is to be made.
    #[error("it has no rows")]
    Empty,
    /// The first line of comma-separated values does not name a column.
    #[error("its first line names no column {name}: it is {line:?}")]
    NoColumn {
        /// `near` or `far`.
        name: &'static str,
        /// The first line.
        line: String,
    },
    /// Two columns have one name.
    #[error("two columns are called {name}")]
    TwinColumns {
        /// The name.
        name: String,
    },
}

/// A row, or its number and what is wrong with it.
pub type Parsed = Result<Row, (usize, RowError)>;

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

/// Reads the rows of a manifest's file; pictures are looked for from its own folder.
///
/// # Errors
///
/// [`ManifestError`] if it is no text, its extension is neither `.csv` nor `.jsonl` (or `.ndjson`), or as [`parse`].
pub fn read(path: &Path) -> Result<Vec<Parsed>, ManifestError> {
    let text = read_text(path)?;
    let format = ManifestFormat::from_path(path).ok_or(ManifestError::Format)?;
    let mut rows = parse(&text, format)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    for row in rows.iter_mut().flatten() {
        (row.near, row.far) = (folder.join(&row.near), folder.join(&row.far));
    }
    Ok(rows)
}

/// Reads the rows of a manifest that comes as a stream, in the format that it [looks like](ManifestFormat::of_text); pictures are
/// looked for from the current folder.
///
/// # Errors
///
/// [`ManifestError`] if it is no text, or as [`parse`].
pub fn read_stream(stream: impl io::Read) -> Result<Vec<Parsed>, ManifestError> {
    let text = text_of(stream)?;
    parse(&text, ManifestFormat::of_text(&text))
}

/// Reads a manifest's text.
///
/// `near` and `far` are needed; `out` and `method` are known; whatever else there is, is a flag of the command.
///
/// # Errors
///
/// [`ManifestError`] if there are no rows, or if columns lack `near` or `far` or have a name twice.
pub fn parse(text: &str, format: ManifestFormat) -> Result<Vec<Parsed>, ManifestError> {
    // What some editors put before everything else.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let objects = match format {
        ManifestFormat::Csv => csv_objects(text)?,
        ManifestFormat::JsonLines => json_objects(text),
    };
    let rows = objects.into_iter().zip(1..);
    let mut rows: Vec<Parsed> = rows
        .map(|(object, number)| object.and_then(|object| row(number, object)).map_err(|error| (number, error)))
        .collect();
    refuse_twins(&mut rows);
    if rows.is_empty() { Err(ManifestError::Empty) } else { Ok(rows) }
}

type Object = Result<Map<String, Value>, RowError>;

fn csv_objects(text: &str) -> Result<Vec<Object>, ManifestError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = reader.headers().cloned().unwrap_or_default();
    let object = |record: csv::Result<csv::StringRecord>| {
        let record = record.map_err(|error| RowError::Syntax { reason: error.to_string() })?;
        let cells = names.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        Ok(cells.map(|(name, cell)| (name.to_owned(), Value::from(cell))).collect())
    };
    let objects: Vec<_> = reader.records().map(object).collect();
    if !objects.is_empty() {
        check_columns(&names)?;
    }
    Ok(objects)
}

fn check_columns(names: &csv::StringRecord) -> Result<(), ManifestError> {
    if let Some(name) = ["near", "far"].into_iter().find(|name| !names.iter().any(|column| column == *name)) {
        return Err(ManifestError::NoColumn { name, line: names.iter().collect::<Vec<_>>().join(",") });
    }
    let twin = names.iter().enumerate().find(|(i, name)| !name.is_empty() && names.iter().take(*i).any(|n| n == *name));
    twin.map_or(Ok(()), |(_, name)| Err(ManifestError::TwinColumns { name: name.to_owned() }))
}

fn json_objects(text: &str) -> Vec<Object> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| RecipeError::read_json(line).map_err(|error| RowError::Syntax { reason: error.reason })).collect()
}

fn row(number: usize, mut object: Map<String, Value>) -> Result<Row, RowError> {
    let mut take = |name: &'static str| match object.remove(name) {
        Some(Value::String(text)) => Ok(Some(text)),
        None | Some(Value::Null) => Ok(None),
        Some(other) => Err(RowError::NotText { name, value: other.to_string() }),
    };
    let near = take("near")?.ok_or(RowError::Missing { name: "near" })?;
    let far = take("far")?.ok_or(RowError::Missing { name: "far" })?;
    let (out, method) = (take("out")?, take("method")?.unwrap_or_else(|| "mix".to_owned()));
    if !["mix", "descent", "fourier"].contains(&method.as_str()) {
        return Err(RowError::Method { method });
    }
    let stem = |name: &str| Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let out = PathBuf::from(out.unwrap_or_else(|| format!("{}-{}.png", stem(&near), stem(&far))));
    if out.as_os_str().is_empty() || !out.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(RowError::Out { out });
    }
    let mut flags = Vec::new();
    for (name, value) in object {
        flags.extend(flag(&name.replace('_', "-"), value)?);
    }
    Ok(Row { number, near: near.into(), far: far.into(), out, method, flags })
}

/// A flag as words of the command line.
///
/// No word but the first may be taken for a flag: a list from a stranger cannot smuggle in those that a row must not have.
fn flag(name: &str, value: Value) -> Result<Vec<String>, RowError> {
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
        // A CSV cell holds several words, such as points, or a switch.
        Value::String(text) if text == "true" => Vec::new(),
        Value::String(text) if text == "false" => return Ok(Vec::new()),
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

/// Of rows that would write one file only the first stays.
fn refuse_twins(rows: &mut [Parsed]) {
    let mut writers: HashMap<PathBuf, usize> = HashMap::new();
    for parsed in rows {
        let Ok(row) = parsed else { continue };
        let first = *writers.entry(row.out.clone()).or_insert(row.number);
        if first != row.number {
            *parsed = Err((row.number, RowError::Twin { out: row.out.clone(), first }));
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
        assert_eq!(words((-3).into()), ["--points", "-3"]);
        assert_eq!(words("-4cpi".into()), ["--points", "-4cpi"]);
        assert_eq!(words(true.into()), ["--points"]);
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

    #[test]
    fn outputs_lead_nowhere_else() {
        for out in ["/etc/x.png", "../x.png", "a/../../x.png", "", ".", "a/.."] {
            let line = serde_json::json!({ "near": "a.png", "far": "b.png", "out": out }).to_string();
            let rows = parse(&line, ManifestFormat::JsonLines).unwrap();
            assert!(matches!(rows[..], [Err((1, RowError::Out { .. }))]), "{out:?}: {rows:?}");
        }
    }
}
