//! A progress bar on standard error, shown only on a terminal.

use std::{
    io::IsTerminal,
    sync::{Mutex, PoisonError},
};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use nearfar::{Event, batch::TimeLeft, words};

/// Length of the bar.
const PARTS: u64 = 1000;

/// A bar that shows the current phase and how much is done; it draws nothing unless standard error is a terminal.
pub(crate) struct Bar {
    bar: ProgressBar,
    left: Option<Mutex<TimeLeft>>,
}

impl Bar {
    pub(crate) fn new(quiet: bool) -> Self {
        let visible = !quiet && std::io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(PARTS), target);
        let style = ProgressStyle::with_template("{bar:30} {percent:>3} %, {elapsed}, {prefix}{msg}");
        bar.set_style(style.expect("the template is well formed"));
        Self { bar, left: None }
    }

    /// A bar for long work, with an estimate of the time left.
    pub(crate) fn with_time_left(quiet: bool) -> Self {
        let mut bar = Self::new(quiet);
        bar.left = Some(Mutex::default());
        bar
    }

    /// Shows an event.
    pub(crate) fn show(&self, event: &Event<'_>) {
        self.bar.set_position((event.share * PARTS as f64) as u64);
        if let Some(left) = &self.left {
            let left = left.lock().unwrap_or_else(PoisonError::into_inner).hear(event, self.bar.elapsed());
            self.bar.set_prefix(left.map_or_else(String::new, |left| format!("{:#} left, ", HumanDuration(left))));
        }
        if let Some(message) = words::event(event) {
            self.bar.set_message(message);
        }
    }

    /// Removes the bar.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// Prints without disturbing the bar.
    pub(crate) fn aside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}
