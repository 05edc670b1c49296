//! Checks of output paths before any work, so that no file is lost and no work is wasted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use nearfar_codec::{Format, Overwrite, WriteError, check_writable, write_all_atomic, write_atomic};

/// The path of a file that will be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    path: PathBuf,
    overwrite: Overwrite,
}

/// Why a file cannot be written at a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// It is one of the files that are read.
    #[error("{} is an input; it is never overwritten", path.display())]
    Input {
        /// The path.
        path: PathBuf,
    },
    /// Its folder does not exist.
    #[error("cannot write {}: there is no folder {}", path.display(), folder.display())]
    NoFolder {
        /// The path.
        path: PathBuf,
        /// The missing folder.
        folder: PathBuf,
    },
    /// A folder has that name.
    #[error("cannot write {}: it is a folder", path.display())]
    Folder {
        /// The path.
        path: PathBuf,
    },
    /// It is a device, a pipe, or a dangling link.
    #[error("cannot write {}: it is no ordinary file", path.display())]
    NotFile {
        /// The path.
        path: PathBuf,
    },
    /// Something that is not a folder stands where a folder should be.
    #[error("{} is no folder", path.display())]
    NotFolder {
        /// The path.
        path: PathBuf,
    },
    /// It would be a folder with the name of a picture.
    #[error("{} is the name of a picture, and this writes a folder", path.display())]
    PictureName {
        /// The path.
        path: PathBuf,
    },
    /// A file has that name, and it must not be replaced.
    #[error("{} exists already", path.display())]
    Exists {
        /// The path.
        path: PathBuf,
    },
    /// No new files can be made in its folder.
    #[error("cannot write {}: {reason}", path.display())]
    Sealed {
        /// The path.
        path: PathBuf,
        /// The operating system's reason.
        reason: String,
    },
}

impl Place {
    /// Checks that a file can be written at `path` and that it is none of the files that are read.
    ///
    /// # Errors
    ///
    /// [`PlaceError`] gives the obstacle.
    pub fn new(path: &Path, replace: bool, inputs: &[&Path]) -> Result<Self, PlaceError> {
        let overwrite = if replace { Overwrite::Allow } else { Overwrite::Refuse };
        let error = |make: fn(PathBuf) -> PlaceError| Err(make(path.to_owned()));
        check_spares(path, inputs)?;
        let folder = folder_of(path);
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

    /// Checks that the path is none of these further files that are read.
    ///
    /// # Errors
    ///
    /// [`PlaceError::Input`] if it is.
    pub fn spares(&self, inputs: &[impl AsRef<Path>]) -> Result<(), PlaceError> {
        check_spares(&self.path, inputs)
    }

    /// Whether another place is the same file, by whatever name.
    #[must_use]
    pub fn is_same_file(&self, other: &Self) -> bool {
        self.resolved() == other.resolved()
    }

    /// The path without links; the file need not exist.
    fn resolved(&self) -> PathBuf {
        let through_folder = || Some(folder_of(&self.path).canonicalize().ok()?.join(self.path.file_name()?));
        self.path.canonicalize().ok().or_else(through_folder).unwrap_or_else(|| self.path.clone())
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file completely or not at all.
    ///
    /// # Errors
    ///
    /// [`WriteError`], also if a file that must not be replaced has appeared in the meantime.
    pub fn write(&self, bytes: &[u8]) -> Result<(), WriteError> {
        write_atomic(&self.path, bytes, self.overwrite)
    }
}

/// The folder of a result of several files. No earlier result is lost, and a failure leaves nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
    overwrite: Overwrite,
}

impl Folder {
    /// Checks that files of these names can be written into a folder at `path`, which is made if need be, and that they are
    /// none of the files that are read.
    ///
    /// # Errors
    ///
    /// [`PlaceError`] gives the obstacle.
    pub fn new(path: &Path, names: &[impl AsRef<str>], replace: bool, inputs: &[&Path]) -> Result<Self, PlaceError> {
        check_folder(path)?;
        let mut files = names.iter().map(|name| path.join(name.as_ref()));
        files.clone().try_for_each(|file| check_spares(&file, inputs))?;
        // Opening a pipe to see what it holds would block for ever.
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

    /// Makes the folder if it does not exist, and writes all of the files or none.
    ///
    /// # Errors
    ///
    /// [`WriteError`] of the folder, or of the first file that cannot be written.
    pub fn write(&self, files: &[(impl AsRef<str>, Vec<u8>)]) -> Result<(), WriteError> {
        let Self { path, overwrite } = self;
        let is_new = !path.exists();
        fs::create_dir_all(path).map_err(|source| WriteError::Io { path: path.clone(), source })?;
        let paths: Vec<_> = files.iter().map(|(name, _)| path.join(name.as_ref())).collect();
        let files = paths.iter().zip(files).map(|(path, (_, bytes))| (path.as_path(), bytes.as_slice()));
        write_all_atomic(files, *overwrite).inspect_err(|_| {
            if is_new {
                // This fails, as it should, if somebody has put something into the folder in the meantime.
                let _ = fs::remove_dir(path);
            }
        })
    }
}

/// Checks that files can be written into a folder, which is made if need be: the part of its path that exists must be a
/// folder in which files can be made.
pub(crate) fn check_folder(path: &Path) -> Result<(), PlaceError> {
    // Anyone who gives `-o hybrid.png` expects a picture.
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

/// The first unused name in the current folder of `stem` + `ending`, `stem-2` + `ending`, and so on. `ending` is, for
/// example, `-strip.png`; the number goes before its extension.
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

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether the path holds something other than a file; a dangling link counts.
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

/// Whether two paths lead to the same file.
fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
