//! One row: its hybrid made, or known to be there.

use std::{
    fs,
    panic::AssertUnwindSafe,
    path::Path,
    sync::{PoisonError, atomic::Ordering},
};

use serde_json::{Map, Value, json};

use super::{
    BatchError, Finished, Outcome, RowFailure, Task, Work,
    budget::Share,
    manifest::{Parsed, Row},
    results::{Line, is_name},
    told::Teller,
};
use crate::{
    Failure, Hybrid, JobError, MixError, Picture, Pictures, Place, PlaceError, Provenance, Size, Source,
    compare::as_saved, memory::BATCH_BYTES_PER_PIXEL, vision::score,
};

impl Work<'_> {
    /// Makes the hybrid of a row, or says why not, and writes the line.
    pub(super) fn finish(&self, parsed: Parsed) -> Result<(), BatchError> {
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
                let made = isolated(|| self.make(&row, &mut line, &teller));
                (line, made)
            }
            Err((row, error)) => (Line { row, ..Line::default() }, Err(RowFailure::Row(error))),
        };
        let outcome = match made {
            Ok(outcome) => outcome,
            // The row is for the next run.
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
            Outcome::Made(_) => {}
        }
        teller.finish(&Finished { row: line.row, outcome });
        Ok(())
    }

    /// Makes the hybrid of a row and writes its line, which is there before the picture is: a run that is killed in between
    /// leaves a line without its picture, which the next run makes, and never a picture that nobody knows.
    fn make(&self, row: &Row, line: &mut Line, teller: &Teller<'_, '_>) -> Result<Outcome, RowFailure> {
        let path = self.out.join(&row.out);
        if path.canonicalize().is_ok_and(|path| self.inputs.contains(&path)) {
            return Err(PlaceError::Input { path }.into());
        }
        if row.out.to_str().is_some_and(is_name) {
            return Err(RowFailure::ResultsFile { path });
        }
        let task = (self.front)(row, &path).map_err(RowFailure::Task)?;
        let there = digest(&path);
        let own = self.results.earlier(&row.out).find(|earlier| there.as_ref() == Some(&earlier.made));
        if let Some(earlier) = own
            && files(&task).is_some_and(|files| key(row, files) == earlier.key)
        {
            *line = Line { row: row.number, ..earlier.clone() };
            self.results.add(line.clone()).map_err(RowFailure::Results)?;
            return Ok(Outcome::Before);
        }
        // Whatever becomes of this run, the picture that is there stays known as ours.
        line.made = own.map(|earlier| earlier.made.clone()).unwrap_or_default();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| RowFailure::Folder { path: folder.to_owned(), source })?;
        }
        // Before the work instead of after it; the hybrid's size is not known yet.
        task.job.encoding.check(Size::new(1, 1).expect("1x1 is a size")).map_err(JobError::from)?;
        let place = Place::new(&path, self.force || own.is_some(), &task.inputs())?;
        let points = task.points.as_deref().and_then(digest);
        if teller.begin().is_break() {
            return Err(JobError::Mix(MixError::Cancelled).into());
        }
        let (pictures, _share) = self.read(&task)?;
        // What was decoded, whatever becomes of the files meanwhile.
        let sources = [Some(&pictures.near), Some(&pictures.far), pictures.start.as_ref()];
        let sources = sources.into_iter().flatten().map(|picture| picture.source.sha256.clone());
        let new_key = key(row, sources.chain(points).collect());
        let made = task.job.mix(pictures, &self.execution, &mut |event| teller.tell(event))?;
        if made.hybrid.is_cancelled() {
            return Err(JobError::Mix(MixError::Cancelled).into());
        }
        let (bytes, more) = task.job.encode(&made).map_err(JobError::from)?;
        let mut hybrid = made.hybrid;
        hybrid.notes.extend(more);
        let density =
            task.job.request.surface.density(hybrid.picture.size()).map_err(MixError::from).map_err(JobError::from)?;
        let Value::Object(details) = json!(hybrid.summary(density)) else { unreachable!("a summary is an object") };
        line.details = details;
        line.details.insert("scores".to_owned(), self.scores(&hybrid));
        let made = Source::new("", &bytes).sha256;
        self.results.add(Line { key: new_key, made, ..line.clone() }).map_err(RowFailure::Results)?;
        place.write(&bytes)?;
        Ok(Outcome::Made(hybrid.notes))
    }

    /// Reads the pictures of a task and takes the memory that mixing them needs. One worker at a time: pictures that wait for
    /// memory are in memory themselves.
    fn read(&self, task: &Task) -> Result<(Pictures, Share<'_>), RowFailure> {
        let _turn = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let pictures = task.read()?;
        let pixels = pictures.near.image.size().area().max(pictures.far.image.size().area()) as u64;
        let share = self.budget.take(pixels.saturating_mul(BATCH_BYTES_PER_PIXEL));
        Ok((pictures, share))
    }

    /// The scores of a hybrid from where it should be seen, as its file shows it.
    fn scores(&self, hybrid: &Hybrid) -> Value {
        let seen = as_saved(hybrid.picture.clone());
        let viewing = hybrid.viewing.unwrap_or_default();
        score(&seen, &hybrid.aligned.pair, &viewing, &self.execution).map_or(Value::Null, |scores| json!(scores))
    }
}

impl Task {
    /// What is read and never overwritten.
    fn inputs(&self) -> Vec<&Path> {
        let pictures = [Some(&self.near), Some(&self.far), self.start.as_ref(), self.points.as_ref()];
        pictures.into_iter().flatten().map(|path| path.as_path()).collect()
    }

    fn read(&self) -> Result<Pictures, RowFailure> {
        let read = |path: &Path| {
            Picture::read(path, &self.reading).map_err(|error| RowFailure::Read { path: path.to_owned(), error })
        };
        let (near, far) = std::thread::scope(|scope| {
            let far = scope.spawn(|| read(&self.far));
            (read(&self.near), far.join().expect("reading does not panic"))
        });
        Ok(Pictures { near: near?, far: far?, start: self.start.as_deref().map(read).transpose()? })
    }
}

/// Digests of the files that a hybrid depends on, if all can be read.
fn files(task: &Task) -> Option<Vec<String>> {
    task.inputs().into_iter().map(digest).collect()
}

/// Digest of all that a hybrid depends on.
fn key(row: &Row, files: Vec<String>) -> String {
    let mut parts = vec![Provenance::VERSION.to_owned()];
    parts.extend(files);
    parts.push(row.method.clone());
    parts.extend(row.flags.iter().cloned());
    Source::new("", parts.join("\n").as_bytes()).sha256
}

/// Digest of a file, if it can be read.
fn digest(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| Source::new("", &bytes).sha256)
}

/// Does the work of a row; a panic there is an error of that row alone.
fn isolated<T>(work: impl FnOnce() -> Result<T, RowFailure>) -> Result<T, RowFailure> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(RowFailure::Fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_is_an_error_of_its_row() {
        let failure = isolated::<()>(|| panic!("on purpose")).expect_err("it panics");
        assert!(failure.to_string().contains("fault of its own"), "{failure}");
        assert!(isolated(|| Ok(7)).is_ok_and(|seven| seven == 7));
    }
}
