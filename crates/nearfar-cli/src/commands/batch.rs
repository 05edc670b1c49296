//! `nearfar batch`: many hybrids from a list.

use std::{path::Path, process::ExitCode};

use clap::{CommandFactory, Parser};
use nearfar::{
    Event, EventKind, Failure, Note,
    batch::{
        Batch, BatchPlan, BatchShows, Tally, Task,
        manifest::{self, Row},
    },
    input::called,
    is_stream, words,
};
use serde::Serialize;

use super::mixing::Mixing;
use crate::{
    args::{BatchCommand, Cli, Command},
    console,
    progress::Bar,
    session::Session,
};

/// The result as JSON.
#[derive(Serialize)]
struct Json<'a> {
    done: usize,
    skipped: usize,
    failed: usize,
    out: &'a Path,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a Path>,
}

/// `nearfar batch`.
pub(crate) fn run(command: &BatchCommand) -> Result<ExitCode, Failure> {
    let BatchCommand { manifest, out, shard, memory, force, run, .. } = command;
    let rows =
        if is_stream(manifest) { manifest::read_stream(std::io::stdin().lock()) } else { manifest::read(manifest) };
    let rows = rows.map_err(|error| Failure::manifest(&called(manifest), &error))?;
    let session = Session { bar: Bar::with_time_left(run.quiet), ..Session::new(run)? };
    let shows = BatchShows { strip: command.strip, film: command.animate, page: command.report };
    let batch = Batch { rows, out: out.clone(), shard: *shard, memory: *memory, force: *force, shows };
    // Files named by flags are relative to the manifest's folder, as its pictures are.
    let task = |row: &Row, out: &Path| task(row, out, manifest.parent());
    if command.dry_run {
        let rows = batch.dry_run(&task)?;
        let plan = BatchPlan::new(&rows);
        words::batch_plan(&plan).into_iter().for_each(|line| session.tell(line));
        if run.json {
            console::json(&plan);
        }
        return Ok(if plan.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let mut observer = |event: &Event<'_>| {
        session.bar.show(event);
        match event.what {
            EventKind::Noted(note @ Note::ForeignLines { .. }) => session.bar.aside(|| console::noted(note)),
            EventKind::Row(row) => session.bar.aside(|| words::batch_row(row).into_iter().for_each(console::note)),
            _ => {}
        }
        session.interrupt.go_on()
    };
    let tally = batch.run(&task, &session.execution, &mut observer)?;
    session.tell(words::batch_tally(tally, out));
    let report = batch.overview();
    report.iter().for_each(|page| session.tell(page.display()));
    if run.json {
        let Tally { done, skipped, failed, .. } = tally;
        console::json(&Json { done, skipped, failed, out, report: report.as_deref() });
    }
    if session.interrupt.pressed() {
        console::note("interrupted: the same command goes on where it stopped");
        return Ok(ExitCode::from(console::INTERRUPTED));
    }
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The task of a row, whose flags are those of the command line.
fn task(row: &Row, out: &Path, folder: Option<&Path>) -> Result<Task, Failure> {
    // Only for `.ci/faults`; no program that is shipped contains this.
    #[cfg(debug_assertions)]
    assert_ne!(std::env::var_os("NEARFAR_PANIC_AT"), Some(row.out.clone().into()), "on purpose");
    match parse(row, out, folder)? {
        Command::Mix(command) => Ok(Mixing::of_mix(&command)?.into_task()),
        Command::Fourier(command) => Ok(Mixing::of_fourier(&command)?.into_task()),
        _ => unreachable!("the manifest knows no other method"),
    }
}

/// The row as a parsed command.
fn parse(row: &Row, out: &Path, folder: Option<&Path>) -> Result<Command, Failure> {
    let words = [Path::new("nearfar"), Path::new(&row.method), Path::new("-o"), out].map(Path::to_owned);
    let file = |flag: &str| matches!(flag, "--points-file" | "--start");
    let flags = row.flags.iter().scan(false, |names_file, word| {
        let there = folder.map(|folder| folder.join(word)).filter(|there| *names_file && there.is_file());
        *names_file = file(word);
        Some(there.unwrap_or_else(|| word.into()))
    });
    // After the dashes, even `--strip` is the name of a picture.
    let pictures = [Path::new("--"), &row.near, &row.far].map(Path::to_owned);
    Cli::try_parse_from(words.into_iter().chain(flags).chain(pictures)).map(|cli| cli.command).map_err(|error| {
        let said: Vec<_> = std::iter::once(&row.method).chain(&row.flags).cloned().collect();
        Failure::of_command_line(&error, &Cli::command(), &said).expect("no row asks for help")
    })
}
