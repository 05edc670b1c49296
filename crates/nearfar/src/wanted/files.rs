//! The files of an objective.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::{Wanted, WantedError, WantedJob, WantedPictures, masks::grey};
use crate::{
    Failure, Picture, Pictures, RecipeError, codec::DecodeOptions, input::called, place::is_no_file,
    text_file::text_or_input,
};

/// Why a file with an objective cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WantedFileError {
    /// The file cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The reason.
        error: std::io::Error,
    },
    /// The file's content is not a valid objective.
    #[error("{}: {error}", path.display())]
    Recipe {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        error: RecipeError,
    },
}

impl Wanted {
    /// Reads an objective from a file; `-` is standard input.
    ///
    /// # Errors
    ///
    /// [`WantedFileError`].
    pub fn read(path: &Path) -> Result<Self, WantedFileError> {
        read(path, |text| Self::from_toml(&text))
    }
}

fn read<T>(path: &Path, understand: impl FnOnce(String) -> Result<T, RecipeError>) -> Result<T, WantedFileError> {
    let text = text_or_input(path).map_err(|error| WantedFileError::Read { path: path.to_owned(), error })?;
    understand(text).map_err(|error| WantedFileError::Recipe { path: path.to_owned(), error })
}

impl WantedJob {
    /// A [new](Self::new) job with the objective in a file.
    ///
    /// # Errors
    ///
    /// As [`Wanted::read`].
    pub fn read(path: &Path) -> Result<Self, WantedFileError> {
        let mut job = read(path, Self::new)?;
        job.file = Some(called(path));
        Ok(job)
    }

    /// The objective in a file explained in words, one line per term; `-` is standard input.
    ///
    /// # Errors
    ///
    /// As [`Self::read`]; also if a mask that the objective names does not exist, or has colours.
    pub fn explained(recipe: &Path) -> Result<Vec<String>, Failure> {
        let job = Self::read(recipe)?;
        let masks = job.masks(recipe, &DecodeOptions::default())?;
        for (term, name) in job.wanted().masked_terms() {
            if masks.get(name).is_some_and(|mask| grey(&mask.image).is_none()) {
                let error = WantedError::MaskColors { term: term.name.clone(), name: name.to_owned() };
                return Err(job.placed(error).into());
            }
        }
        Ok(job.wanted().words())
    }

    /// The files of the masks that terms name, which lie beside the objective's file at `recipe`.
    #[must_use]
    pub fn mask_paths(&self, recipe: &Path) -> Vec<PathBuf> {
        self.wanted().mask_files().into_iter().map(|name| beside(recipe, name)).collect()
    }

    /// The masks that terms name.
    fn masks(&self, recipe: &Path, options: &DecodeOptions) -> Result<BTreeMap<String, Picture>, Failure> {
        let mut masks = BTreeMap::new();
        for (term, name) in self.wanted().masked_terms() {
            if !masks.contains_key(name) {
                let mask = load_mask(&beside(recipe, name), options);
                let mask = mask.map_err(|failure| {
                    let failure = failure.about(format_args!("the mask of {}", term.name));
                    match self.place(Some(&term.name), &["mask"]) {
                        Some(RecipeError { line, column, .. }) => {
                            failure.about(format_args!("{}: line {line}, column {column}", recipe.display()))
                        }
                        None => failure,
                    }
                })?;
                masks.insert(name.to_owned(), mask);
            }
        }
        Ok(masks)
    }

    /// Reads the near and the far picture, the masks that terms name, which lie beside the objective's file at `recipe`, and
    /// the masks for all terms of the near and of the far picture.
    ///
    /// # Errors
    ///
    /// As [`Pictures::load_both`].
    pub fn load(
        &self,
        recipe: &Path,
        pair: [&Path; 2],
        [near_mask, far_mask]: [Option<&Path>; 2],
        options: &DecodeOptions,
    ) -> Result<WantedPictures, Failure> {
        let masks = self.masks(recipe, options)?;
        let mask = |path: Option<&Path>| path.map(|path| load_mask(path, options)).transpose();
        let (near_mask, far_mask) = (mask(near_mask)?, mask(far_mask)?);
        let [near, far] = Pictures::load_both(pair, options)?;
        Ok(WantedPictures { near, far, masks, near_mask, far_mask })
    }
}

/// The path of a file that lies beside another one.
fn beside(recipe: &Path, name: &str) -> PathBuf {
    recipe.parent().unwrap_or(Path::new("")).join(name)
}

fn load_mask(path: &Path, options: &DecodeOptions) -> Result<Picture, Failure> {
    // Whoever opens a pipe waits until somebody writes into it.
    if is_no_file(path) {
        return Err(Failure::new(format_args!("cannot read {}: it is no ordinary file", path.display()))
            .fix("give the mask as a file"));
    }
    let mask = Picture::load(path, options)?;
    // Where nothing shines through, the colour behind it makes no difference.
    let background = options.background.map(|code| if code < 0.5 { 1.0 } else { 0.0 });
    let on_another = || Picture::load(path, &DecodeOptions { background, ..options.clone() });
    if mask.info.had_alpha && on_another()?.image != mask.image {
        return Err(Failure::usage(format_args!("the mask {} has transparency, which says nothing", path.display()))
            .fix("save it without: what is white counts, what is black does not"));
    }
    Ok(mask)
}
