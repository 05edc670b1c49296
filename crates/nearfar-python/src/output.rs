//! What is said of a file, and the file.

use std::path::PathBuf;

use nearfar::{
    Note, Place, Provenance,
    codec::{Format, Overwrite, write_atomic},
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

/// Whether two files hold the same hybrid, by their bytes or by their recipes.
#[pyfunction]
pub(crate) fn is_same_hybrid(py: Python<'_>, a: &[u8], b: &[u8]) -> bool {
    py.detach(|| Provenance::is_same_hybrid(a, b))
}

/// Whether a file that was found may be the hybrid of two pictures, told by digests, that goes to `path`.
#[pyfunction]
pub(crate) fn may_be_hybrid(py: Python<'_>, found: &[u8], path: PathBuf, keeps: bool, near: &str, far: &str) -> bool {
    py.detach(|| {
        Format::from_path(&path).is_some_and(|format| Provenance::may_be_hybrid(found, format, keeps, [near, far]))
    })
}

/// Checks that a file can be written at `path`, which is none of the inputs, and that none is there unless `replace`.
#[pyfunction]
pub(crate) fn check_place(path: PathBuf, replace: bool, inputs: Vec<PathBuf>) -> PyResult<()> {
    let inputs: Vec<_> = inputs.iter().map(PathBuf::as_path).collect();
    Place::new(&path, replace, &inputs).map(drop).map_err(failure)
}

/// Whether a damaged line of a file of results names a file by its digest.
#[pyfunction]
pub(crate) fn names_digest(line: &[u8], digest: &str) -> bool {
    nearfar::batch::names_digest(line, digest)
}

/// Whether a line that is not understood is known for one of a file of results.
#[pyfunction]
pub(crate) fn is_damaged_result(line: &[u8]) -> bool {
    nearfar::batch::is_damaged_result(line)
}

/// Whether the last line of a file of results is one that a crash cut short.
#[pyfunction]
pub(crate) fn is_cut_short(line: &[u8]) -> bool {
    nearfar::batch::is_cut_short(line)
}

/// What is said of lines of a file of results that are not understood: the number of the first, from 1, and how many.
#[pyfunction]
pub(crate) fn foreign_lines(file: String, first: usize, count: usize) -> String {
    Note::ForeignLines { file, first, count }.to_string()
}
