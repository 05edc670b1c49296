//! The work on a row: make its hybrid, or find that it exists.

use std::{
    fs,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    sync::{PoisonError, atomic::Ordering},
};

use serde_json::{Map, Value, json};

use super::{
    BatchError, Finished, Known, Outcome, RowFailure, Task, Work,
    budget::Share,
    manifest::{Parsed, Row, RowError},
    results::{Line, is_name},
    told::Teller,
};
use crate::{
    Event, Failure, Hybrid, JobError, MixError, Picture, Pictures, Place, PlaceError, Provenance, Size, Source,
    codec::{DecodeError, DecodeOptions},
    compare::as_saved,
    event::Watch,
    look::{Making, Shows, scored},
    memory::{self, BATCH_BYTES_PER_PIXEL},
    place::{check_folder, is_no_file},
};

/// A row that has passed all checks.
enum Ready {
    /// Its hybrid exists, and this line records everything on which it depends.
    Before(Line),
    /// Its hybrid must be made.
    Todo {
        task: Box<Task>,
        /// The earlier run's line about the existing picture.
        own: Option<Line>,
    },
}

impl Known<'_> {
    /// The outcome that a row would have.
    pub(super) fn planned(&self, parsed: &Parsed) -> Finished {
        let (row, out, ready) = match parsed {
            Ok(row) => (row.number, row.out.clone(), isolated(|| self.ready(row))),
            Err((row, error)) => (*row, PathBuf::new(), Err(RowFailure::Row(error.clone()))),
        };
        let path = self.out.join(&out);
        let planned = ready.and_then(|ready| match ready {
            Ready::Before(_) => Ok(Outcome::Before),
            Ready::Todo { task, own } => {
                for path in task.inputs() {
                    let error = |source| RowFailure::Read { path: path.to_owned(), error: DecodeError::Io { source } };
                    fs::File::open(path).map_err(error)?;
                }
                // A missing folder is made later, provided that the existing part of its path is a folder.
                match path.parent() {
                    Some(folder) if !folder.exists() => check_folder(folder)?,
                    _ => self.places(&path, &task, own.is_some()).map(|_| ())?,
                }
                Ok(Outcome::Planned)
            }
        });
        let outcome = planned.unwrap_or_else(|failure| Outcome::Failed(Failure::from(failure).to_string()));
        Finished { row, out, outcome }
    }

    /// Checks a row as far as possible without any work.
    fn ready(&self, row: &Row) -> Result<Ready, RowFailure> {
        let path = self.out.join(&row.out);
        if path.canonicalize().is_ok_and(|path| self.inputs.contains(&path)) {
            return Err(PlaceError::Input { path }.into());
        }
        if row.out.to_str().is_some_and(is_name) {
            return Err(RowFailure::ResultsFile { path });
        }
        let twin = |file: &PathBuf| self.writers.get(file).filter(|first| **first != row.number).copied();
        if let Some((out, first)) = self.shows.files(&row.out).find_map(|file| twin(&file).map(|first| (file, first))) {
            return Err(RowFailure::Row(RowError::Twin { out, first }));
        }
        let task = (self.front)(row, &path).map_err(RowFailure::Task)?;
        if let Some(path) = task.inputs().into_iter().find(|path| is_no_file(path)) {
            let source = std::io::Error::other("it is no ordinary file");
            return Err(RowFailure::Read { path: path.to_owned(), error: DecodeError::Io { source } });
        }
        let own = digest(&path).and_then(|there| self.earlier.own(&row.out, &there));
        if let Some(earlier) = &own
            && files(&task).is_some_and(|files| key(row, files) == earlier.key)
            && self.shows.files(&row.out).all(|file| self.is_shown(&file, earlier))
        {
            return Ok(Ready::Before(Line { row: row.number, ..earlier.clone() }));
        }
        // Checked before the work rather than after it, although the hybrid's size is not known yet.
        task.job.writing.encoding.check(Size::new(1, 1).expect("1x1 is a size")).map_err(JobError::from)?;
        Ok(Ready::Todo { task: Box::new(task), own })
    }

    /// Whether an earlier run wrote this file beside a hybrid, within the folder, and nobody has changed it since.
    fn is_shown(&self, file: &Path, earlier: &Line) -> bool {
        let shown = file.to_str().and_then(|file| earlier.shown.get(file));
        shown.is_some() && digest(&self.out.join(file)).as_ref() == shown
    }

    /// The places of a row's hybrid and of the files that show it, if they can be written there.
    fn places(&self, path: &Path, task: &Task, is_own: bool) -> Result<(Place, Shows<Place>), RowFailure> {
        let inputs = task.inputs();
        let place = Place::new(path, self.force || is_own, &inputs)?;
        let within = |path: &'_ Path| path.strip_prefix(self.out).unwrap_or(path).to_owned();
        let (out, force) = (within(path), self.force);
        let is_named = |file: &Path| digest(file).is_some_and(|digest| self.earlier.names(&digest));
        let is_shown = |file: &Path| self.earlier.of(&out).any(|line| self.is_shown(&within(file), line));
        let replace = |file: &Path| force || is_shown(file) || is_named(file);
        let shows = self.shows.places(path, &inputs, replace)?;
        let read = |place: &Place| place.path().canonicalize().is_ok_and(|path| self.inputs.contains(&path));
        let lost = shows.places().find(|place| read(place)).map(|place| place.path().to_owned());
        lost.map_or(Ok((place, shows)), |path| Err(PlaceError::Input { path }.into()))
    }
}

