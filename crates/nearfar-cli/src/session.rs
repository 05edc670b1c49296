//! A running command: progress, interruption, and what may be printed.

use std::{fmt, ops::ControlFlow, process::ExitCode};

use nearfar::{Event, EventKind, Execution, Failure, Note, Size, Target};
use serde::Serialize;

use crate::{args::RunArgs, console, interrupt::Interrupt, progress::Bar};

/// A running command.
pub(crate) struct Session<'a> {
    pub(crate) run: &'a RunArgs,
    pub(crate) execution: Execution,
    pub(crate) interrupt: Interrupt,
    pub(crate) bar: Bar,
}

impl<'a> Session<'a> {
    /// Starts listening to Ctrl-C.
    pub(crate) fn new(run: &'a RunArgs) -> Result<Self, Failure> {
        run.json.then(Target::standard_output).transpose()?;
        let execution = run.execution()?;
        Ok(Self { run, execution, interrupt: Interrupt::listen(), bar: Bar::new(run.quiet) })
    }

    /// Shows progress and notes to the user.
    pub(crate) fn see(&self, event: &Event<'_>) -> ControlFlow<()> {
        self.bar.show(event);
        if let EventKind::Noted(note) = event.what {
            self.noted([note]);
        }
        self.interrupt.go_on()
    }

    /// An observer that does only that.
    pub(crate) fn observer(&self) -> impl FnMut(&Event<'_>) -> ControlFlow<()> {
        |event| self.see(event)
    }

    /// Prints notes.
    pub(crate) fn noted<'n>(&self, notes: impl IntoIterator<Item = &'n Note>) {
        notes.into_iter().filter(|_| !self.run.quiet).for_each(|note| self.bar.aside(|| console::noted(note)));
    }

    /// Prints a line of the result, unless it would disturb a picture or JSON on standard output.
    pub(crate) fn tell(&self, text: impl fmt::Display) {
        self.bar.clear();
        if !self.run.quiet && !self.run.json {
            console::line(text);
        }
    }

    /// Prints what was written, as JSON or in lines: beside a file on standard output, these go to standard error.
    pub(crate) fn written(&self, target: &Target, json: impl Serialize, lines: impl IntoIterator<Item = String>) {
        if self.run.json {
            return console::written(target.name(), json);
        }
        let aside = target.is_stream() && !self.run.quiet;
        lines.into_iter().for_each(|line| if aside { console::note(line) } else { self.tell(line) });
    }

    /// Prints what a dry run would have written.
    pub(crate) fn planned(&self, target: &Target, size: Size, summary: impl Serialize) {
        let line = format!("{}: {size} would be written; this was a dry run", target.name());
        self.written(target, summary, [line]);
    }

    /// The end of work that may have been stopped early.
    pub(crate) fn end(&self, is_cancelled: bool) -> ExitCode {
        self.bar.clear();
        if !is_cancelled {
            return ExitCode::SUCCESS;
        }
        console::note("interrupted: the hybrid is the best so far");
        ExitCode::from(console::INTERRUPTED)
    }
}
