//! Many hybrids from a list: made once, known by what they depend on, and gone on with where a run stopped.
//!
//! A front end reads a [manifest], says of each row what [`Task`] it stands for, and calls [`Batch::run`].

mod budget;
mod error;
pub(crate) mod finished;
pub mod manifest;
mod overview;
mod results;
mod row;
mod shard;
mod shows;
mod summary;
mod time_left;
mod told;

use std::{
    collections::{HashMap, HashSet},
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, atomic::AtomicUsize},
};

use nearfar_kernels::Execution;

use self::{
    budget::Budget,
    manifest::{Parsed, Row},
    results::{Earlier, Results},
    told::Told,
};
use crate::{
    Event, EventKind, Failure, Job, Picture, Pictures, codec::DecodeOptions, memory_for_work, place::check_folder,
};

pub use error::{BatchError, RowFailure};
pub use finished::{Finished, Outcome};
#[doc(hidden)]
pub use results::rewritten;
pub use results::{is_cut_short, is_damaged_result, names_digest};
pub use shard::{Shard, ShardError};
pub use summary::{BatchPlan, PlannedRow};
pub use time_left::TimeLeft;

/// A list of hybrids to make, and where to.
#[derive(Clone, Debug)]
pub struct Batch {
    /// All rows of the manifest, those of other shards too: none of their pictures is ever overwritten.
    pub rows: Vec<Parsed>,
    /// The folder that hybrids and results go to; it is made if need be.
    pub out: PathBuf,
    /// Which of the rows are made.
    pub shard: Shard,
    /// Bytes to stay within, roughly, and within what is free; a row that takes more by itself is made alone, unless there is not so
    /// much: then it is refused.
    pub memory: u64,
    /// Whether files are replaced that no earlier run made, or that were changed since.
    pub force: bool,
    /// What is shown of each hybrid, beside it.
    pub shows: BatchShows,
}

/// What is shown of each hybrid of a batch: `NAME-strip.png`, `NAME-walk.gif`, `NAME-report.html` beside `NAME.png`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchShows {
    /// The hybrid as small as from further and further away.
    pub strip: bool,
    /// A film of the way from afar to the hybrid and back.
    pub film: bool,
    /// A page that explains it, and one that leads to all of these: [`Batch::overview`].
    pub page: bool,
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

impl Task {
    /// What is read and never overwritten.
    #[must_use]
    pub fn inputs(&self) -> Vec<&Path> {
        let pictures = [Some(&self.near), Some(&self.far), self.start.as_ref(), self.points.as_ref()];
        pictures.into_iter().flatten().map(|path| path.as_path()).collect()
    }

    /// Its pictures.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub fn read<E: Send>(&self, read: impl Fn(&Path) -> Result<Picture, E> + Sync) -> Result<Pictures, E> {
        let [near, far] = Pictures::both([&self.near, &self.far], &read)?;
        Ok(Pictures { near, far, start: self.start.as_deref().map(read).transpose()? })
    }

    /// The same of files and standard input.
    ///
    /// # Errors
    ///
    /// As [`Pictures::load_both`].
    pub fn load(&self) -> Result<Pictures, Failure> {
        Pictures::check_streams([&self.near, &self.far])?;
        self.read(|path| Picture::load(path, &self.reading))
    }
}

/// What a batch does not know: which task a row stands for whose hybrid goes to a place, or why it makes no sense.
pub type Front<'a> = dyn Fn(&Row, &Path) -> Result<Task, Failure> + Sync + 'a;

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

/// What is known of all rows before any work.
struct Known<'a> {
    out: &'a Path,
    force: bool,
    shows: BatchShows,
    front: &'a Front<'a>,
    /// All pictures of the manifest.
    inputs: HashSet<PathBuf>,
    /// Which row writes a file first, by the file.
    writers: HashMap<PathBuf, usize>,
    earlier: Earlier,
}

