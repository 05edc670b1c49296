//! Signals. The first Ctrl-C asks for the best picture so far, the second ends the program. Exceeding a limit on the length
//! of files is an error like that of a full disk.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::console;

/// Whether Ctrl-C was pressed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Starts listening. If no handler can be installed, Ctrl-C simply ends the program.
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

    /// The answer of an observer.
    pub(crate) fn go_on(&self) -> ControlFlow<()> {
        if self.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    pub(crate) fn pressed(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Makes it an error to exceed a limit on the length of a file, as set by `ulimit -f`. By default the signal would end the
/// program and leave half a file behind.
pub(crate) fn refuse_to_die_of_large_files() {
    // A signal with a handler does not end the program; the flag itself is not used.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}
