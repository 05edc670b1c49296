//! What is said of a file, and the file.

use std::path::PathBuf;

use nearfar::{
    codec::{Overwrite, write_atomic},
    settings::{OutputSettings, Worded},
};
use pyo3::prelude::*;

use crate::error::{failure, unknown};

/// How a file is written.
pub(crate) fn output(depth: &str, quality: Option<u32>, keep: &str, profile: &str) -> PyResult<OutputSettings> {
    let keep = if keep == NONE { Vec::new() } else { vec![meant("keep", keep, &[NONE])?] };
    let (depth, profile) = (meant("depth", depth, &[])?, meant("profile", profile, &[])?);
    Ok(OutputSettings { depth, quality, keep, profile, ..OutputSettings::default() })
}

/// The word for keeping nothing, which the program has no word for.
const NONE: &str = "none";

/// What a word stands for; `others` may be said, too.
pub(crate) fn meant<T: Worded>(setting: &str, said: &str, others: &[&str]) -> PyResult<T> {
    T::of_word(said).ok_or_else(|| {
        let words: Vec<_> = others.iter().copied().chain(T::WORDS.iter().map(|word| word.word)).collect();
        let (last, first) = words.split_last().expect("there are words");
        unknown(format_args!("{setting} is {said}; it must be {} or {last}", first.join(", ")))
    })
}

/// Checks what is said of a file that is written to `path`, or to any that has a place for it.
#[pyfunction]
pub(crate) fn check_output(
    path: Option<PathBuf>,
    depth: &str,
    quality: Option<u32>,
    keep: &str,
    profile: &str,
) -> PyResult<()> {
    let settings = output(depth, quality, keep, profile)?;
    match path {
        Some(path) => settings.options(Some(&path)).map(drop),
        None => settings.check(),
    }
    .map_err(failure)
}

/// Writes a file, whole or not at all.
#[pyfunction]
pub(crate) fn write(py: Python<'_>, path: PathBuf, contents: &[u8], force: bool) -> PyResult<()> {
    let overwrite = if force { Overwrite::Allow } else { Overwrite::Refuse };
    py.detach(|| write_atomic(path, contents, overwrite)).map_err(failure)
}
