//! Failures of batches.

use super::Failure;
use crate::{
    PlaceError,
    batch::{
        BatchError, RowFailure,
        manifest::{ManifestError, RowError},
    },
};

impl Failure {
    /// The manifest called `name` cannot be used.
    pub fn manifest(name: &str, error: &ManifestError) -> Self {
        Self::new(format_args!("cannot read {name}: {error}")).fix(match error {
            ManifestError::Format => "give it the extension of what is in it",
            ManifestError::NoColumn { .. } => {
                "name the columns in the first line, with commas between them, as in near,far,out"
            }
            ManifestError::Quote => "close it, or leave it out",
            ManifestError::TwinColumn { .. } => "keep one of the two columns",
            ManifestError::Empty => "give each hybrid a row with near and far",
            _ => "give a text file that ends in .csv or .jsonl",
        })
    }
}

impl From<BatchError> for Failure {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::Order(error) => error.into(),
            BatchError::Place(error) => error.into(),
            BatchError::Page(error) => error.into(),
            BatchError::Folder { .. } => Self::new(&error).fix("choose another folder with -o"),
            BatchError::NotResults { .. } => Self::new(&error).fix(
                "choose another folder with -o, or move it away; hybrids that it told of are then replaced with --force only",
            ),
            BatchError::Busy { .. } => Self::new(&error).fix("wait for it, or give this one another folder or --shard"),
            _ => Self::new(&error).fix("check that you may write there and that the disk is not full"),
        }
    }
}

impl From<RowFailure> for Failure {
    fn from(error: RowFailure) -> Self {
        match error {
            RowFailure::Row(error) => error.into(),
            RowFailure::Place(error @ PlaceError::Exists { .. }) => Self::new(format_args!(
                "{error}, and there is no record of a batch that made it as it is"
            ))
            .fix("choose another name, replace it with --force, or run this again if another batch made it just now"),
            RowFailure::Place(error) => error.into(),
            RowFailure::Memory(error) => error.into(),
            RowFailure::Job(error) => error.into(),
            RowFailure::Write(error) => error.into(),
            RowFailure::Results(error) => error.into(),
            RowFailure::Read { path, error } => Self::reading(&path.display().to_string(), &error),
            RowFailure::Task(failure) => failure,
            RowFailure::ResultsFile { .. } => Self::usage(error).fix("choose another name for the output"),
            RowFailure::Folder { .. } => Self::new(error).fix("check that you may write there"),
            _ => Self::new(error).fix("report it with the two pictures and the row; the other rows go on"),
        }
    }
}

impl From<RowError> for Failure {
    fn from(error: RowError) -> Self {
        let failure = Self::usage(&error);
        match error {
            RowError::Twin { .. } => failure.fix("give each row an out of its own"),
            RowError::Reserved { .. } => {
                failure.fix("leave it out; nearfar batch --help lists what can be given for all rows")
            }
            RowError::CellMissing { .. } => {
                failure.fix("give it a cell for every column, an empty one where there is nothing to say")
            }
            RowError::CellBeyond { .. } => failure
                .fix("put a cell that has commas in it into double quotes, or name that column in the first line"),
            RowError::Quote { .. } => {
                failure.fix("close it, or leave it out; a quote within a quoted cell is written twice")
            }
            _ => failure.fix("correct that row of the manifest"),
        }
    }
}
