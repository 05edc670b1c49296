//! The errors of a batch and of its rows.

use std::{io, path::PathBuf};

use super::manifest::RowError;
use crate::{
    Failure, JobError, MemoryError, PlaceError,
    codec::{DecodeError, EncodeError, WriteError},
};

/// Why a batch ended before its last row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// The folder for results cannot be made.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The file of results cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Results {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The file of results was not written by this program.
    #[error("{} is not a file of results", path.display())]
    NotResults {
        /// The file.
        path: PathBuf,
    },
    /// Another batch is using the file of results.
    #[error("another batch is writing {}", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The file of results cannot be sorted, or the overview cannot be written.
    #[error(transparent)]
    Order(#[from] WriteError),
    /// The overview or another file cannot be written at its path.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// There is not enough memory for the pictures of the overview.
    #[error(transparent)]
    Page(EncodeError),
}

/// Why there is no hybrid of a row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RowFailure {
    /// The row of the manifest is not valid.
    #[error(transparent)]
    Row(RowError),
    /// The front end rejects the row's settings.
    #[error(transparent)]
    Task(Failure),
    /// The hybrid would overwrite the file of results.
    #[error("{} is the file of results", path.display())]
    ResultsFile {
        /// The file.
        path: PathBuf,
    },
    /// The hybrid's folder cannot be made.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The hybrid cannot be written at its path, for example because that is a picture of the manifest.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// A picture cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// The picture's file.
        path: PathBuf,
        /// The reason.
        error: DecodeError,
    },
    /// There is too little memory for the row, even if it is made alone.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The hybrid or its file cannot be made.
    #[error(transparent)]
    Job(#[from] JobError),
    /// The hybrid's file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The file of results cannot be written, which ends the batch.
    #[error(transparent)]
    Results(BatchError),
    /// The library panicked.
    #[error("the program failed because of a bug of its own")]
    Fault,
}