impl Work<'_> {
    /// Makes the hybrid of a row, or finds why it cannot, and writes the row's line.
    pub(super) fn finish(&self, parsed: &Parsed) -> Result<(), BatchError> {
        let teller = self.told.row();
        let (mut line, made) = match parsed {
            Ok(row) => {
                let mut line = Line {
                    row: row.number,
                    near: row.near.display().to_string(),
                    far: row.far.display().to_string(),
                    out: row.out.display().to_string(),
                    ..Line::default()
                };
                let made = isolated(|| self.make(row, &mut line, &teller));
                (line, made)
            }
            Err((row, error)) => (Line { row: *row, ..Line::default() }, Err(RowFailure::Row(error.clone()))),
        };
        let outcome = match made {
            Ok(outcome) => outcome,
            // The row is left to the next run.
            Err(RowFailure::Job(JobError::Mix(MixError::Cancelled))) => return Ok(()),
            Err(RowFailure::Results(error)) => return Err(error),
            Err(failure) => Outcome::Failed(Failure::from(failure).to_string()),
        };
        match &outcome {
            Outcome::Failed(error) => {
                line = Line { error: Some(error.clone()), details: Map::new(), ..line };
                self.results.add(line.clone())?;
            }
            Outcome::Before => {
                self.skipped.fetch_add(1, Ordering::Relaxed);
            }
            Outcome::Made(_) | Outcome::Planned => {}
        }
        teller.finish(&Finished { row: line.row, out: line.out.into(), outcome });
        Ok(())
    }

    /// Makes the hybrid of a row and writes its line. The line comes before the picture: a run that is killed in between
    /// leaves a line without its picture, which the next run makes, and never a picture without a line.
    fn make(&self, row: &Row, line: &mut Line, teller: &Teller<'_, '_>) -> Result<Outcome, RowFailure> {
        let path = self.known.out.join(&row.out);
        let (task, own) = match self.known.ready(row)? {
            Ready::Before(before) => {
                *line = before;
                self.results.add(line.clone()).map_err(RowFailure::Results)?;
                return Ok(Outcome::Before);
            }
            Ready::Todo { task, own } => (task, own),
        };
        // Whatever happens to this run, the existing files stay on record as this program's.
        let is_own = own.is_some();
        Line { made: line.made, shown: line.shown, .. } = own.unwrap_or_default();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| RowFailure::Folder { path: folder.to_owned(), source })?;
        }
        let (place, shows) = self.known.places(&path, &task, is_own)?;
        let points = task.points.as_deref().and_then(digest);
        if teller.begin().is_break() {
            return Err(JobError::Mix(MixError::Cancelled).into());
        }
        let (pictures, _share) = self.read(&task)?;
        // The bytes that were decoded, even if the files change in the meantime.
        let sources = [Some(&pictures.near), Some(&pictures.far), pictures.start.as_ref()];
        let sources = sources.into_iter().flatten().map(|picture| picture.source.sha256.clone());
        let new_key = key(row, sources.chain(points).collect());
        let mut steps = shows.trace();
        let mut made = task.job.mix(pictures, &self.execution, &mut |event| {
            steps.hear(event);
            teller.tell(event)
        })?;
        if made.hybrid.is_cancelled() {
            return Err(JobError::Mix(MixError::Cancelled).into());
        }
        let (bytes, more) = task.job.encode(&made).map_err(JobError::from)?;
        made.hybrid.notes.extend(more);
        let size = made.hybrid.picture.size();
        let density = task.job.request.density(size).map_err(MixError::from).map_err(JobError::from)?;
        let Value::Object(details) = json!(made.summary(density)) else { unreachable!("a summary is an object") };
        line.details = details;
        let observer = &mut |event: &Event<'_>| teller.tell(event);
        line.details.insert("scores".to_owned(), self.scores(&made.hybrid, &mut Watch::after_all(observer))?);
        let provenance = task.job.provenance(&made);
        let (request, provenance) = (&task.job.request, provenance.as_ref());
        let making = Making { request, provenance, trace: steps.lines(), seconds: &[] };
        let title = path.file_name().unwrap_or_default().to_string_lossy();
        let shown = shows.files(&made.hybrid, &title, &making, &self.execution, observer)?;
        for (place, bytes) in &shown {
            let file = place.path().strip_prefix(self.known.out).unwrap_or(place.path());
            line.shown.insert(file.display().to_string(), Source::new("", bytes).sha256);
        }
        let digest = Source::new("", &bytes).sha256;
        self.results.add(Line { key: new_key, made: digest, ..line.clone() }).map_err(RowFailure::Results)?;
        place.write(&bytes)?;
        for (place, bytes) in shown {
            place.write(&bytes)?;
        }
        Ok(Outcome::Made(made.hybrid.notes))
    }

    /// Reads the pictures of a task and reserves the memory for mixing them. Only one worker does so at a time, because
    /// pictures that wait for memory already take some.
    fn read(&self, task: &Task) -> Result<(Pictures, Share<'_>), RowFailure> {
        let _turn = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let max_bytes = task.reading.max_bytes.min(self.free);
        let reading = DecodeOptions { max_bytes, ..task.reading.clone() };
        let pictures = task.read(|path| {
            Picture::read(path, &reading).map_err(|error| RowFailure::Read { path: path.to_owned(), error })
        })?;
        let sizes = [&pictures.near, &pictures.far].map(|picture| picture.image.size());
        for size in sizes {
            memory::Work::Row.check(size, self.free)?;
        }
        let pixels = sizes.map(Size::area).into_iter().max().unwrap_or_default() as u64;
        let share = self.budget.take(pixels.saturating_mul(BATCH_BYTES_PER_PIXEL));
        Ok((pictures, share))
    }

    /// The scores of a hybrid from its own distances, with the codes that its file holds.
    fn scores(&self, hybrid: &Hybrid, watch: &mut Watch<'_>) -> Result<Value, JobError> {
        let seen = as_saved(hybrid.picture.clone());
        let viewing = hybrid.viewing.unwrap_or_default();
        match scored(&seen, &hybrid.aligned.pair, &viewing, &self.execution, watch) {
            Err(MixError::Cancelled) => Err(MixError::Cancelled.into()),
            scores => Ok(scores.map_or(Value::Null, |scores| json!(scores))),
        }
    }
}

