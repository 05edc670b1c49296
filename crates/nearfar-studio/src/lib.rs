//! nearfar for a browser: the functions that the page's worker calls, with pictures and texts as arguments and results.
//!
//! Nothing is decided here: the rules are those of [`nearfar`]. Texts are JSON in the format of that crate.
#![cfg(target_arch = "wasm32")]
#![forbid(unsafe_code)]

mod film;
mod fitted;
mod mixed;
mod photo;

pub use film::Film;
pub use fitted::{Fitted, pairs, read_points, write_points};
pub use mixed::{Mixed, mix};
pub use photo::{Frame, Photo};

use nearfar::Execution;
use wasm_bindgen::JsError;

/// A browser's worker has a single thread.
fn execution() -> Execution {
    Execution::single_threaded()
}

/// An error with the library's message.
fn failed(error: impl std::fmt::Display) -> JsError {
    JsError::new(&error.to_string())
}

/// Serialises plain data to JSON.
fn json(data: &impl serde::Serialize) -> Result<String, JsError> {
    serde_json::to_string(data).map_err(failed)
}

/// Parses plain data from JSON.
fn data<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, JsError> {
    serde_json::from_str(text).map_err(failed)
}