/// What the workers share.
struct Work<'a> {
    known: Known<'a>,
    /// Of one worker.
    execution: Execution,
    results: Results,
    budget: Budget,
    /// Bytes that are free at the beginning.
    free: u64,
    /// Held by the worker that reads pictures.
    reading: Mutex<()>,
    skipped: AtomicUsize,
    told: Told<'a>,
}

impl Batch {
    /// Makes the hybrids of this shard's rows and writes `results.jsonl`, a line for each row. As many rows are made at a
    /// time as there are threads, if memory allows.
    ///
    /// A row that fails is a line with an error, and the others go on. If pages are asked for, [one](Self::overview) leads to
    /// all of them in the end. The observer hears the events of all rows, with the
    /// share of the whole batch, and of each [row that is finished](EventKind::Row); after its break the rows under way are left
    /// for the next run.
    ///
    /// # Errors
    ///
    /// [`BatchError`]: the folder, the file of results or the page that leads to all cannot be written, or another batch
    /// writes there.
    pub fn run(
        &self,
        front: &Front<'_>,
        execution: &Execution,
        observer: &mut (dyn FnMut(&Event<'_>) -> ControlFlow<()> + Send),
    ) -> Result<Tally, BatchError> {
        check_folder(&self.out)?;
        fs::create_dir_all(&self.out).map_err(|source| BatchError::Folder { path: self.out.clone(), source })?;
        let overview = self.overview_place()?;
        // What is known is read while nobody else writes it.
        let results = Results::open(&self.out, self.shard)?;
        let known = self.known(front)?;
        let rows = self.rows();
        let free = memory_for_work(None);
        let workers = execution.threads().min(rows.len()).max(1);
        let work = Work {
            known,
            execution: Execution::with_threads((execution.threads() / workers).max(1))
                .unwrap_or_else(|_| Execution::single_threaded()),
            results,
            budget: Budget::new(self.memory.min(free)),
            free,
            reading: Mutex::new(()),
            skipped: AtomicUsize::new(0),
            told: Told::new(observer, rows.len()),
        };
        if let Some(note) = work.results.foreign() {
            work.told.tell(EventKind::Noted(&note));
        }
        work.all(rows, workers)?;
        let (skipped, is_cancelled) = (work.skipped.into_inner(), work.told.is_stopped());
        let lines = work.results.finish()?;
        if let Some(place) = overview {
            self.write_overview(&place, &lines, execution)?;
        }
        let failed = lines.iter().filter(|line| line.error.is_some()).count();
        Ok(Tally { done: lines.len() - failed, skipped, failed, is_cancelled })
    }

    /// Says of each of this shard's rows whether its hybrid would be made, is there, or is refused, and writes nothing. No
    /// picture is decoded, so that one that cannot be, or that does not fit its other, is not found out.
    ///
    /// # Errors
    ///
    /// [`BatchError`]: the folder takes no files, or the file of results cannot be read.
    pub fn dry_run(&self, front: &Front<'_>) -> Result<Vec<Finished>, BatchError> {
        check_folder(&self.out)?;
        let known = self.known(front)?;
        Ok(self.rows().into_iter().map(|row| known.planned(row)).collect())
    }

    fn known<'a>(&'a self, front: &'a Front<'a>) -> Result<Known<'a>, BatchError> {
        Ok(Known {
            out: &self.out,
            force: self.force,
            shows: self.shows,
            front,
            inputs: inputs(&self.rows),
            writers: self.shows.writers(&self.rows),
            earlier: Earlier::read(&self.out.join(self.shard.results()))?,
        })
    }

    /// The rows of this shard.
    fn rows(&self) -> Vec<&Parsed> {
        self.rows.iter().enumerate().filter(|(i, _)| self.shard.holds(*i)).map(|(_, row)| row).collect()
    }
}

impl Work<'_> {
    /// Finishes the rows, so many at a time. None is begun after one whose line cannot be written, or after a break.
    fn all(&self, rows: Vec<&Parsed>, workers: usize) -> Result<(), BatchError> {
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
