//! Text files: recipes, points, manifests.

use std::{
    fs::File,
    io::{Error, Read},
    path::Path,
};

use crate::is_stream;

/// The longest text that is read, in bytes: enough for a manifest of a million rows.
const MAX_BYTES: u64 = 256 << 20;

/// Reads a text file of at most 256 MiB.
///
/// # Errors
///
/// The file cannot be read, is not UTF-8, or is longer.
pub fn read_text(path: &Path) -> std::io::Result<String> {
    text_of(File::open(path)?)
}

/// As [`read_text`], but `-` means standard input.
pub(crate) fn text_or_input(path: &Path) -> std::io::Result<String> {
    if is_stream(path) { text_of(std::io::stdin().lock()) } else { read_text(path) }
}

/// The text of a stream, with the same limit.
pub(crate) fn text_of(stream: impl Read) -> std::io::Result<String> {
    let mut text = String::new();
    let length = stream.take(MAX_BYTES + 1).read_to_string(&mut text)? as u64;
    if length > MAX_BYTES {
        return Err(Error::other(format!("it is longer than {} MiB", MAX_BYTES >> 20)));
    }
    Ok(text)
}
