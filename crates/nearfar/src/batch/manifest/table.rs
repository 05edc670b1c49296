//! A table of comma-separated values, its first line naming the columns.

use csv::{ReaderBuilder, StringRecord, Trim};
use serde_json::Value;

use super::{ManifestError, Object, RowError};

/// Characters of the first line that an error shows.
const SHOWN: usize = 60;

/// The rows as objects: what stands in a cell, by its column's name. Empty cells say nothing.
pub(super) fn objects(text: &str) -> Result<Vec<Object>, ManifestError> {
    // With `flexible` there is nothing in a text that this parser objects to: what makes no sense is said here.
    let mut reader = ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(text.as_bytes());
    let names = reader.headers().cloned().unwrap_or_default();
    if names.iter().all(str::is_empty) {
        return Err(ManifestError::Empty);
    }
    if names.iter().any(|name| name.contains('\n')) {
        return Err(ManifestError::Quote);
    }
    check_names(&names, text)?;
    let records: Vec<_> = reader.records().flatten().collect();
    let mut objects: Vec<_> = records.iter().map(|record| object(&names, record, text)).collect();
    // A quote that is never closed makes one cell of all the rest.
    if let (Some(last), Some(record)) = (objects.last_mut().filter(|last| last.is_ok()), records.last())
        && is_open(record, text)
    {
        let line = record.position().map_or(0, |position| line(position, text));
        *last = Err(RowError::Quote { line, column: names.get(record.len() - 1).unwrap_or_default().to_owned() });
    }
    Ok(objects)
}

fn check_names(names: &StringRecord, text: &str) -> Result<(), ManifestError> {
    for name in ["near", "far"] {
        if !names.iter().any(|there| there == name) {
            let line = text.trim_start().lines().next().unwrap_or_default().chars().take(SHOWN).collect();
            return Err(ManifestError::NoColumn { name, line });
        }
    }
    let twin = names.iter().enumerate().find(|(i, name)| !name.is_empty() && names.iter().take(*i).any(|n| n == *name));
    twin.map_or(Ok(()), |(_, name)| Err(ManifestError::TwinColumn { name: name.to_owned() }))
}

fn object(names: &StringRecord, record: &StringRecord, text: &str) -> Object {
    let line = record.position().map_or(0, |position| line(position, text));
    let column = |i: usize| names.get(i).unwrap_or_default().to_owned();
    // Points may stand below each other, and what else a flag is given; files are not called so.
    let is_flag = |i: usize| names.get(i).is_some_and(|name| !["near", "far", "out", "method"].contains(&name));
    let lines = |i: usize| record.get(i).is_some_and(|cell| cell.contains('\n'));
    if let Some(i) = (0..record.len()).find(|&i| lines(i) && !(is_flag(i) && record.len() == names.len())) {
        return Err(RowError::Quote { line, column: column(i.min(names.len() - 1)) });
    }
    if record.len() < names.len() {
        return Err(RowError::CellMissing { line, column: column(record.len()) });
    }
    if let Some(cell) = record.get(names.len()) {
        return Err(RowError::CellBeyond { line, last: column(names.len() - 1), cell: cell.to_owned() });
    }
    let cells = names.iter().zip(record).filter(|(_, cell)| !cell.is_empty());
    Ok(cells.map(|(name, cell)| (name.to_owned(), Value::from(cell))).collect())
}

/// Whether the last record ends within quotes.
fn is_open(record: &StringRecord, text: &str) -> bool {
    let rest = record.position().and_then(|position| text.get(position.byte() as usize..)).unwrap_or_default();
    record.iter().any(|cell| cell.contains('\n')) && rest.matches('"').count() % 2 == 1
}

/// The line that a record begins at, from 1. The parser's is that of the empty lines before it.
fn line(position: &csv::Position, text: &str) -> usize {
    let empty =
        text.get(position.byte() as usize..).unwrap_or_default().chars().take_while(|c| ['\r', '\n'].contains(c));
    position.line() as usize + empty.filter(|&c| c == '\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<String> {
        objects(text).unwrap().into_iter().map(|object| object.err().map_or(String::new(), |e| e.to_string())).collect()
    }

    #[test]
    fn a_line_with_other_cells_than_columns_is_named_and_the_others_are_rows() {
        let told = errors("near,far,out\na.png,b.png,c.png\n\na.png,b.png\na.png,b.png,d.png,7\na.png,b.png,e.png\n");
        let expected =
            ["", "line 4 ends before the column out", "line 5 goes on after the last column, out, with \"7\"", ""];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_named() {
        let told = errors("near,far\na.png,\"b.png\na.png,c.png\n");
        assert_eq!(told, ["line 2 opens a quote in the column far that is not closed there"]);
        let told = errors(
            "near,far,points,out\na.png,b.png,\"near=1,2\nfar=3,4\",a.png\na.png,b.png,\"x,b.png\na.png,b.png,,\n",
        );
        assert_eq!(told, ["", "line 4 opens a quote in the column points that is not closed there"]);
        let told = errors("near,far,points\na.png,b.png,\"near=1,2 far=3,4\nc.png,d.png,\ne.png,f.png,\n");
        assert_eq!(told, ["line 2 opens a quote in the column points that is not closed there"]);
    }

    #[test]
    fn columns_that_make_no_sense_are_refused_once() {
        let told = |text: &str| objects(text).unwrap_err().to_string();
        assert_eq!(told("near;far\na.png;b.png\n"), "its first line, \"near;far\", names no column near");
        assert_eq!(told("near,Far\na.png,b.png\n"), "its first line, \"near,Far\", names no column far");
        assert_eq!(told("near,far,sigma,sigma\na,b,1,2\n"), "its first line names the column sigma twice");
        assert_eq!(told("near,far,\"out\na,b,c\n"), "its first line opens a quote that is not closed there");
        assert_eq!(told(" \n"), "it has no rows");
    }
}
