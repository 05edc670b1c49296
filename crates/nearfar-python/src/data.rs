//! JSON in and out, and the threads that work is given to.

use nearfar::{Execution, execution_on};
use pyo3::PyResult;
use serde::{Serialize, de::DeserializeOwned};

use crate::error::unknown;

/// Data as JSON on one line.
pub(crate) fn json(data: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(data).map_err(unknown)
}

/// What options say, as the package wrote them.
pub(crate) fn options<T: DeserializeOwned>(text: &str) -> PyResult<T> {
    nearfar::read_options(text).map_err(unknown)
}

/// What keywords say, likewise: Python calls them by underscores.
pub(crate) fn keywords<T: DeserializeOwned>(text: &str) -> PyResult<T> {
    nearfar::read_options(text).map_err(|error| {
        let (name, rest) = error.split_at(error.find(' ').unwrap_or(error.len()));
        unknown(format_args!("{}{rest}", name.replace('-', "_")))
    })
}

/// So many threads, or all cores, and never more than these.
pub(crate) fn execution(threads: Option<usize>) -> PyResult<Execution> {
    execution_on(threads).map_err(unknown)
}
