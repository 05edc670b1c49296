//! Hybrids made again from the recipes in their files.

mod sources;

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use nearfar_codec::{Contents, DecodeError, DecodeOptions};
use nearfar_image::Size;
use nearfar_kernels::Execution;

use crate::{
    Event, Job, JobError, Mix, MixError, Note, Picture, Pictures, Provenance, Request, Source,
    event::{EventKind, Watch},
    layers::{Fitted, Font, LayerFile, LayersError, LayersJob, LayersPictures},
    wanted::{WantedJob, WantedPictures},
};

pub use sources::{Relocations, Role, SourceError, Sources};

/// A hybrid that can be made again, with its files read.
#[derive(Clone, Debug)]
pub struct Redoing<'a> {
    provenance: &'a Provenance,
    work: Work,
}

/// The kind of work and its pictures.
#[derive(Clone, Debug)]
enum Work {
    Pair(Box<(Job, Pictures)>),
    Objective(Box<(WantedJob, WantedPictures)>),
    Layers(Box<(LayersJob, LayersPictures)>),
}

/// A hybrid that was made again.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Redone {
    /// The bytes of its file.
    pub bytes: Vec<u8>,
    /// Its size in pixels as written.
    pub size: Size,
    /// Notes on the bytes.
    pub notes: Vec<Note>,
    /// Whether the work was stopped early; the hybrid is then the best so far, and not the same.
    pub is_cancelled: bool,
}

impl Provenance {
    /// Reads the files that [`find`](Self::find) found. A hybrid from a stranger may name any file on this machine: none is
    /// decoded unless all of them are the original files.
    ///
    /// # Errors
    ///
    /// [`SourceError::Changed`] or [`SourceError::Read`].
    pub fn open(&self, sources: &Sources, options: &DecodeOptions) -> Result<Redoing<'_>, SourceError> {
        let known = sources.paths().zip(self.mix.sources().into_iter().map(|(_, source)| source));
        let mut files = self.contents(known, options)?;
        let work = match &self.mix {
            Mix::Pair { start, recipe, .. } => {
                // What is seen from where was told when the hybrid was made.
                let request =
                    Request { recipe: recipe.clone(), surface: self.surface, unjudged: true, ..Request::default() };
                let job = Job { request, writing: self.writing() };
                let (near, far) = (files.picture()?, files.picture()?);
                let start = start.as_ref().map(|_| files.picture()).transpose()?;
                Work::Pair(Box::new((job, Pictures { near, far, start })))
            }
            Mix::Objective { objective, .. } => {
                let job = WantedJob::of_recipe(objective, self.writing()).map_err(SourceError::Objective)?;
                let (near, far) = (files.picture()?, files.picture()?);
                let masks = objective.masks.keys().map(|name| Ok((name.clone(), files.picture()?)));
                let masks = masks.collect::<Result<BTreeMap<_, _>, SourceError>>()?;
                let near_mask = objective.near_mask.as_ref().map(|_| files.picture()).transpose()?;
                let far_mask = objective.far_mask.as_ref().map(|_| files.picture()).transpose()?;
                Work::Objective(Box::new((job, WantedPictures { near, far, masks, near_mask, far_mask })))
            }
            Mix::Layers(recipe) => {
                let (align, method) = (recipe.align.clone(), recipe.method.clone());
                let job = LayersJob { align, surface: recipe.surface, method, writing: self.writing() };
                let layers = recipe.seen.iter().map(|layer| {
                    let file = match &layer.what {
                        LayerFile::Picture(_) => LayerFile::Picture(files.picture()?),
                        LayerFile::Text(words) => LayerFile::Text(words.clone()),
                    };
                    Ok((layer.at, file))
                });
                let layers = layers.collect::<Result<_, SourceError>>()?;
                let font = recipe.font.as_ref().map(|source| Font { source: source.clone(), bytes: files.bytes() });
                Work::Layers(Box::new((job, LayersPictures { layers, font })))
            }
        };
        Ok(Redoing { provenance: self, work })
    }

    /// The contents of the files, if none of them has changed.
    fn contents<'f>(
        &self,
        files: impl Iterator<Item = (&'f Path, &'f Source)>,
        options: &DecodeOptions,
    ) -> Result<Files, SourceError> {
        let options = DecodeOptions { background: self.background, ..options.clone() };
        let (mut same, mut changed) = (Vec::new(), Vec::new());
        for (path, then) in files {
            if changed.iter().any(|known| known == path) {
                continue;
            }
            let contents = Contents::from_file(path, options.max_bytes).map_err(|error| unreadable(path, error))?;
            // A changed file is not kept in memory: a stranger may name many large ones.
            if Source::new("", contents.bytes()).sha256 == then.sha256 {
                same.push((path.to_owned(), contents));
            } else {
                changed.push(path.to_owned());
            }
        }
        if changed.is_empty() {
            Ok(Files { contents: same.into_iter(), options })
        } else {
            Err(SourceError::Changed { changed })
        }
    }

    /// The unchanged NEAR and FAR of the hybrid at a path, if it was made of two pictures and they can be found.
    pub(crate) fn pair(&self, hybrid: &Path, options: &DecodeOptions) -> Option<[Picture; 2]> {
        let pair = self.mix.pair()?;
        let [near, far] = pair.map(|source| source.find(hybrid));
        let paths = [near?, far?];
        let mut files = self.contents(paths.iter().map(PathBuf::as_path).zip(pair), options).ok()?;
        Some([files.picture().ok()?, files.picture().ok()?])
    }
}

