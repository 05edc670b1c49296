//! Errors, in the library's words.

use std::fmt::Display;

use pyo3::{PyErr, create_exception, exceptions::PyValueError};

create_exception!(
    nearfar,
    NearfarError,
    PyValueError,
    "Two pictures, a file or an option that nothing can be made of. The text says what, and how to mend it."
);

/// The exception for an error of the library.
pub(crate) fn failure(error: impl Display) -> PyErr {
    NearfarError::new_err(error.to_string())
}
