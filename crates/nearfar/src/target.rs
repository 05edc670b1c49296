//! Where a result is written: a file or standard output.

#[cfg(unix)]
use std::{fs::File, io::Read};
use std::{io::Write, path::Path};

use crate::{
    Failure, Place,
    codec::{EncodeOptions, Format},
    settings::{check_page, film_format, picture_options, plot_format},
};

/// The name of a standard stream.
const STREAM: &str = "-";

/// Whether a path means standard input or output.
#[must_use]
pub fn is_stream(path: &Path) -> bool {
    path == Path::new(STREAM)
}

/// A path, unless it means a standard stream.
#[must_use]
pub fn unless_stream(path: &Path) -> Option<&Path> {
    (!is_stream(path)).then_some(path)
}

/// The file behind an input path: `-` means standard input, which may have been redirected from a file.
#[must_use]
pub fn behind(path: &Path) -> &Path {
    if is_stream(path) { Path::new("/dev/stdin") } else { path }
}

/// Where a result is written, checked before any work is done.
#[derive(Clone, Debug)]
pub enum Target {
    /// Standard output.
    Stream,
    /// A file with its name.
    File(String, Place),
}

impl Target {
    /// Checks that `path` can be written and is none of `inputs`; `-` is standard output.
    ///
    /// # Errors
    ///
    /// [`Failure`] gives the obstacle.
    pub fn new(path: &Path, force: bool, inputs: &[&Path]) -> Result<Self, Failure> {
        if is_stream(path) {
            return Self::standard_output();
        }
        let inputs: Vec<_> = inputs.iter().map(|&path| behind(path)).collect();
        Ok(Self::File(path.display().to_string(), Place::new(path, force, &inputs)?))
    }

    /// As [`Self::new`], for a picture in the format that its name gives; PNG on standard output.
    ///
    /// # Errors
    ///
    /// As [`Self::new`]; also if the name gives no suitable format.
    pub fn picture(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Self, EncodeOptions), Failure> {
        let options = picture_options(unless_stream(path))?;
        Ok((Self::new(path, force, inputs)?, options))
    }

    /// As [`Self::picture`], for a film.
    ///
    /// # Errors
    ///
    /// As [`Self::new`]; also if the name gives no suitable format.
    pub fn film(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Self, Format), Failure> {
        let format = film_format(unless_stream(path))?;
        Ok((Self::new(path, force, inputs)?, format))
    }

    /// As [`Self::picture`], for a plot.
    ///
    /// # Errors
    ///
    /// As [`Self::new`]; also if the name gives no suitable format.
    pub fn plot(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Self, Option<Format>), Failure> {
        let format = plot_format(unless_stream(path))?;
        Ok((Self::new(path, force, inputs)?, format))
    }

    /// As [`Self::new`], for a page of HTML.
    ///
    /// # Errors
    ///
    /// As [`Self::new`]; also if the name is that of something else.
    pub fn page(path: &Path, force: bool, inputs: &[&Path]) -> Result<Self, Failure> {
        check_page(unless_stream(path))?;
        Self::new(path, force, inputs)
    }

    /// Standard output. It may be closed while the program runs: anything written then is lost without an error.
    ///
    /// # Errors
    ///
    /// [`Failure`] if it was closed from the start.
    pub fn standard_output() -> Result<Self, Failure> {
        if is_closed(std::io::stdout()) {
            return Err(Failure::new("standard output is closed: the result would be lost")
                .fix("send it to a file or a program, or give -o a file name"));
        }
        Ok(Self::Stream)
    }

    /// Checks that no two results go to the same file, by whatever name, and that standard output gets at most one: one of
    /// these, JSON, or one of `others`.
    ///
    /// # Errors
    ///
    /// [`Failure`] names the file, or says that standard output gets more.
    pub fn check_apart<'t>(
        targets: impl IntoIterator<Item = &'t Self>,
        json: bool,
        others: usize,
    ) -> Result<(), Failure> {
        let targets: Vec<_> = targets.into_iter().collect();
        let is_twin = |i: usize| targets[..i].iter().any(|other| targets[i].is_same_file(other));
        if let Some(twin) = (1..targets.len()).find(|&i| is_twin(i)) {
            return Err(Failure::usage(format_args!("{} would be written twice", targets[twin].name()))
                .fix("give each file a name of its own"));
        }
        let streams = targets.iter().filter(|target| target.is_stream()).count();
        match streams + others + usize::from(json) {
            0 | 1 => Ok(()),
            _ if streams == 1 && json && others == 0 => {
                Err(Failure::usage("the picture and the JSON cannot both go to standard output")
                    .fix("give -o a file name, or leave --json out"))
            }
            _ => Err(Failure::usage("only one result can go to standard output").fix("give the others file names")),
        }
    }

    fn is_same_file(&self, other: &Self) -> bool {
        matches!((self, other), (Self::File(_, one), Self::File(_, other)) if one.is_same_file(other))
    }

    /// Checks that the result overwrites none of these further input files, which are known only once a hybrid's file is
    /// open.
    ///
    /// # Errors
    ///
    /// [`Failure`] names the file.
    pub fn spares(&self, inputs: &[impl AsRef<Path>]) -> Result<(), Failure> {
        match self {
            Self::Stream => Ok(()),
            Self::File(_, place) => Ok(place.spares(inputs)?),
        }
    }

    /// The name for messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Stream => STREAM.to_owned(),
            Self::File(name, _) => name.clone(),
        }
    }

    /// Whether the result goes to standard output.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(self, Self::Stream)
    }

    /// Writes the result completely or not at all.
    ///
    /// # Errors
    ///
    /// [`Failure`] if it cannot be written.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::File(_, place) => Ok(place.write(bytes)?),
            Self::Stream => {
                let mut stdout = std::io::stdout().lock();
                let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
                written.map_err(|error| Failure::standard_output(&error))
            }
        }
    }
}

/// Whether a standard stream was closed when the program started. The null device then stands in for it, open for reading
/// and writing; otherwise only a stream that is deliberately discarded is opened like that.
#[cfg(unix)]
fn is_closed(stream: impl std::os::fd::AsFd) -> bool {
    use std::os::unix::fs::MetadataExt;

    let Ok(mut file) = stream.as_fd().try_clone_to_owned().map(File::from) else { return true };
    let device = |metadata: std::fs::Metadata| metadata.rdev();
    let null = std::fs::metadata("/dev/null").map(device);
    null.is_ok_and(|null| file.metadata().map(device).is_ok_and(|own| own == null)) && file.read(&mut [0]).is_ok()
}

#[cfg(not(unix))]
fn is_closed<T>(_: T) -> bool {
    false
}
