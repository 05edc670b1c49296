//! Many hybrids from a list.

mod budget;
mod results;

use std::{
    collections::HashSet,
    fs,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use clap::Parser;
use nearfar::{
    Execution, Hybrid, JobError, MixError, Pictures, Provenance, Severity, Source, compare::as_saved, vision::score,
};
use serde_json::{Map, Value, json};

use self::{
    budget::{Budget, Share},
    results::{Line, Results},
};
use super::{mixing::Mixing, tell};
use crate::{
    args::{BatchCommand, Cli, Command},
    console,
    failure::Failure,
    files,
    interrupt::{self, Interrupt},
    manifest::{self, ManifestFormat, Parsed, Row},
    progress::Queue,
};

/// Bytes that fitting, mixing and scoring take for a pixel of the hybrid, on the safe side: 245 were measured at 24
/// megapixels.
const BYTES_PER_PIXEL: u64 = 400;

/// `nearfar batch`.
pub(crate) fn run(command: &BatchCommand) -> Result<ExitCode, Failure> {
    let rows = read(&command.manifest)?;
    let inputs = inputs(&rows);
    let rows: Vec<_> =
        rows.into_iter().enumerate().filter(|(i, _)| command.shard.holds(*i)).map(|(_, row)| row).collect();
    let threads = command.run.execution()?.threads();
    let workers = threads.min(rows.len()).max(1);
    fs::create_dir_all(&command.out).map_err(|error| {
        Failure::new(format_args!("cannot make the folder {}: {error}", command.out.display()))
            .fix("choose another folder with -o")
    })?;
    let results = Results::open(command.out.join(command.shard.results()))?;
    let batch = Batch {
        command,
        inputs,
        results,
        budget: Budget::new(command.memory),
        execution: Execution::with_threads((threads / workers).max(1)).unwrap_or_else(|_| Execution::single_threaded()),
        interrupt: Interrupt::listen(),
        count: Queue::new(rows.len(), command.run.quiet),
        reading: Mutex::new(()),
        skipped: AtomicUsize::new(0),
    };
    if batch.results.foreign() > 0 {
        console::note(format_args!(
            "note: {} lines in the file of results are not understood; they are kept",
            batch.results.foreign()
        ));
    }
    let queue = Mutex::new(rows.into_iter());
    let next = || queue.lock().expect("taking a row does not panic").next();
    let outcomes: Vec<Result<(), Failure>> = std::thread::scope(|scope| {
        let work = || {
            while let Some(row) = next() {
                if batch.interrupt.pressed() {
                    break;
                }
                batch.finish(row)?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("errors are returned")).collect()
    });
    outcomes.into_iter().collect::<Result<Vec<()>, _>>()?;
    batch.close()
}

/// What the workers share.
struct Batch<'a> {
    command: &'a BatchCommand,
    /// All pictures of the manifest: none of them is ever overwritten.
    inputs: HashSet<PathBuf>,
    results: Results,
    budget: Budget,
    execution: Execution,
    interrupt: Interrupt,
    count: Queue,
    /// Held by the worker that reads pictures.
    reading: Mutex<()>,
    /// Rows that were done before.
    skipped: AtomicUsize,
}

impl Batch<'_> {
    /// Makes the hybrid of a row, or says why not, and writes the line.
    fn finish(&self, parsed: Parsed) -> Result<(), Failure> {
        let (mut line, made) = match parsed {
            Ok(row) => {
                let mut line = Line {
                    row: row.number,
                    near: row.near.display().to_string(),
                    far: row.far.display().to_string(),
                    out: row.out.display().to_string(),
                    ..Line::default()
                };
                let made = isolated(|| self.make(&row, &mut line));
                (line, made)
            }
            Err((row, error)) => (Line { row, ..Line::default() }, Err(error.into())),
        };
        match made {
            Ok(Made::Now(warnings)) => {
                for warning in warnings {
                    self.count.aside(|| console::note(format_args!("row {}: warning: {warning}", line.row)));
                }
            }
            Ok(Made::Before) => {
                self.skipped.fetch_add(1, Ordering::Relaxed);
            }
            // The row is for the next run.
            Ok(Made::Interrupted) => return Ok(()),
            Err(failure) => {
                self.count.aside(|| console::note(format_args!("row {}: {failure}", line.row)));
                line = Line { error: Some(failure.to_string()), details: Map::new(), ..line };
                self.results.add(line)?;
            }
        }
        self.count.one_more();
        Ok(())
    }

    /// Makes the hybrid of a row and writes its line, which is there before the picture is: a run that is killed in between
    /// leaves a line without its picture, which the next run makes, and never a picture that nobody knows.
    fn make(&self, row: &Row, line: &mut Line) -> Result<Made, Failure> {
        // What `.ci/faults` asks for, in no program that is shipped.
        #[cfg(debug_assertions)]
        assert_ne!(std::env::var_os("NEARFAR_PANIC_AT"), Some(row.out.clone().into()), "on purpose");
        let path = self.command.out.join(&row.out);
        if path.canonicalize().is_ok_and(|path| self.inputs.contains(&path)) {
            return Err(Failure::usage(format_args!("{} is an input; it is never overwritten", path.display()))
                .fix("choose another name for the output"));
        }
        if row.out.to_str().is_some_and(results::is_name) {
            return Err(Failure::usage(format_args!("{} is where results go", path.display()))
                .fix("choose another name for the output"));
        }
        let command = parse(row, &path, self.command.manifest.parent())?;
        let mixing = mixing(&command)?;
        let there = digest(&path);
        let own = self.results.earlier(&row.out).find(|earlier| there.as_ref() == Some(&earlier.made));
        if let Some(earlier) = own
            && files(row, &mixing).is_some_and(|files| key(row, files) == earlier.key)
        {
            *line = Line { row: row.number, ..earlier.clone() };
            self.results.add(line.clone())?;
            return Ok(Made::Before);
        }
        // Whatever becomes of this run, the picture that is there stays known as ours.
        line.made = own.map(|earlier| earlier.made.clone()).unwrap_or_default();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| {
                Failure::new(format_args!("cannot make the folder {}: {error}", folder.display()))
                    .fix("check that you may write there")
            })?;
        }
        let target = mixing.target(self.command.force || own.is_some())?;
        let points = mixing.fit.points_file().and_then(digest);
        let (pictures, _share) = self.read(&mixing)?;
        // What was decoded, whatever becomes of the files meanwhile.
        let sources = [Some(&pictures.near), Some(&pictures.far), pictures.start.as_ref()];
        let sources = sources.into_iter().flatten().map(|picture| picture.source.sha256.clone());
        let new_key = key(row, sources.chain(points).collect());
        let made = mixing.job.mix(pictures, &self.execution, &mut |_| self.interrupt.go_on());
        let made = match made {
            Err(JobError::Mix(MixError::Cancelled)) => return Ok(Made::Interrupted),
            made => made?,
        };
        if made.hybrid.is_cancelled() {
            return Ok(Made::Interrupted);
        }
        let (bytes, more) = mixing.job.encode(&made)?;
        let digest = Source::new("", &bytes).sha256;
        let mut hybrid = made.hybrid;
        hybrid.notes.extend(more);
        let density = mixing.job.request.surface.density(hybrid.picture.size())?;
        let Value::Object(details) = json!(hybrid.summary(density)) else { unreachable!("a summary is an object") };
        line.details = details;
        line.details.insert("scores".to_owned(), self.scores(&hybrid));
        self.results.add(Line { key: new_key, made: digest, ..line.clone() })?;
        target.write(&bytes)?;
        let warnings = hybrid.notes.iter().filter(|note| note.severity() == Severity::Warning);
        Ok(Made::Now(warnings.map(ToString::to_string).collect()))
    }

    /// Reads the pictures of a job and takes the memory that mixing them needs. One worker at a time: pictures that wait for
    /// memory are in memory themselves.
    fn read(&self, mixing: &Mixing<'_>) -> Result<(Pictures, Share<'_>), Failure> {
        let _turn = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let pictures = mixing.read()?;
        let pixels = pictures.near.image.size().area().max(pictures.far.image.size().area()) as u64;
        let share = self.budget.take(pixels.saturating_mul(BYTES_PER_PIXEL));
        Ok((pictures, share))
    }

    /// The scores of a hybrid from where it should be seen, as its file shows it.
    fn scores(&self, hybrid: &Hybrid) -> Value {
        let seen = as_saved(hybrid.picture.clone());
        let viewing = hybrid.viewing.unwrap_or_default();
        score(&seen, &hybrid.aligned.pair, &viewing, &self.execution).map_or(Value::Null, |scores| json!(scores))
    }

    fn close(self) -> Result<ExitCode, Failure> {
        let Self { command, results, interrupt, count, skipped, .. } = self;
        drop(count);
        let lines = results.finish()?;
        let failed = lines.iter().filter(|line| line.error.is_some()).count();
        let (done, skipped) = (lines.len() - failed, skipped.into_inner());
        let before = if skipped == 0 { String::new() } else { format!(" ({skipped} of them before)") };
        tell(&command.run, format_args!("{done} done{before}, {failed} failed: {}", command.out.display()));
        if command.run.json {
            console::json(&json!({ "done": done, "skipped": skipped, "failed": failed, "out": command.out }));
        }
        if interrupt.pressed() {
            console::note("interrupted: the same command goes on where it stopped");
            return Ok(ExitCode::from(interrupt::EXIT_CODE));
        }
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// What came of a row that did not fail.
enum Made {
    /// The hybrid was made, and there are warnings.
    Now(Vec<String>),
    /// It was there already, and nothing has changed.
    Before,
    /// Somebody stopped it half way.
    Interrupted,
}

/// The rows of a manifest; pictures are looked for from its own folder.
fn read(path: &Path) -> Result<Vec<Parsed>, Failure> {
    let failure =
        |reason: &dyn std::fmt::Display| Failure::new(format_args!("cannot read {}: {reason}", path.display()));
    let text =
        files::read_text(path).map_err(|error| failure(&error).fix("give a text file that ends in .csv or .jsonl"))?;
    let format = ManifestFormat::from_path(path)
        .ok_or_else(|| failure(&"it is neither .csv nor .jsonl").fix("rename it after what is in it"))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut rows = manifest::parse(&text, format);
    if rows.is_empty() {
        return Err(failure(&"it has no rows").fix("give each hybrid a row with near and far"));
    }
    for row in rows.iter_mut().flatten() {
        (row.near, row.far) = (folder.join(&row.near), folder.join(&row.far));
    }
    Ok(rows)
}

/// The row as the command that it stands for. Files that its flags name are looked for from the manifest's folder, as its
/// pictures are.
fn parse(row: &Row, path: &Path, folder: Option<&Path>) -> Result<Command, Failure> {
    let words = [Path::new("nearfar"), Path::new(&row.method), Path::new("-o"), path].map(Path::to_owned);
    let file = |flag: &str| matches!(flag, "--points-file" | "--start");
    let flags = row.flags.iter().scan(false, |names_file, word| {
        let there = folder.map(|folder| folder.join(word)).filter(|there| *names_file && there.is_file());
        *names_file = file(word);
        Some(there.unwrap_or_else(|| word.into()))
    });
    // Behind the dashes a picture named `--strip` is a picture.
    let pictures = [Path::new("--"), &row.near, &row.far].map(Path::to_owned);
    Cli::try_parse_from(words.into_iter().chain(flags).chain(pictures)).map(|cli| cli.command).map_err(|error| {
        let text = error.to_string();
        let reason = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
        Failure::usage(reason).fix(format_args!("nearfar {} --help says what can be given", row.method))
    })
}

fn mixing(command: &Command) -> Result<Mixing<'_>, Failure> {
    match command {
        Command::Mix(command) => Mixing::of_mix(command),
        Command::Fourier(command) => Mixing::of_fourier(command),
        _ => unreachable!("the manifest knows no other method"),
    }
}

