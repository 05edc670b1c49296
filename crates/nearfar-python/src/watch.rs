//! Work that Python watches.

use std::ops::ControlFlow;

use nearfar::{Event, EventKind, NoteSummary};
use pyo3::{prelude::*, types::PyBool};
use serde::Serialize;

use crate::{data::json, loss::Fault};

/// Tells a callable of every event, and listens for Ctrl-C.
pub(crate) struct Watch {
    callable: Option<Py<PyAny>>,
    fault: Fault,
}

/// An event as JSON.
#[derive(Serialize)]
struct Told<'a> {
    phase: nearfar::Phase,
    share: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<NoteSummary<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<Step>,
}

/// What is known after an evaluation.
#[derive(Serialize)]
struct Step {
    level: usize,
    levels: usize,
    iterations: usize,
    max_iterations: usize,
    evaluations: usize,
    loss: f64,
}

impl Watch {
    /// An exception is kept in `fault`.
    pub(crate) fn new(callable: Option<Py<PyAny>>, fault: Fault) -> Self {
        Self { callable, fault }
    }

    /// To be told what happens. An exception, whosoever, or False from the callable ends the work.
    pub(crate) fn see(&self, event: &Event<'_>) -> ControlFlow<()> {
        if self.fault.is_any() {
            return ControlFlow::Break(());
        }
        let told = Python::attach(|py| {
            py.check_signals()?;
            self.callable.as_ref().map_or(Ok(true), |callable| tell(py, callable, event))
        });
        match told {
            Ok(true) => ControlFlow::Continue(()),
            Ok(false) => ControlFlow::Break(()),
            Err(error) => {
                self.fault.keep(error);
                ControlFlow::Break(())
            }
        }
    }
}

/// Whether to go on.
fn tell(py: Python<'_>, callable: &Py<PyAny>, event: &Event<'_>) -> PyResult<bool> {
    let mut told = Told { phase: event.phase, share: event.share, note: None, step: None };
    match event.what {
        EventKind::Noted(note) => told.note = Some(NoteSummary::new(note)),
        EventKind::Evaluated { progress, .. } => {
            told.step = Some(Step {
                level: progress.level,
                levels: progress.levels,
                iterations: progress.iterations,
                max_iterations: progress.max_iterations,
                evaluations: progress.evaluations,
                loss: progress.losses.total,
            });
        }
        _ => {}
    }
    Ok(!callable.bind(py).call1((json(&told)?,))?.is(PyBool::new(py, false)))
}
