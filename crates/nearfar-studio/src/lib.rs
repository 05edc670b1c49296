//! nearfar for a browser: what the page's worker calls, pictures and texts in, pictures and texts out.
//!
//! Nothing is decided here: the rules are those of [`nearfar`]. Texts are JSON as that crate writes and reads it.
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

/// A browser's worker is one thread.
fn execution() -> Execution {
    Execution::single_threaded()
}

/// An error of the library, in its words.
fn failed(error: impl std::fmt::Display) -> JsError {
    JsError::new(&error.to_string())
}

/// Plain data as JSON.
fn json(data: &impl serde::Serialize) -> Result<String, JsError> {
    serde_json::to_string(data).map_err(failed)
}

/// Plain data from JSON.
fn data<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, JsError> {
    serde_json::from_str(text).map_err(failed)
}
