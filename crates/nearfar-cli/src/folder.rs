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

    /// Makes the folder if it is not there, and writes the files.
    pub(crate) fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        fs::create_dir_all(self.path).map_err(|error| {
            Failure::new(format_args!("cannot make the folder {}: {error}", self.path.display()))
                .fix("choose another folder with -o")
        })?;
        let overwrite = if self.force { Overwrite::Allow } else { Overwrite::Refuse };
        for (name, bytes) in files {
            codec::write_atomic(self.path.join(name), bytes, overwrite)?;
        }
        Ok(())
    }
}
