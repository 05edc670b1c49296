//! A progress bar on standard error, only where a person watches.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use nearfar::{Event, words};

/// Parts that the work is counted in.
const PARTS: u64 = 1000;

/// A bar that shows how much is done, and of what; it draws nothing unless standard error is a terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new(quiet: bool) -> Self {
        Self::of(quiet, "{bar:30} {percent:>3} %, {elapsed}, {msg}")
    }

    /// For work that takes long.
    pub(crate) fn with_time_left(quiet: bool) -> Self {
        Self::of(quiet, "{bar:30} {percent:>3} %, {elapsed}, {eta} left, {msg}")
    }

    fn of(quiet: bool, template: &str) -> Self {
        let visible = !quiet && std::io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(PARTS), target);
        bar.set_style(ProgressStyle::with_template(template).expect("the template is well formed"));
        Self(bar)
    }

    /// Shows what goes on.
    pub(crate) fn show(&self, event: &Event<'_>) {
        self.0.set_position((event.share * PARTS as f64) as u64);
        if let Some(message) = words::event(event) {
            self.0.set_message(message);
        }
    }

    /// Takes it away.
    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }

    /// Prints something without disturbing the bar.
    pub(crate) fn aside(&self, print: impl FnOnce()) {
        self.0.suspend(print);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}
