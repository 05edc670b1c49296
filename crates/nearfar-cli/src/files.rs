//! Pictures in: names and standard input.

use std::path::{Path, PathBuf};

use nearfar::{
    Failure, Picture, Pictures,
    codec::{Contents, DecodeOptions},
    is_stream,
};

use crate::console;

/// What a person calls a path.
pub(crate) fn name(path: &Path) -> String {
    if is_stream(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// The last part of a path, as a title has it.
pub(crate) fn title(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads a picture from a file, or from standard input for `-`, and prints what is odd about it.
pub(crate) fn read(path: &Path, options: &DecodeOptions, quiet: bool) -> Result<Picture, Failure> {
    let picture = load(path, options)?;
    picture.notes().filter(|_| !quiet).for_each(|note| console::noted(&note));
    Ok(picture)
}

/// Reads a picture and prints nothing.
pub(crate) fn load(path: &Path, options: &DecodeOptions) -> Result<Picture, Failure> {
    let name = name(path);
    if is_stream(path) {
        Contents::from_stream(std::io::stdin().lock(), options.max_bytes)
            .and_then(|contents| Picture::decode(&name, &contents, options))
    } else {
        Picture::read(path, options)
    }
    .map_err(|error| Failure::reading(&name, &error))
}

/// Reads the near and the far picture, and prints what is odd about them.
pub(crate) fn read_both(
    near: &Path,
    far: &Path,
    options: &DecodeOptions,
    quiet: bool,
) -> Result<[Picture; 2], Failure> {
    let both = load_both(near, far, options)?;
    both.iter().flat_map(Picture::notes).filter(|_| !quiet).for_each(|note| console::noted(&note));
    Ok(both)
}

/// Reads the near and the far picture and prints nothing.
pub(crate) fn load_both(near: &Path, far: &Path, options: &DecodeOptions) -> Result<[Picture; 2], Failure> {
    check_streams(near, far)?;
    Pictures::both([near, far], |path| load(path, options))
}

/// Checks that standard input is not read twice.
pub(crate) fn check_streams(near: &Path, far: &Path) -> Result<(), Failure> {
    if is_stream(near) && is_stream(far) {
        return Err(Failure::usage("only one of the two pictures can come from standard input")
            .fix("give the other one's file name"));
    }
    Ok(())
}

/// A free name in the current folder made of a picture's and `ending`, such as `-strip.png`.
pub(crate) fn free_name(picture: &Path, ending: &str) -> PathBuf {
    nearfar::free_name(&stem(picture), ending)
}

/// A picture's name without folder and extension.
pub(crate) fn stem(picture: &Path) -> String {
    match picture.file_stem() {
        Some(stem) if !is_stream(picture) => stem.to_string_lossy().into_owned(),
        _ => "stdin".to_owned(),
    }
}
