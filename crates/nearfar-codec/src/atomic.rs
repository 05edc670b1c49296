//! Putting a file in its place, whole or not at all.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::error::WriteError;

/// What to do where a file is already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overwrite {
    /// Leave it and report [`WriteError::Exists`], even if it appears in the last moment.
    #[default]
    Refuse,
    /// Replace it.
    Allow,
}

/// Writes a file so that at every moment its place holds what was there before or all of `bytes`.
///
/// The bytes go to a temporary file in the same folder (`.nearfar-*.tmp`), which then takes the place in one step. A
/// new file gets the usual permissions, a replaced one keeps its own; a symbolic link is followed. A device or pipe,
/// such as `/dev/stdout`, is written to directly. A process that is killed may leave its temporary file behind.
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
/// [`WriteError::Exists`] or [`WriteError::Io`]; the place is then as it was.
pub fn write_atomic(path: impl AsRef<Path>, bytes: &[u8], overwrite: Overwrite) -> Result<(), WriteError> {
    let path = path.as_ref();
    match put(path, bytes, overwrite) {
        Ok(()) => Ok(()),
        Err(e) if overwrite == Overwrite::Refuse && e.kind() == io::ErrorKind::AlreadyExists => {
            Err(WriteError::Exists { path: path.into() })
        }
        Err(source) => Err(WriteError::Io { path: path.into(), source }),
    }
}

fn put(path: &Path, bytes: &[u8], overwrite: Overwrite) -> io::Result<()> {
    let target = match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => return fs::write(path, bytes),
        Ok(_) if overwrite == Overwrite::Refuse => return Err(io::ErrorKind::AlreadyExists.into()),
        Ok(there) => Target { place: fs::canonicalize(path)?, permissions: Some(there.permissions()) },
        Err(_) => Target { place: path.into(), permissions: None },
    };
    let mut file = target.temporary_file()?;
    file.write_all(bytes)?;
    // Some disks say that they are full only when made to write.
    file.as_file().sync_all()?;
    match overwrite {
        Overwrite::Refuse => file.persist_noclobber(target.place),
        Overwrite::Allow => file.persist(target.place),
    }
    .map(drop)
    .map_err(|e| e.error)
}

/// Where a file goes.
struct Target {
    place: PathBuf,
    /// Of the file that is there already.
    permissions: Option<fs::Permissions>,
}

impl Target {
    /// An empty file beside the place, removed when dropped.
    fn temporary_file(&self) -> io::Result<tempfile::NamedTempFile> {
        let folder = self.place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".nearfar-").suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?;
        if let Some(permissions) = &self.permissions {
            file.as_file().set_permissions(permissions.clone())?;
        }
        Ok(file)
    }
}
