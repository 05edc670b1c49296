//! Errors, in the library's words.

use nearfar::{Cause, Failure};
use pyo3::{PyErr, create_exception, exceptions::PyValueError};

create_exception!(
    nearfar,
    NearfarError,
    PyValueError,
    "Two pictures, a file or an option that nothing can be made of. The text says what, and how to mend it."
);

create_exception!(
    nearfar,
    NearfarMemoryError,
    NearfarError,
    "Work that takes more memory than there is for it, beside what else this process does at the time."
);

/// The exception for an error of the library: what, why, and how to mend it, by keywords.
pub(crate) fn failure(error: impl Into<Failure>) -> PyErr {
    let failure = error.into().in_keywords();
    match failure.cause {
        Cause::Memory => NearfarMemoryError::new_err(failure.to_string()),
        _ => NearfarError::new_err(failure.to_string()),
    }
}

/// The exception for what the library has no error of: data in another form, or a word that it does not know.
pub(crate) fn unknown(error: impl std::fmt::Display) -> PyErr {
    NearfarError::new_err(error.to_string())
}