/// Digests of the files that a hybrid depends on, if all can be read.
fn files(row: &Row, mixing: &Mixing<'_>) -> Option<Vec<String>> {
    let said = mixing.start.into_iter().chain(mixing.fit.points_file());
    [row.near.as_path(), row.far.as_path()].into_iter().chain(said).map(digest).collect()
}

/// Digest of all that a hybrid depends on.
fn key(row: &Row, files: Vec<String>) -> String {
    let mut parts = vec![Provenance::VERSION.to_owned()];
    parts.extend(files);
    parts.push(row.method.clone());
    parts.extend(row.flags.iter().cloned());
    Source::new("", parts.join("\n").as_bytes()).sha256
}

/// Does the work of a row; a panic there is an error of that row alone.
fn isolated<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(Failure::new("the program failed, which is a fault of its own")
            .fix("report it with the two pictures and the row; the other rows go on"))
    })
}

/// Digest of a file, if it can be read.
fn digest(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| Source::new("", &bytes).sha256)
}

fn inputs(rows: &[Parsed]) -> HashSet<PathBuf> {
    let rows = rows.iter().filter_map(|row| row.as_ref().ok());
    rows.flat_map(|row| [&row.near, &row.far]).filter_map(|path| path.canonicalize().ok()).collect()
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
