//! Atomic writing: a file is put in its place whole or not at all.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::error::WriteError;

/// What to do if the file already exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overwrite {
    /// Leave it and report [`WriteError::Exists`], even if it appears at the last moment.
    #[default]
    Refuse,
    /// Replace it.
    Allow,
}

/// Writes a file such that its path always refers either to the previous content or to all of `bytes`.
///
/// The bytes go to a temporary file in the same folder (`.nearfar-*.tmp`), which is then renamed in one step. A new
/// file gets the usual permissions, a replaced one keeps its own; symbolic links are followed. A device or pipe, such
/// as `/dev/stdout`, is written to directly. A process that is killed may leave its temporary file behind.
///
/// ```
/// use nearfar_codec::{Overwrite, WriteError, write_atomic};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("hybrid.png");
/// write_atomic(&path, b"first", Overwrite::Refuse)?;
/// assert!(matches!(write_atomic(&path, b"second", Overwrite::Refuse), Err(WriteError::Exists { .. })));
/// assert_eq!(std::fs::read(&path)?, b"first");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`WriteError::Exists`] or [`WriteError::Io`]; the path is then unchanged.
pub fn write_atomic(path: impl AsRef<Path>, bytes: &[u8], overwrite: Overwrite) -> Result<(), WriteError> {
    let path = path.as_ref();
    let staged = stage(path, bytes, overwrite).map_err(|error| write_error(error, path, overwrite))?;
    staged.map_or(Ok(()), |staged| staged.put(overwrite)).map_err(|error| write_error(error, path, overwrite))
}

/// Writes several files, all or none: none is put in its place before all are on disk, and those already placed are
/// removed if a later one fails. Each is written as by [`write_atomic`]; a file that replaced another one is not
/// removed.
///
/// # Errors
///
/// [`WriteError`] of the first file that cannot be written.
pub fn write_all_atomic<'a>(
    files: impl IntoIterator<Item = (&'a Path, &'a [u8])>,
    overwrite: Overwrite,
) -> Result<(), WriteError> {
    let mut all = Vec::new();
    for (path, bytes) in files {
        let staged = stage(path, bytes, overwrite).map_err(|error| write_error(error, path, overwrite))?;
        all.extend(staged.map(|staged| (path, staged)));
    }
    let mut put: Vec<PathBuf> = Vec::new();
    for (path, staged) in all {
        let new = staged.is_new.then(|| staged.place.clone());
        if let Err(error) = staged.put(overwrite) {
            put.iter().for_each(|file| _ = fs::remove_file(file));
            return Err(write_error(error, path, overwrite));
        }
        put.extend(new);
    }
    Ok(())
}

/// Checks that a file can be written at `path` before there is anything to write: creates the temporary file that
/// [`write_atomic`] would create, and removes it again.
///
/// # Errors
///
/// The operating system's error.
pub fn check_writable(path: impl AsRef<Path>) -> io::Result<()> {
    let path = path.as_ref();
    match fs::metadata(path) {
        Ok(there) if there.is_file() => Target { place: fs::canonicalize(path)?, permissions: None },
        _ => Target { place: path.into(), permissions: None },
    }
    .temporary_file()
    .map(drop)
}

fn write_error(source: io::Error, path: &Path, overwrite: Overwrite) -> WriteError {
    if overwrite == Overwrite::Refuse && source.kind() == io::ErrorKind::AlreadyExists {
        return WriteError::Exists { path: path.into() };
    }
    WriteError::Io { path: path.into(), source }
}

/// A file that is complete on disk but not yet in its place.
struct Staged {
    file: tempfile::NamedTempFile,
    place: PathBuf,
    /// Whether there was no file before.
    is_new: bool,
}

/// Writes the bytes next to their destination; none if that is a device, to which they are then written.
fn stage(path: &Path, bytes: &[u8], overwrite: Overwrite) -> io::Result<Option<Staged>> {
    let target = match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => return fs::write(path, bytes).map(|()| None),
        Ok(_) if overwrite == Overwrite::Refuse => return Err(io::ErrorKind::AlreadyExists.into()),
        Ok(there) => Target { place: fs::canonicalize(path)?, permissions: Some(there.permissions()) },
        Err(_) => Target { place: path.into(), permissions: None },
    };
    let mut file = target.temporary_file()?;
    file.as_file_mut().write_all(bytes)?;
    // Some disks report that they are full only when the data are synced.
    file.as_file().sync_all()?;
    Ok(Some(Staged { file, place: target.place, is_new: target.permissions.is_none() }))
}

impl Staged {
    fn put(self, overwrite: Overwrite) -> io::Result<()> {
        match overwrite {
            Overwrite::Refuse => self.file.persist_noclobber(self.place),
            Overwrite::Allow => self.file.persist(self.place),
        }
        .map(drop)
        .map_err(|e| e.error)
    }
}

/// The destination of a file.
struct Target {
    place: PathBuf,
    /// Permissions of the existing file.
    permissions: Option<fs::Permissions>,
}

impl Target {
    /// An empty file next to the destination, removed when dropped.
    fn temporary_file(&self) -> io::Result<tempfile::NamedTempFile> {
        let folder = self.place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".nearfar-").suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(without_path)?;
        if let Some(permissions) = &self.permissions {
            file.as_file().set_permissions(permissions.clone())?;
        }
        Ok(file)
    }
}

/// The error without the name of the temporary file, which `tempfile` adds to its text and which means nothing to
/// users.
fn without_path(error: io::Error) -> io::Error {
    let text = error.to_string();
    text.rsplit_once(" at path ").map_or(error.kind().into(), |(text, _)| io::Error::new(error.kind(), text))
}
