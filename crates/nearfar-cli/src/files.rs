//! Reading pictures, with notes on anything odd about them.

use std::path::Path;

use nearfar::{Failure, Picture, Pictures, codec::DecodeOptions};

use crate::console;

/// Reads a picture from a file, or from standard input for `-`, and prints notes on anything odd about it.
pub(crate) fn read(path: &Path, options: &DecodeOptions, quiet: bool) -> Result<Picture, Failure> {
    let picture = Picture::load(path, options)?;
    picture.notes().filter(|_| !quiet).for_each(|note| console::noted(&note));
    Ok(picture)
}

/// Reads the near and the far picture, and prints notes on anything odd about them.
pub(crate) fn read_both(paths: [&Path; 2], options: &DecodeOptions, quiet: bool) -> Result<[Picture; 2], Failure> {
    let both = Pictures::load_both(paths, options)?;
    both.iter().flat_map(Picture::notes).filter(|_| !quiet).for_each(|note| console::noted(&note));
    Ok(both)
}
