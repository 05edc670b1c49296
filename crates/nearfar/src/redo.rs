//! A hybrid made again, by the recipe in its file.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use nearfar_codec::{Contents, DecodeError, DecodeOptions};
use nearfar_kernels::Execution;

use crate::{
    Event, Job, JobError, Made, MixError, Note, Picture, Pictures, Provenance, Request, Source,
    event::{Watch, What},
    job::write,
};

/// Where the pictures of a hybrid are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// The near picture.
    pub near: PathBuf,
    /// The far picture.
    pub far: PathBuf,
    /// The picture that the optimiser started from, if that was a file.
    pub start: Option<PathBuf>,
}

/// Why the pictures of a hybrid cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// One is not where it was.
    #[error("the {which} picture, {file}, is not where it was")]
    Missing {
        /// `near`, `far` or `start`.
        which: &'static str,
        /// What it was called.
        file: String,
    },
    /// Some are not what they were.
    #[error("changed since the hybrid was made: {}", changed.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
    Changed {
        /// Their files.
        changed: Vec<PathBuf>,
    },
    /// One cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// Its file.
        path: PathBuf,
        /// Why.
        error: DecodeError,
    },
}

impl Provenance {
    /// Where the pictures are now: where they are said to be (near, far, start), else where they are [found](Source::find)
    /// from the hybrid's file.
    ///
    /// # Errors
    ///
    /// [`SourceError::Missing`].
    pub fn find(&self, hybrid: &Path, [near, far, start]: [Option<&Path>; 3]) -> Result<Sources, SourceError> {
        let find = |source: &Source, said: Option<&Path>, which| {
            let found = said.map(Path::to_owned).or_else(|| source.find(hybrid));
            found.ok_or_else(|| SourceError::Missing { which, file: source.file.clone() })
        };
        Ok(Sources {
            near: find(&self.near, near, "near")?,
            far: find(&self.far, far, "far")?,
            start: self.start.as_ref().map(|source| find(source, start, "start")).transpose()?,
        })
    }

    /// Reads the pictures. A stranger's file may name any file of this machine: none is decoded that is not the very one.
    ///
    /// # Errors
    ///
    /// [`SourceError::Changed`] or [`SourceError::Read`].
    pub fn open(&self, sources: &Sources, options: &DecodeOptions) -> Result<Pictures, SourceError> {
        let options = &DecodeOptions { background: self.background, ..options.clone() };
        let mut changed = Vec::new();
        let mut open = |path: &PathBuf, then: &Source| {
            let contents = Contents::from_file(path, options.max_bytes).map_err(|error| unreadable(path, error))?;
            if Source::new("", contents.bytes()).sha256 != then.sha256 {
                changed.push(path.clone());
            }
            Ok(contents)
        };
        let (near, far) = (open(&sources.near, &self.near)?, open(&sources.far, &self.far)?);
        let start = sources.start.as_ref().zip(self.start.as_ref());
        let start = start.map(|(path, then)| Ok::<_, SourceError>((path, open(path, then)?))).transpose()?;
        if !changed.is_empty() {
            return Err(SourceError::Changed { changed });
        }
        let decode = |path: &PathBuf, contents: &Contents| {
            Picture::of_file(path, contents, options).map_err(|error| unreadable(path, error))
        };
        Ok(Pictures {
            near: decode(&sources.near, &near)?,
            far: decode(&sources.far, &far)?,
            start: start.map(|(path, contents)| decode(path, &contents)).transpose()?,
        })
    }

    /// NEAR and FAR as they were when the hybrid at a path was made of them, if they are still there.
    pub(crate) fn pair(&self, hybrid: &Path, options: &DecodeOptions) -> Option<[Picture; 2]> {
        let without_start = Self { start: None, ..self.clone() };
        let sources = without_start.find(hybrid, [None; 3]).ok()?;
        let Pictures { near, far, .. } = without_start.open(&sources, options).ok()?;
        Some([near, far])
    }

    /// Makes the hybrid again: its file's bytes, and notes on them. They are the bytes of the hybrid's file, `before`, if it
    /// has the same format, this is the version that made it, and processors have the same vector instructions, which
    /// round differently; a note says if they are not.
    ///
    /// # Errors
    ///
    /// As [`Job::mix`].
    pub fn redo(
        &self,
        before: &Picture,
        pictures: Pictures,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<(Made, Vec<u8>, Vec<Note>), JobError> {
        let job = Job {
            request: Request::from(self.recipe.clone()),
            background: self.background,
            width: self.width,
            encoding: self.encode_options(),
            metadata: self.metadata,
            keeps_recipe: true,
        };
        if self.version != Self::VERSION {
            let note = Note::OtherVersion { made_by: self.version.clone() };
            Watch::new(observer).tell(What::Noted(&note)).map_err(MixError::from)?;
        }
        let made = job.mix(pictures, execution, observer)?;
        let picture = made.hybrid.picture.clone();
        let (bytes, mut notes) = write(picture, &job.encoding, &job.metadata, &made.near_info, Some(self))?;
        let is_comparable = self.format == before.info.format && !made.hybrid.is_cancelled();
        if is_comparable && Source::new("", &bytes).sha256 != before.source.sha256 {
            notes.push(Note::OtherBytes);
        }
        Ok((made, bytes, notes))
    }
}

fn unreadable(path: &Path, error: DecodeError) -> SourceError {
    SourceError::Read { path: path.to_owned(), error }
}
