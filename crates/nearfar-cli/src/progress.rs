//! A progress bar on standard error, only where a person watches.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use nearfar::Progress;

/// A bar that counts steps and shows the loss; it draws nothing unless standard error is a terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new(quiet: bool) -> Self {
        let visible = !quiet && std::io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{bar:30} step {pos} of {len} at most, {msg}, {elapsed}");
        bar.set_style(style.expect("the template is well formed"));
        Self(bar)
    }

    pub(crate) fn show(&self, progress: &Progress<'_>) {
        self.0.set_length(progress.max_steps as u64);
        self.0.set_position(progress.step as u64 + 1);
        self.0.set_message(format!("loss {:.1}", progress.losses.total));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
