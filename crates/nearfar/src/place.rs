//! Where a result goes: checked before any work, so that no file is lost and no work is done in vain.

use std::{
    fs,
    path::{Path, PathBuf},
};

use nearfar_codec::{Format, Overwrite, WriteError, check_writable, write_all_atomic, write_atomic};

/// The place of a file that will be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    path: PathBuf,
    overwrite: Overwrite,
}

/// Why a file cannot go where it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// It is read.
    #[error("{} is an input; it is never overwritten", path.display())]
    Input {
        /// The place.
        path: PathBuf,
    },
    /// Its folder is missing.
    #[error("cannot write {}: there is no folder {}", path.display(), folder.display())]
    NoFolder {
        /// The place.
        path: PathBuf,
        /// The folder that is missing.
        folder: PathBuf,
    },
    /// There is a folder of that name.
    #[error("cannot write {}: it is a folder", path.display())]
    Folder {
        /// The place.
        path: PathBuf,
    },
    /// There is a device, a pipe, or a link that leads nowhere.
    #[error("cannot write {}: it is no ordinary file", path.display())]
    NotFile {
        /// The place.
        path: PathBuf,
    },
    /// There is something else where a folder should be.
    #[error("{} is no folder", path.display())]
    NotFolder {
        /// The place.
        path: PathBuf,
    },
    /// It would be a folder under the name of a picture.
    #[error("{} is the name of a picture, and this writes a folder", path.display())]
    PictureName {
        /// The place.
        path: PathBuf,
    },
    /// There is a file of that name, and it must not be replaced.
    #[error("{} exists already", path.display())]
    Exists {
        /// The place.
        path: PathBuf,
    },
    /// Its folder takes no new files.
    #[error("cannot write {}: {reason}", path.display())]
    Sealed {
        /// The place.
        path: PathBuf,
        /// What the operating system says.
        reason: String,
    },
}

impl Place {
    /// Checks that a file can be written at `path`, which is none of the files that are read.
    ///
    /// # Errors
    ///
    /// [`PlaceError`] says what stands in the way.
    pub fn new(path: &Path, replace: bool, inputs: &[&Path]) -> Result<Self, PlaceError> {
        let overwrite = if replace { Overwrite::Allow } else { Overwrite::Refuse };
        let error = |make: fn(PathBuf) -> PlaceError| Err(make(path.to_owned()));
        check_spares(path, inputs)?;
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            return Err(PlaceError::NoFolder { path: path.to_owned(), folder: folder.to_owned() });
        }
        if path.is_dir() {
            return error(|path| PlaceError::Folder { path });
        }
        if is_no_file(path) {
            return error(|path| PlaceError::NotFile { path });
        }
        if path.exists() && !replace {
            return error(|path| PlaceError::Exists { path });
        }
        check_unsealed(path)?;
        Ok(Self { path: path.to_owned(), overwrite })
    }

    /// Checks that it is none of more files that are read.
    ///
    /// # Errors
    ///
    /// [`PlaceError::Input`].
    pub fn spares(&self, inputs: &[impl AsRef<Path>]) -> Result<(), PlaceError> {
        check_spares(&self.path, inputs)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    ///
    /// [`WriteError`], also if a file that must not be replaced has appeared meanwhile.
    pub fn write(&self, bytes: &[u8]) -> Result<(), WriteError> {
        write_atomic(&self.path, bytes, self.overwrite)
    }
}

/// The folder of one result of several files: none of an earlier result is lost, and nothing is left of one that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
    overwrite: Overwrite,
}

