//! Input pictures: files and standard input, by the names that people give them.

use std::path::{Path, PathBuf};

use nearfar_codec::{Contents, DecodeOptions};

use crate::{Failure, Picture, Pictures, free_name, is_stream};

/// A path as it is called in messages.
#[must_use]
pub fn called(path: &Path) -> String {
    if is_stream(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// The last part of a path, for use in a title.
#[must_use]
pub fn title(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A picture's name without its folder and extension.
#[must_use]
pub fn stem(picture: &Path) -> String {
    match picture.file_stem() {
        Some(stem) if !is_stream(picture) => stem.to_string_lossy().into_owned(),
        _ => "stdin".to_owned(),
    }
}

/// A [free name](free_name) in the current folder: the picture's name followed by `ending`, such as `-strip.png`.
#[must_use]
pub fn free_name_for(picture: &Path, ending: &str) -> PathBuf {
    free_name(&stem(picture), ending)
}

/// A picture's name with `ending` inserted before its extension, in the same folder: `hybrid-redo.png` for `hybrid.png`.
#[must_use]
pub fn beside(picture: &Path, ending: &str) -> PathBuf {
    let stem = picture.file_stem().unwrap_or_default().to_string_lossy();
    let extension = picture.extension().map_or("png".into(), |extension| extension.to_string_lossy());
    picture.with_file_name(format!("{stem}{ending}.{extension}"))
}

/// The contents of a file, or of standard input for `-`.
fn contents(path: &Path, options: &DecodeOptions) -> Result<Contents, Failure> {
    let contents = if is_stream(path) {
        Contents::from_stream(std::io::stdin().lock(), options.max_bytes)
    } else {
        Contents::from_file(path, options.max_bytes)
    };
    contents.map_err(|error| Failure::reading(&called(path), &error))
}

impl Picture {
    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    ///
    /// [`Failure`] if it cannot be read, is not a valid picture, or is larger than the options allow.
    pub fn load(path: &Path, options: &DecodeOptions) -> Result<Self, Failure> {
        let contents = contents(path, options)?;
        let picture = if is_stream(path) {
            Self::decode(called(path), &contents, options)
        } else {
            Self::of_file(path, &contents, options)
        };
        picture.map_err(|error| Failure::reading(&called(path), &error))
    }
}

impl Pictures {
    /// Reads the near and the far picture in parallel.
    ///
    /// # Errors
    ///
    /// As [`Picture::load`]; also if both come from standard input.
    pub fn load_both(paths: [&Path; 2], options: &DecodeOptions) -> Result<[Picture; 2], Failure> {
        Self::check_streams(paths)?;
        Self::both(paths, |path| Picture::load(path, options))
    }

    /// Checks that at most one of the paths is standard input.
    ///
    /// # Errors
    ///
    /// [`Failure`] if both are.
    pub(crate) fn check_streams(paths: [&Path; 2]) -> Result<(), Failure> {
        if paths.into_iter().all(is_stream) {
            return Err(Failure::usage("only one of the two pictures can come from standard input")
                .fix("give the other one's file name"));
        }
        Ok(())
    }
}