/// The contents of the files, in the order of their sources.
struct Files {
    contents: std::vec::IntoIter<(PathBuf, Contents)>,
    options: DecodeOptions,
}

impl Files {
    fn next(&mut self) -> (PathBuf, Contents) {
        self.contents.next().expect("there is a file for each source")
    }

    /// The next file, decoded.
    fn picture(&mut self) -> Result<Picture, SourceError> {
        let (path, contents) = self.next();
        Picture::of_file(&path, &contents, &self.options).map_err(|error| unreadable(&path, error))
    }

    /// The bytes of the next file.
    fn bytes(&mut self) -> Vec<u8> {
        self.next().1.into_bytes()
    }
}

impl Redoing<'_> {
    /// The layers, brought into register again.
    ///
    /// # Errors
    ///
    /// As [`LayersJob::plan`]; [`LayersError::TooFew`] if the hybrid has no layers.
    pub(crate) fn fitted_layers(
        self,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Fitted, JobError> {
        match self.work {
            Work::Layers(work) => Ok(work.0.plan(work.1, execution, observer)?.fitted),
            _ => Err(LayersError::TooFew { count: 0 }.into()),
        }
    }

    /// Makes the hybrid again. Its bytes are those of the hybrid's file, `before`, if it has the same format, this is the
    /// version that made it, and processors have the same vector instructions, which round differently; a note says if they
    /// are not.
    ///
    /// # Errors
    ///
    /// As [`Job::mix`], [`WantedJob::mix`] or [`LayersJob::mix`].
    pub fn redo(
        self,
        before: &Picture,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Redone, JobError> {
        let Self { provenance, work } = self;
        if provenance.version != Provenance::VERSION {
            let note = Note::OtherVersion { made_by: provenance.version.clone() };
            Watch::new(observer).tell(EventKind::Noted(&note)).map_err(MixError::from)?;
        }
        let (picture, first, is_cancelled) = match work {
            Work::Pair(work) => {
                let (job, pictures) = *work;
                let made = job.mix(pictures, execution, observer)?;
                let is_cancelled = made.hybrid.is_cancelled();
                (made.hybrid.picture, made.near_info, is_cancelled)
            }
            Work::Objective(work) => {
                let (job, pictures) = *work;
                let made = job.mix(pictures, execution, observer)?;
                let is_cancelled = made.mixed.is_cancelled();
                (made.mixed.picture, made.near_info, is_cancelled)
            }
            Work::Layers(work) => {
                let (job, pictures) = *work;
                let made = job.mix(pictures, execution, observer)?;
                let is_cancelled = made.layered.mixed.is_cancelled();
                (made.picture, made.near_info, is_cancelled)
            }
        };
        let size = picture.size();
        let (bytes, mut notes) = provenance.writing().encode(&picture, provenance.surface, &first, Some(provenance))?;
        let is_comparable = provenance.format == before.info.format && !is_cancelled;
        if is_comparable && Source::new("", &bytes).sha256 != before.source.sha256 {
            notes.push(Note::OtherBytes);
        }
        Ok(Redone { bytes, size, notes, is_cancelled })
    }
}

fn unreadable(path: &Path, error: DecodeError) -> SourceError {
    SourceError::Read { path: path.to_owned(), error }
}
