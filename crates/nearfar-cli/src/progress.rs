//! A progress bar on standard error, only where a person watches.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use nearfar::Progress;

/// Parts that the work is counted in.
const PARTS: u64 = 1000;

/// A bar that shows how much is done, at what size, and the loss; it draws nothing unless standard error is a terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new(quiet: bool) -> Self {
        Self(bar(quiet, "{bar:30} {percent} %, {msg}, {elapsed}"))
    }

    pub(crate) fn show(&self, progress: &Progress<'_>) {
        self.0.set_length(PARTS);
        self.0.set_position((progress.share * PARTS as f64) as u64);
        let size = progress.picture.size();
        self.0.set_message(format!("{size}, loss {:.1}", progress.losses.total));
    }
}

/// Counts pictures of a list and tells how long the rest will take.
pub(crate) struct Queue(ProgressBar);

impl Queue {
    pub(crate) fn new(total: usize, quiet: bool) -> Self {
        let bar = bar(quiet, "{bar:30} {pos} of {len} pictures, {elapsed} so far, {eta} left");
        bar.set_length(total as u64);
        Self(bar)
    }

    pub(crate) fn one_more(&self) {
        self.0.inc(1);
    }

    /// Prints something without disturbing the bar.
    pub(crate) fn aside(&self, print: impl FnOnce()) {
        self.0.suspend(print);
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A bar that counts hybrids.
pub(crate) struct Count(ProgressBar);

impl Count {
    pub(crate) fn new(quiet: bool) -> Self {
        Self(bar(quiet, "{bar:30} hybrid {pos} of {len} at most, {elapsed}"))
    }

    pub(crate) fn show(&self, done: usize, most: usize) {
        self.0.set_length(most as u64);
        self.0.set_position(done as u64);
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn bar(quiet: bool, template: &str) -> ProgressBar {
    let visible = !quiet && std::io::stderr().is_terminal();
    let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(None, target);
    bar.set_style(ProgressStyle::with_template(template).expect("the template is well formed"));
    bar
}
