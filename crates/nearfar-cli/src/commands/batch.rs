//! Many hybrids from a list.

use std::{error::Error, path::Path, process::ExitCode};

use clap::Parser;
use nearfar::{
    Event, Note, Severity, What,
    batch::{
        Batch, Finished, Front, Outcome, RowFailure, Task,
        manifest::{self, Row},
    },
};

use super::{mixing::Mixing, tell};
use crate::{
    args::{BatchCommand, Cli, Command},
    console,
    failure::Failure,
    files::is_stream,
    interrupt::{self, Interrupt},
    progress::Bar,
};

/// `nearfar batch`.
pub(crate) fn run(command: &BatchCommand) -> Result<ExitCode, Failure> {
    let rows = if is_stream(&command.manifest) {
        manifest::read_stream(std::io::stdin().lock())
    } else {
        manifest::read(&command.manifest)
    };
    let rows = rows.map_err(|error| Failure::manifest(&command.manifest, &error))?;
    let (execution, interrupt) = (command.run.execution()?, Interrupt::listen());
    let BatchCommand { out, shard, memory, force, .. } = command;
    let batch = Batch { rows, out: out.clone(), shard: *shard, memory: *memory, force: *force };
    let bar = Bar::with_time_left(command.run.quiet);
    let mut observer = |event: &Event<'_>| {
        bar.show(event);
        match event.what {
            What::Noted(note @ Note::ForeignLines { .. }) => bar.aside(|| console::noted(note)),
            What::Row(row) => bar.aside(|| report(row)),
            _ => {}
        }
        interrupt.go_on()
    };
    let tally = batch.run(&Rows { folder: command.manifest.parent() }, &execution, &mut observer)?;
    drop(bar);
    let (done, skipped, failed) = (tally.done, tally.skipped, tally.failed);
    let before = if skipped == 0 { String::new() } else { format!(" ({skipped} of them before)") };
    tell(&command.run, format_args!("{done} done{before}, {failed} failed: {}", out.display()));
    if command.run.json {
        console::json(&serde_json::json!({ "done": done, "skipped": skipped, "failed": failed, "out": out }));
    }
    if interrupt.pressed() {
        console::note("interrupted: the same command goes on where it stopped");
        return Ok(ExitCode::from(interrupt::EXIT_CODE));
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says what a person should know of a row.
fn report(Finished { row, outcome, .. }: &Finished) {
    match outcome {
        Outcome::Failed(error) => console::note(format_args!("row {row}: {error}")),
        Outcome::Made(notes) => {
            for warning in notes.iter().filter(|note| note.severity() == Severity::Warning) {
                console::note(format_args!("row {row}: warning: {warning}"));
            }
        }
        _ => {}
    }
}

/// Rows, whose flags are words of the command line.
struct Rows<'a> {
    /// The manifest's: files that flags name are looked for from there, as its pictures are.
    folder: Option<&'a Path>,
}

impl Front for Rows<'_> {
    fn task(&self, row: &Row, out: &Path) -> Result<Task, Box<dyn Error + Send + Sync>> {
        // What `.ci/faults` asks for, in no program that is shipped.
        #[cfg(debug_assertions)]
        assert_ne!(std::env::var_os("NEARFAR_PANIC_AT"), Some(row.out.clone().into()), "on purpose");
        match self.parse(row, out)? {
            Command::Mix(command) => Ok(Mixing::of_mix(&command)?.into_task()),
            Command::Fourier(command) => Ok(Mixing::of_fourier(&command)?.into_task()),
            _ => unreachable!("the manifest knows no other method"),
        }
    }

    fn words(&self, failure: RowFailure) -> String {
        Failure::from(failure).to_string()
    }
}

impl Rows<'_> {
    /// The row as the command that it stands for.
    fn parse(&self, row: &Row, out: &Path) -> Result<Command, Failure> {
        let words = [Path::new("nearfar"), Path::new(&row.method), Path::new("-o"), out].map(Path::to_owned);
        let file = |flag: &str| matches!(flag, "--points-file" | "--start");
        let flags = row.flags.iter().scan(false, |names_file, word| {
            let there = self.folder.map(|folder| folder.join(word)).filter(|there| *names_file && there.is_file());
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
}
