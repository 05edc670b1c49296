//! Signals. Ctrl-C: the first asks for the best picture so far, the second ends the program. Files longer than a limit: an
//! error like that of a full disk.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::console;

/// Whether Ctrl-C has been pressed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Starts to listen. Where no handler can be set, Ctrl-C simply ends the program, as if this were not called.
    pub(crate) fn listen() -> Self {
        let interrupt = Self::default();
        let pressed = Arc::clone(&interrupt.0);
        let _ = ctrlc::set_handler(move || {
            if pressed.swap(true, Ordering::SeqCst) {
                std::process::exit(console::INTERRUPTED.into());
            }
            console::note("stopping; once more ends the program at once");
        });
        interrupt
    }

    /// An observer's word.
    pub(crate) fn go_on(&self) -> ControlFlow<()> {
        if self.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    pub(crate) fn pressed(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Makes writing beyond a limit on the length of files, as `ulimit -f` sets one, an error of that file instead of the end of
/// the program, which would leave half of it behind.
pub(crate) fn refuse_to_die_of_large_files() {
    // What has a handler does not end the program; nobody looks at the flag.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}