impl Folder {
    /// Checks that files of these names, which are none of those that are read, can be written into a folder at `path`, which is
    /// made if need be.
    ///
    /// # Errors
    ///
    /// [`PlaceError`] says what stands in the way.
    pub fn new(path: &Path, names: &[impl AsRef<str>], replace: bool, inputs: &[&Path]) -> Result<Self, PlaceError> {
        check_folder(path)?;
        let mut files = names.iter().map(|name| path.join(name.as_ref()));
        files.clone().try_for_each(|file| check_spares(&file, inputs))?;
        // Whoever opens a pipe to see what is there waits for ever.
        if let Some(path) = files.clone().find(|file| is_no_file(file)) {
            return Err(PlaceError::NotFile { path });
        }
        match files.find(|file| !replace && file.exists()) {
            Some(path) => Err(PlaceError::Exists { path }),
            None => Ok(Self {
                path: path.to_owned(),
                overwrite: if replace { Overwrite::Allow } else { Overwrite::Refuse },
            }),
        }
    }

    /// Makes the folder if it is not there, and writes the files, all or none.
    ///
    /// # Errors
    ///
    /// [`WriteError`] of the folder or of the first file that cannot be written.
    pub fn write(&self, files: &[(impl AsRef<str>, Vec<u8>)]) -> Result<(), WriteError> {
        let Self { path, overwrite } = self;
        let is_new = !path.exists();
        fs::create_dir_all(path).map_err(|source| WriteError::Io { path: path.clone(), source })?;
        let paths: Vec<_> = files.iter().map(|(name, _)| path.join(name.as_ref())).collect();
        let files = paths.iter().zip(files).map(|(path, (_, bytes))| (path.as_path(), bytes.as_slice()));
        write_all_atomic(files, *overwrite).inspect_err(|_| {
            if is_new {
                // Only if nobody has put anything into it meanwhile.
                let _ = fs::remove_dir(path);
            }
        })
    }
}

/// Checks that files can be written into a folder, which is made if need be: what is there of the way to it must be a folder
/// that takes new files.
pub(crate) fn check_folder(path: &Path) -> Result<(), PlaceError> {
    // Who says `-o hybrid.png` expects a picture.
    if path.symlink_metadata().is_err() && Format::from_path(path).is_some() {
        return Err(PlaceError::PictureName { path: path.to_owned() });
    }
    let ways = path.ancestors().map(|way| if way.as_os_str().is_empty() { Path::new(".") } else { way });
    match ways.into_iter().find(|way| way.symlink_metadata().is_ok()) {
        Some(way) if !way.is_dir() => Err(PlaceError::NotFolder { path: way.to_owned() }),
        Some(way) => check_unsealed(&way.join("file")).map_err(|error| match error {
            PlaceError::Sealed { reason, .. } => PlaceError::Sealed { path: path.to_owned(), reason },
            other => other,
        }),
        None => Ok(()),
    }
}

fn check_unsealed(path: &Path) -> Result<(), PlaceError> {
    check_writable(path).map_err(|error| PlaceError::Sealed { path: path.to_owned(), reason: error.to_string() })
}

/// The first of `stem` + `ending`, `stem-2` + `ending`, ... that nothing is called, in the current folder: `ending` is such as
/// `-strip.png`, and the number goes before its extension.
#[must_use]
pub fn free_name(stem: &str, ending: &str) -> PathBuf {
    let (word, extension) = match ending.rsplit_once('.') {
        Some((word, extension)) => (word, format!(".{extension}")),
        None => (ending, String::new()),
    };
    let numbered = (2..).map(|number| format!("{stem}{word}-{number}{extension}"));
    let mut names = std::iter::once(format!("{stem}{ending}")).chain(numbered).map(PathBuf::from);
    names.find(|name| !name.exists()).expect("there are more numbers than files")
}

/// Whether something else is there than a file. A link that leads nowhere is there, too.
pub(crate) fn is_no_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok() && !path.is_file()
}

/// Checks that a path leads to none of the files that are read.
fn check_spares(path: &Path, inputs: &[impl AsRef<Path>]) -> Result<(), PlaceError> {
    if inputs.iter().any(|input| is_same_file(input.as_ref(), path)) {
        return Err(PlaceError::Input { path: path.to_owned() });
    }
    Ok(())
}

/// Whether two paths lead to one file.
fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
