//! The list of hybrids to make: text in, checked rows out.

mod error;
mod flag;
mod table;

use std::{
    collections::HashMap,
    io,
    path::{Component, Path, PathBuf},
};

use serde_json::{Map, Value};

use self::flag::flag;
use crate::{
    RecipeError,
    text_file::{read_text, text_of},
};

pub use error::{ManifestError, RowError};

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

/// A row, or its number and what is wrong with it.
pub type Parsed = Result<Row, (usize, RowError)>;

/// Reads the rows of a manifest's file; pictures are looked for from its own folder.
///
/// # Errors
///
/// [`ManifestError`] if it is no text, its extension is neither `.csv` nor `.jsonl` (or `.ndjson`), its columns make no sense, or
/// it has no rows.
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
/// [`ManifestError`] if it is no text, its columns make no sense, or it has no rows.
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
/// [`ManifestError`] if its columns make no sense, or it has no rows.
pub fn parse(text: &str, format: ManifestFormat) -> Result<Vec<Parsed>, ManifestError> {
    // What some editors put before everything else.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let objects = match format {
        ManifestFormat::Csv => table::objects(text)?,
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

fn json_objects(text: &str) -> Vec<Object> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let object = |(text, line)| {
        RecipeError::read_json(text).map_err(|RecipeError { reason, .. }| RowError::Syntax { line, reason })
    };
    lines.map(object).collect()
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
    fn outputs_lead_nowhere_else() {
        for out in ["/etc/x.png", "../x.png", "a/../../x.png", "", ".", "a/.."] {
            let line = serde_json::json!({ "near": "a.png", "far": "b.png", "out": out }).to_string();
            let rows = parse(&line, ManifestFormat::JsonLines).unwrap();
            assert!(matches!(rows[..], [Err((1, RowError::Out { .. }))]), "{out:?}: {rows:?}");
        }
    }
}
