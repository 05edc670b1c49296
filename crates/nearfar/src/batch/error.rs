//! What can go wrong with a batch, and with a row of it.

use std::{io, path::PathBuf};

use super::manifest::RowError;
use crate::{
    Failure, JobError, PlaceError,
    codec::{DecodeError, EncodeError, WriteError},
};

/// Why a batch ended before its last row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// The folder of results cannot be made.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file of results cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Results {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file of results is somebody else's.
    #[error("{} is no file of results", path.display())]
    NotResults {
        /// The file.
        path: PathBuf,
    },
    /// Another batch has the file of results.
    #[error("another batch is writing {}", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The file of results cannot be put into order, or the page that leads to all hybrids cannot be written.
    #[error(transparent)]
    Order(#[from] WriteError),
    /// That page, or anything, cannot go where it should.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// There is no memory for the pictures on that page.
    #[error(transparent)]
    Page(EncodeError),
}

/// Why there is no hybrid of a row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RowFailure {
    /// The manifest says nothing that can be made.
    #[error(transparent)]
    Row(RowError),
    /// The front end makes no sense of what it says.
    #[error(transparent)]
    Task(Failure),
    /// The hybrid would go where results go.
    #[error("{} is where results go", path.display())]
    ResultsFile {
        /// The file.
        path: PathBuf,
    },
    /// The hybrid's folder cannot be made.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The hybrid cannot go where it should, such as onto any picture of the manifest.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// A picture cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// The picture's file.
        path: PathBuf,
        /// Why.
        error: DecodeError,
    },
    /// No hybrid, or no file of it, can be made.
    #[error(transparent)]
    Job(#[from] JobError),
    /// The hybrid's file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The file of results cannot be written, which ends the batch.
    #[error(transparent)]
    Results(BatchError),
    /// The library panicked.
    #[error("the program failed, which is a fault of its own")]
    Fault,
}
