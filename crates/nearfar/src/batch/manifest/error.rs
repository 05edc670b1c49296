//! What is wrong with a manifest or with one of its rows.

use std::{io, path::PathBuf};

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// A line of JSON cannot be read at all.
    #[error("line {line}: {reason}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What the parser objects to.
        reason: String,
    },
    /// A line of CSV has fewer cells than there are columns.
    #[error("line {line} ends before the column {column}")]
    CellMissing {
        /// The line, from 1.
        line: usize,
        /// The first column without a cell.
        column: String,
    },
    /// A line of CSV has more cells than there are columns.
    #[error("line {line} goes on after the last column, {last}, with {cell:?}")]
    CellBeyond {
        /// The line, from 1.
        line: usize,
        /// The last column.
        last: String,
        /// What stands behind it.
        cell: String,
    },
    /// A quote in a line of CSV makes one cell of several lines.
    #[error("line {line} opens a quote in the column {column} that is not closed there")]
    Quote {
        /// The line, from 1.
        line: usize,
        /// The column.
        column: String,
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
    /// The first line of a table does not name the column of the pictures.
    #[error("its first line, {line:?}, names no column {name}")]
    NoColumn {
        /// `near` or `far`.
        name: &'static str,
        /// The first line, or its beginning.
        line: String,
    },
    /// The first line of a table opens a quote that is closed in another one, or never.
    #[error("its first line opens a quote that is not closed there")]
    Quote,
    /// The first line of a table names a column twice.
    #[error("its first line names the column {name} twice")]
    TwinColumn {
        /// The name.
        name: String,
    },
    /// Nothing is to be made.
    #[error("it has no rows")]
    Empty,
}
