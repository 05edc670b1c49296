//! A run that Python watches.

use std::ops::ControlFlow;

use nearfar::Progress;
use pyo3::{prelude::*, types::PyBool};

use crate::loss::Fault;

/// Tells a callable of every evaluation, and listens for Ctrl-C.
pub(crate) struct Watch {
    callable: Option<Py<PyAny>>,
    fault: Fault,
}

impl Watch {
    /// An exception is kept in `fault`.
    pub(crate) fn new(callable: Option<Py<PyAny>>, fault: Fault) -> Self {
        Self { callable, fault }
    }

    /// To be told of a run's progress. An exception, whosoever, or False from the callable ends the run.
    pub(crate) fn see(&self, progress: &Progress<'_>) -> ControlFlow<()> {
        if self.fault.is_any() {
            return ControlFlow::Break(());
        }
        let told = Python::attach(|py| {
            py.check_signals()?;
            self.callable.as_ref().map_or(Ok(true), |callable| tell(py, callable, progress))
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
fn tell(py: Python<'_>, callable: &Py<PyAny>, progress: &Progress<'_>) -> PyResult<bool> {
    let Progress { share, level, levels, iterations, max_iterations, evaluations, losses, .. } = *progress;
    let told =
        callable.bind(py).call1((share, level, levels, iterations, max_iterations, evaluations, losses.total))?;
    Ok(!told.is(PyBool::new(py, false)))
}
