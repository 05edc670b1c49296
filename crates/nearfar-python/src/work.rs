//! Work beside which Ctrl-C is heard.

use std::{
    ops::ControlFlow,
    panic,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use nearfar::Event;
use pyo3::prelude::*;

/// So long Ctrl-C may wait: nobody feels it.
const PATIENCE: Duration = Duration::from_millis(50);

/// Works on a thread of its own, the GIL released, while this one listens for Ctrl-C. Its exception comes at once; the work
/// ends by itself at its next event, and what comes of it is dropped.
pub(crate) fn listening<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce(&mut dyn FnMut(&Event<'_>) -> ControlFlow<()>) -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, mut receiver) = mpsc::channel();
    let stopped = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stopped);
    let worker = thread::spawn(move || {
        let mut observer = |_: &Event<'_>| match told.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        // Nobody listens any more after Ctrl-C.
        let _ = sender.send(work(&mut observer));
    });
    loop {
        let done;
        (receiver, done) = py.detach(move || {
            let done = receiver.recv_timeout(PATIENCE);
            (receiver, done)
        });
        match done {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Timeout) => py.check_signals().inspect_err(|_| {
                stopped.store(true, Ordering::Relaxed);
            })?,
            Err(RecvTimeoutError::Disconnected) => {
                panic::resume_unwind(worker.join().expect_err("only a panic ends work without a result"))
            }
        }
    }
}