/// Digests of the files on which a hybrid depends, if all can be read.
fn files(task: &Task) -> Option<Vec<String>> {
    task.inputs().into_iter().map(digest).collect()
}

/// Digest of everything on which a hybrid depends.
fn key(row: &Row, files: Vec<String>) -> String {
    let mut parts = vec![Provenance::VERSION.to_owned()];
    parts.extend(files);
    parts.push(row.method.clone());
    parts.extend(row.flags.iter().cloned());
    Source::new("", parts.join("\n").as_bytes()).sha256
}

/// Digest of a file, if it can be read.
fn digest(path: &Path) -> Option<String> {
    let bytes = if is_no_file(path) { None } else { fs::read(path).ok() };
    bytes.map(|bytes| Source::new("", &bytes).sha256)
}

/// Does the work of a row; a panic there becomes an error of that row alone.
fn isolated<T>(work: impl FnOnce() -> Result<T, RowFailure>) -> Result<T, RowFailure> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(RowFailure::Fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_is_an_error_of_its_row() {
        let failure = isolated::<()>(|| panic!("on purpose")).expect_err("it panics");
        assert!(failure.to_string().contains("bug of its own"), "{failure}");
        assert!(isolated(|| Ok(7)).is_ok_and(|seven| seven == 7));
    }
}
