//! A run that Python watches.

use std::ops::ControlFlow;

use nearfar::Progress;
use pyo3::{prelude::*, types::PyBool};

/// Tells a callable of every evaluation, and listens for Ctrl-C.
pub(crate) struct Watch {
    callable: Option<Py<PyAny>>,
    error: Option<PyErr>,
}

impl Watch {
    pub(crate) fn new(callable: Option<Py<PyAny>>) -> Self {
        Self { callable, error: None }
    }

    /// To be told of a run's progress. An exception, or False from the callable, ends the run.
    pub(crate) fn see(&mut self, progress: &Progress<'_>) -> ControlFlow<()> {
        let told = Python::attach(|py| {
            py.check_signals()?;
            self.callable.as_ref().map_or(Ok(true), |callable| tell(py, callable, progress))
        });
        match told {
            Ok(true) => ControlFlow::Continue(()),
            Ok(false) => ControlFlow::Break(()),
            Err(error) => {
                self.error = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    /// The exception that ended the run, if one did.
    pub(crate) fn end(self) -> PyResult<()> {
        self.error.map_or(Ok(()), Err)
    }
}

/// Whether to go on.
fn tell(py: Python<'_>, callable: &Py<PyAny>, progress: &Progress<'_>) -> PyResult<bool> {
    let Progress { share, level, levels, iterations, max_iterations, evaluations, losses, .. } = *progress;
    let told =
        callable.bind(py).call1((share, level, levels, iterations, max_iterations, evaluations, losses.total))?;
    Ok(!told.is(PyBool::new(py, false)))
}
