//! Many hybrids from a list.

mod budget;
mod results;

use std::{
    collections::HashSet,
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
};

use clap::Parser;
use nearfar::{
    Execution, Pair, Provenance, Source,
    vision::{Viewing, score},
};
use serde_json::{Map, Value, json};

use self::{
    budget::Budget,
    results::{Line, Results},
};
use super::{job::Job, mixing, tell};
use crate::{
    args::{BatchCommand, Cli, Command},
    console,
    failure::Failure,
    files,
    interrupt::{self, Interrupt},
    manifest::{self, ManifestFormat, Parsed, Row},
    progress::Queue,
};

/// Bytes that fitting, mixing and scoring take for a pixel of the hybrid.
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
        budget: Budget::new(command.memory.saturating_mul(1 << 30)),
        execution: Execution::with_threads((threads / workers).max(1)).unwrap_or_else(|_| Execution::single_threaded()),
        interrupt: Interrupt::listen(),
        count: Queue::new(rows.len(), command.run.quiet),
    };
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
}

impl Batch<'_> {
    /// Makes the hybrid of a row, or says why not, and writes the line.
    fn finish(&self, parsed: Parsed) -> Result<(), Failure> {
        let (mut line, made) = match parsed {
            Ok(row) => {
                let line = Line {
                    row: row.number,
                    near: row.near.display().to_string(),
                    far: row.far.display().to_string(),
                    out: row.out.display().to_string(),
                    ..Line::default()
                };
                (line, self.make(&row))
            }
            Err((row, error)) => (Line { row, ..Line::default() }, Err(error.into())),
        };
        match made {
            Ok(Some(Made { key, made, details })) => (line.key, line.made, line.details) = (key, made, details),
            // Interrupted: the row is for the next run.
            Ok(None) => return Ok(()),
            Err(failure) => {
                self.count.aside(|| console::note(format_args!("row {}: {failure}", line.row)));
                line.error = Some(failure.to_string());
            }
        }
        self.count.one_more();
        self.results.add(line)
    }

    fn make(&self, row: &Row) -> Result<Option<Made>, Failure> {
        let path = self.command.out.join(&row.out);
        if path.canonicalize().is_ok_and(|path| self.inputs.contains(&path)) {
            return Err(Failure::usage(format_args!("{} is an input; it is never overwritten", path.display()))
                .fix("choose another name for the output"));
        }
        let earlier = self.results.earlier(&row.out).filter(|line| line.error.is_none());
        let untouched = earlier.filter(|line| digest(&path).is_some_and(|digest| digest == line.made));
        if let Some(line) = untouched
            && digest(&row.near).zip(digest(&row.far)).is_some_and(|(near, far)| key(row, &near, &far) == line.key)
        {
            let (key, made, details) = (line.key.clone(), line.made.clone(), line.details.clone());
            return Ok(Some(Made { key, made, details }));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| {
                Failure::new(format_args!("cannot make the folder {}: {error}", folder.display()))
                    .fix("check that you may write there")
            })?;
        }
        let command = parse(row, &path)?;
        let job = job(&command, &path)?;
        let mut target = job.target(self.command.force || untouched.is_some())?;
        let reading = job.input.decode_options();
        let (near, far) = (files::read(&row.near, &reading)?, files::read(&row.far, &reading)?);
        let pixels = near.image.size().area().max(far.image.size().area()) as u64;
        let _share = self.budget.take(pixels.saturating_mul(BYTES_PER_PIXEL));
        let key = key(row, &near.source.sha256, &far.source.sha256);
        let mixed = job.mix(&near.image, &far.image, &self.execution, &mut |_| self.go_on(), &mut |_| {})?;
        if mixed.is_cancelled() {
            return Ok(None);
        }
        job.write(&mut target, &mixed, (near.source, far.source))?;

        let hybrid = files::read(&path, &reading)?;
        let mut details = Map::new();
        details.insert("method".to_owned(), mixed.method.name().into());
        details.insert("align".to_owned(), json!(mixed.fit()));
        details.insert("report".to_owned(), json!(mixed.report));
        details.insert("scores".to_owned(), self.scores(&hybrid.image, &mixed.aligned.pair));
        Ok(Some(Made { key, made: hybrid.source.sha256, details }))
    }

    fn scores(&self, hybrid: &nearfar::Image<nearfar::Encoded>, pair: &Pair) -> Value {
        score(hybrid, pair, &Viewing::default(), &self.execution).map_or(Value::Null, |scores| json!(scores))
    }

    fn go_on(&self) -> ControlFlow<()> {
        if self.interrupt.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn close(self) -> Result<ExitCode, Failure> {
        let Self { command, results, interrupt, count, .. } = self;
        drop(count);
        let lines = results.finish()?;
        let failed = lines.iter().filter(|line| line.error.is_some()).count();
        tell(&command.run, format_args!("{} done, {failed} failed: {}", lines.len() - failed, command.out.display()));
        if command.run.json {
            console::json(&json!({ "done": lines.len() - failed, "failed": failed, "out": command.out }));
        }
        if interrupt.pressed() {
            console::note("interrupted: the same command goes on where it stopped");
            return Ok(ExitCode::from(interrupt::EXIT_CODE));
        }
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// What is known of a hybrid that was made.
struct Made {
    key: String,
    made: String,
    details: Map<String, Value>,
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

/// The row as the command that it stands for.
fn parse(row: &Row, path: &Path) -> Result<Command, Failure> {
    let words = [Path::new("nearfar"), Path::new(&row.method), Path::new("-o"), path];
    let flags = row.flags.iter().map(Path::new);
    // Behind the dashes a picture named `--strip` is a picture.
    let pictures = [Path::new("--"), &row.near, &row.far];
    Cli::try_parse_from(words.into_iter().chain(flags).chain(pictures)).map(|cli| cli.command).map_err(|error| {
        let text = error.to_string();
        let reason = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
        Failure::usage(reason).fix(format_args!("nearfar {} --help says what can be given", row.method))
    })
}

fn job<'a>(command: &'a Command, path: &'a Path) -> Result<Job<'a>, Failure> {
    match command {
        Command::Mix(command) => mixing::mix_job(command, path),
        Command::Descent(command) => mixing::descent_job(command),
        Command::Fourier(command) => mixing::fourier_job(command),
        _ => unreachable!("the manifest knows no other method"),
    }
}

/// Digest of all that a hybrid depends on.
fn key(row: &Row, near: &str, far: &str) -> String {
    let all =
        [&[Provenance::VERSION, near, far, &row.method], &*row.flags.iter().map(String::as_str).collect::<Vec<_>>()];
    Source::new("", all.concat().join("\n").as_bytes()).sha256
}

/// Digest of a file, if it can be read.
fn digest(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| Source::new("", &bytes).sha256)
}

fn inputs(rows: &[Parsed]) -> HashSet<PathBuf> {
    let rows = rows.iter().filter_map(|row| row.as_ref().ok());
    rows.flat_map(|row| [&row.near, &row.far]).filter_map(|path| path.canonicalize().ok()).collect()
}
