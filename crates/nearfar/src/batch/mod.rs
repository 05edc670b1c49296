//! Many hybrids from a list: made once, known by what they depend on, and gone on with where a run stopped.
//!
//! A front end reads a [manifest], says of each row what [`Task`] it stands for, and calls [`Batch::run`].

mod budget;
mod error;
pub mod manifest;
mod results;
mod row;
mod shard;
mod told;

use std::{
    collections::HashSet,
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, atomic::AtomicUsize},
};

use nearfar_kernels::Execution;

use self::{
    budget::Budget,
    manifest::{Parsed, Row},
    results::Results,
    told::Told,
};
use crate::{Event, Failure, Job, Note, What, codec::DecodeOptions};

pub use error::{BatchError, RowFailure};
#[doc(hidden)]
pub use results::rewritten;
pub use shard::{Shard, ShardError};

/// A list of hybrids to make, and where to.
#[derive(Clone, Debug)]
pub struct Batch {
    /// All rows of the manifest, those of other shards too: none of their pictures is ever overwritten.
    pub rows: Vec<Parsed>,
    /// The folder that hybrids and results go to; it is made if need be.
    pub out: PathBuf,
    /// Which of the rows are made.
    pub shard: Shard,
    /// Bytes to stay within, roughly; a row that takes more by itself is made alone.
    pub memory: u64,
    /// Whether files are replaced that no earlier run made, or that were changed since.
    pub force: bool,
}

/// One hybrid to make: what a row of the manifest stands for.
#[derive(Clone, Debug)]
pub struct Task {
    /// The file of the picture to be seen up close.
    pub near: PathBuf,
    /// The file of the picture to be seen from afar.
    pub far: PathBuf,
    /// The file that the optimiser starts from.
    pub start: Option<PathBuf>,
    /// The file that the job's points came from: the hybrid is made again when it changes.
    pub points: Option<PathBuf>,
    /// How the pictures are read.
    pub reading: DecodeOptions,
    /// What is made of them.
    pub job: Job,
}

/// What a batch does not know: which task a row stands for whose hybrid goes to a place, or why it makes no sense.
pub type Front<'a> = dyn Fn(&Row, &Path) -> Result<Task, Failure> + Sync + 'a;

/// What came of a row.
#[derive(Debug)]
#[non_exhaustive]
pub struct Finished {
    /// Its place in the manifest, from 1.
    pub row: usize,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a row.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The hybrid was made, and its notes are these.
    Made(Vec<Note>),
    /// It was there already, and nothing that it depends on has changed.
    Before,
    /// There is no hybrid, and this is why, as the file of results has it.
    Failed(String),
}

/// What came of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Rows whose hybrid is there.
    pub done: usize,
    /// Those of them that were there before.
    pub skipped: usize,
    /// Rows that no hybrid could be made of.
    pub failed: usize,
    /// Whether the observer stopped it: the same batch goes on with the rows that are left.
    pub is_cancelled: bool,
}

/// What the workers share.
struct Work<'a> {
    out: &'a Path,
    force: bool,
    front: &'a Front<'a>,
    /// Of one worker.
    execution: Execution,
    /// All pictures of the manifest.
    inputs: HashSet<PathBuf>,
    results: Results,
    budget: Budget,
    /// Held by the worker that reads pictures.
    reading: Mutex<()>,
    skipped: AtomicUsize,
    told: Told<'a>,
}

impl Batch {
    /// Makes the hybrids of this shard's rows and writes `results.jsonl`, a line for each row. As many rows are made at a
    /// time as there are threads, if memory allows.
    ///
    /// A row that fails is a line with an error, and the others go on. The observer hears the events of all rows, with the
    /// share of the whole batch, and of each [row that is finished](What::Row); after its break the rows under way are left
    /// for the next run.
    ///
    /// # Errors
    ///
    /// [`BatchError`]: the folder or the file of results cannot be written, or another batch writes it.
    pub fn run(
        self,
        front: &Front<'_>,
        execution: &Execution,
        observer: &mut (dyn FnMut(&Event<'_>) -> ControlFlow<()> + Send),
    ) -> Result<Tally, BatchError> {
        let Self { rows, out, shard, memory, force } = self;
        let inputs = inputs(&rows);
        let rows: Vec<_> = rows.into_iter().enumerate().filter(|(i, _)| shard.holds(*i)).map(|(_, row)| row).collect();
        let workers = execution.threads().min(rows.len()).max(1);
        fs::create_dir_all(&out).map_err(|source| BatchError::Folder { path: out.clone(), source })?;
        let work = Work {
            out: &out,
            force,
            front,
            execution: Execution::with_threads((execution.threads() / workers).max(1))
                .unwrap_or_else(|_| Execution::single_threaded()),
            inputs,
            results: Results::open(out.join(shard.results()))?,
            budget: Budget::new(memory),
            reading: Mutex::new(()),
            skipped: AtomicUsize::new(0),
            told: Told::new(observer, rows.len()),
        };
        if work.results.foreign() > 0 {
            work.told.tell(What::Noted(&Note::ForeignLines { count: work.results.foreign() }));
        }
        work.all(rows, workers)?;
        let (skipped, is_cancelled) = (work.skipped.into_inner(), work.told.is_stopped());
        let lines = work.results.finish()?;
        let failed = lines.iter().filter(|line| line.error.is_some()).count();
        Ok(Tally { done: lines.len() - failed, skipped, failed, is_cancelled })
    }
}

impl Work<'_> {
    /// Finishes the rows, so many at a time. None is begun after one whose line cannot be written, or after a break.
    fn all(&self, rows: Vec<Parsed>, workers: usize) -> Result<(), BatchError> {
        let queue = Mutex::new(rows.into_iter());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            while let Some(row) = next() {
                if self.told.is_stopped() {
                    break;
                }
                self.finish(row)?;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|worker| worker.join().expect("panics of rows are caught"))
        })
    }
}

fn inputs(rows: &[Parsed]) -> HashSet<PathBuf> {
    let rows = rows.iter().filter_map(|row| row.as_ref().ok());
    rows.flat_map(|row| [&row.near, &row.far]).filter_map(|path| path.canonicalize().ok()).collect()
}
