//! Folders of results.

use std::{
    fs,
    path::{Path, PathBuf},
};

use nearfar::codec::{self, Overwrite};

use crate::failure::Failure;

/// Where the files of one result go; none of an earlier result is lost, and nothing is left of one that failed.
#[derive(Debug)]
pub(crate) struct Folder<'a> {
    pub(crate) path: &'a Path,
    /// Of the files.
    pub(crate) names: &'a [&'a str],
    pub(crate) force: bool,
}

impl Folder<'_> {
    /// Checks before any work that nothing stands in the way.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.path.exists() && !self.path.is_dir() {
            return Err(
                Failure::new(format_args!("{} is no folder", self.path.display())).fix("choose another folder with -o")
            );
        }
        let there = self.names.iter().map(|name| self.path.join(name)).find(|file| !self.force && file.exists());
        there.map_or(Ok(()), |file: PathBuf| {
            Err(Failure::new(format_args!("{} exists already", file.display()))
                .fix("choose another folder, or replace it with --force"))
        })
    }

    /// Makes the folder if it is not there, and writes the files, all or none.
    pub(crate) fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let is_new = !self.path.exists();
        fs::create_dir_all(self.path).map_err(|error| {
            Failure::new(format_args!("cannot make the folder {}: {error}", self.path.display()))
                .fix("choose another folder with -o")
        })?;
        let overwrite = if self.force { Overwrite::Allow } else { Overwrite::Refuse };
        let paths: Vec<PathBuf> = files.iter().map(|(name, _)| self.path.join(name)).collect();
        let files = paths.iter().zip(files).map(|(path, (_, bytes))| (path.as_path(), bytes.as_slice()));
        codec::write_all_atomic(files, overwrite).map_err(|error| {
            if is_new {
                // Only if nobody has put anything into it meanwhile.
                let _ = fs::remove_dir(self.path);
            }
            error.into()
        })
    }
}
