//! A loss that Python computes.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use nearfar::{
    Encoded, Image,
    descent::WholeLoss,
    image::interleaved::{Interleaved, interleave_with},
};
use pyo3::{prelude::*, types::PyBytes};

use crate::{
    error::unknown,
    picture::{layout, numbers, shape},
};

/// The first exception that a run met in Python.
#[derive(Clone, Default)]
pub(crate) struct Fault(Arc<Mutex<Option<PyErr>>>);

impl Fault {
    /// Keeps an exception, unless there is one.
    pub(crate) fn keep(&self, error: PyErr) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// Whether there is one.
    pub(crate) fn is_any(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// The exception, raised.
    pub(crate) fn raise(&self) -> PyResult<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

/// A callable of the picture's samples and shape that gives a loss and the bytes of its gradient.
pub(crate) struct PythonLoss {
    pub(crate) callable: Py<PyAny>,
    pub(crate) fault: Fault,
}

impl PythonLoss {
    fn call(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> PyResult<f64> {
        let layout = layout(picture);
        let samples = interleave_with(picture, layout, f32::to_ne_bytes).map_err(unknown)?.into_flattened();
        let (value, found) = Python::attach(|py| -> PyResult<(f64, Vec<f32>)> {
            let told = (PyBytes::new(py, &samples), shape(picture));
            let (value, slopes): (f64, Bound<'_, PyBytes>) = self.callable.bind(py).call1(told)?.extract()?;
            Ok((value, numbers(slopes.as_bytes(), f32::from_ne_bytes)?))
        })?;
        *gradient = Interleaved::new(picture.size(), layout, &found)
            .and_then(|found| found.to_image([0.0; 3]))
            .map_err(unknown)?;
        Ok(value)
    }
}

impl WholeLoss for PythonLoss {
    /// After an exception, which ends the run, a picture costs nothing.
    fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64 {
        if self.fault.is_any() {
            gradient.samples_mut().fill(0.0);
            return 0.0;
        }
        self.call(picture, gradient).unwrap_or_else(|error| {
            self.fault.keep(error);
            gradient.samples_mut().fill(0.0);
            0.0
        })
    }
}

impl fmt::Debug for PythonLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PythonLoss")
    }
}
