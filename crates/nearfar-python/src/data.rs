//! JSON in and out, and the threads that work is given to.

use nearfar::{Execution, execution_on};
use pyo3::PyResult;
use serde::{Serialize, de::DeserializeOwned};

use crate::error::unknown;

/// Data as JSON on one line.
pub(crate) fn json(data: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(data).map_err(unknown)
}

/// What options say, as the package wrote them: an error names the option's value, not a place in a text nobody saw.
pub(crate) fn options<T: DeserializeOwned>(text: &str) -> PyResult<T> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(unknown)?;
    serde_json::from_value(value).map_err(unknown)
}

/// So many threads, or all cores, and never more than these.
pub(crate) fn execution(threads: Option<usize>) -> PyResult<Execution> {
    execution_on(threads).map_err(unknown)
}
