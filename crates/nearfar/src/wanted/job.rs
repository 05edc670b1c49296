//! A hybrid by an objective, from the pictures' files to the hybrid's file, but for the disk.

use std::{collections::BTreeMap, ops::ControlFlow};

use nearfar_codec::{EncodeError, SourceInfo};
use nearfar_image::Size;
use nearfar_kernels::{Crossover, Execution};
use nearfar_vision::{Surface, shrink};

use super::{Masks, Wanted, WantedError, WantedMix, WantedRecipe, level::Level};
use crate::{
    AlignSummary, Event, JobError, Mix, MixError, Note, NoteSummary, Picture, PlanSummary, Provenance, Recipe,
    RecipeError, Request, Writing,
    event::Watch,
    fit::{self, Aligned},
    text_place::Place,
    writing::said,
};

/// One hybrid by an objective, from files to a file.
#[derive(Clone, Debug, PartialEq)]
pub struct WantedJob {
    /// The file that the text was read from, if it was.
    pub(super) file: Option<String>,
    toml: String,
    wanted: Wanted,
    /// How the far picture is made to fit the near one.
    pub align: fit::Options,
    /// What the hybrid is seen on: what distances mean.
    pub surface: Surface,
    /// How the hybrid's file is written.
    pub writing: Writing,
}

/// The pictures of such a job.
#[derive(Clone, Debug, PartialEq)]
pub struct WantedPictures {
    /// The picture to be seen up close.
    pub near: Picture,
    /// The picture to be seen from afar.
    pub far: Picture,
    /// The masks, by the names that the objective calls them by.
    pub masks: BTreeMap<String, Picture>,
    /// The mask of all terms of the near picture that have none.
    pub near_mask: Option<Picture>,
    /// The same of the far picture.
    pub far_mask: Option<Picture>,
}

/// What such a job made, before it is written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WantedMade {
    /// The hybrid, as it is written, and what it cost.
    pub mixed: WantedMix,
    /// What was mixed.
    pub plan: WantedPlan,
    /// How it was made, whether its file says so or not; none if it was stopped half way.
    pub provenance: Option<Provenance>,
    pub(crate) near_info: SourceInfo,
}

/// What such a job would make.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WantedPlan {
    /// The pictures that would be mixed, and how they came to fit.
    pub aligned: Aligned,
    /// Where the start's pictures change places, and shares of the far picture's tones and colours.
    pub crossover: Crossover,
    /// The size that the hybrid would be written at.
    pub size: Size,
    /// What a person may want to know.
    pub notes: Vec<Note>,
}

/// What a level of an objective is made of.
struct Prepared {
    wanted: Wanted,
    masks: Masks,
    surface: Surface,
    aligned: Aligned,
    size: Size,
    notes: Vec<Note>,
}

impl Prepared {
    fn level(&self, execution: &Execution) -> Result<Level<'_>, WantedError> {
        self.wanted.level(&self.aligned, &self.masks, self.surface, execution)
    }

    /// What is planned, where the start's pictures change places there.
    fn planned(self, crossover: Crossover) -> WantedPlan {
        let Self { aligned, size, notes, .. } = self;
        WantedPlan { aligned, crossover, size, notes }
    }
}

impl WantedPlan {
    /// What a program prints of it.
    #[must_use]
    pub fn summary(&self) -> PlanSummary<'_> {
        PlanSummary {
            dry_run: true,
            width: self.size.width(),
            height: self.size.height(),
            align: AlignSummary::new(&self.aligned),
            method: "objective",
            crossover: Some(self.crossover.into()),
            sigma: None,
            notes: self.notes.iter().map(NoteSummary::new).collect(),
        }
    }
}

impl WantedJob {
    /// A job with the objective of a TOML text, pictures that are fitted by themselves, and a PNG with its recipe.
    ///
    /// # Errors
    ///
    /// As [`Wanted::from_toml`].
    pub fn new(toml: String) -> Result<Self, RecipeError> {
        let wanted = Wanted::from_toml(&toml)?;
        let (align, surface, writing) = Default::default();
        Ok(Self { file: None, toml, wanted, align, surface, writing })
    }

    /// The job of a recipe.
    pub(crate) fn of_recipe(recipe: &WantedRecipe, writing: Writing) -> Result<Self, RecipeError> {
        let WantedRecipe { toml, align, surface, .. } = recipe;
        let job = Self::new(toml.clone())?;
        Ok(Self { align: align.clone(), surface: *surface, writing, ..job })
    }

    /// What is asked of the hybrid.
    #[must_use]
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Where the objective's text says one of some keys, of a term or of the whole.
    pub(super) fn place(&self, term: Option<&str>, keys: &[&str]) -> Option<RecipeError> {
        let number = term.map(|name| self.wanted.terms.iter().position(|term| term.name == name));
        keys.iter().find_map(|key| {
            let place = match number {
                Some(number) => Place::of_term(number?, key),
                None => Place::of(&[key]),
            };
            Some(RecipeError::at(&self.toml, Some(place.span(&self.toml)?), String::new()))
        })
    }

    /// An error with its place in the objective's text, if it has one there.
    pub(super) fn placed(&self, error: WantedError) -> WantedError {
        let (term, keys) = error.place();
        match self.place(term, keys) {
            Some(RecipeError { line, column, .. }) => {
                WantedError::Placed { file: self.file.clone(), line, column, error: Box::new(error) }
            }
            None => error,
        }
    }

    /// Makes the pictures fit and mixes them.
    ///
    /// # Errors
    ///
    /// [`JobError::Wanted`]: a mask that is missing, does not fit or has no effect, pictures that cannot be made to fit, a
    /// number that these pictures make impossible; [`JobError::Encode`], before any mixing, if the format cannot hold the
    /// hybrid; [`JobError::Enlarged`] if it should be written larger than it is.
    pub fn mix(
        &self,
        pictures: WantedPictures,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<WantedMade, JobError> {
        let watch = &mut Watch::new(observer);
        let provenance = self.writing.provenance(self.made_of(&pictures), said(self.surface));
        let near_info = pictures.near.info.clone();
        let prepared = self.prepared(pictures, execution, watch)?;
        let level = prepared.level(execution).map_err(|error| self.placed(error))?;
        let crossover = level.crossover;
        let mut mixed = level.mix(execution, &mut watch.until(1.0))?;
        let plan = prepared.planned(crossover);
        if plan.size != mixed.picture.size() {
            mixed.picture = shrink(&mixed.picture, plan.size).map_err(MixError::from)?;
        }
        let provenance = (!mixed.is_cancelled()).then_some(provenance);
        Ok(WantedMade { mixed, plan, near_info, provenance })
    }

    /// Makes the pictures fit and checks all, but mixes nothing.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`].
    pub fn plan(
        &self,
        pictures: WantedPictures,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<WantedPlan, JobError> {
        let prepared = self.prepared(pictures, execution, &mut Watch::new(observer))?;
        let crossover = prepared.level(execution).map_err(|error| self.placed(error))?.crossover;
        Ok(prepared.planned(crossover))
    }

    fn prepared(
        &self,
        pictures: WantedPictures,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Prepared, JobError> {
        let WantedPictures { near, far, masks, near_mask, far_mask } = pictures;
        let mut notes: Vec<_> = near.notes().chain(far.notes()).collect();
        watch.noted(&notes).map_err(MixError::from)?;
        let mut masks: Masks = masks.into_iter().map(|(name, mask)| (name, mask.image)).collect();
        let mut called = |flag: &str, mask: Option<Picture>| {
            // A mask of the objective may have the same name.
            mask.map(|mask| {
                let name = format!("{flag} {}", mask.source.file);
                masks.insert(name.clone(), mask.image);
                name
            })
        };
        let flags = [called("--near-mask", near_mask), called("--far-mask", far_mask)];
        let [near_mask, far_mask] = flags.clone();
        let wanted = self.wanted.clone().masked(near_mask, far_mask);
        let used = wanted.mask_files();
        if let Some(name) = flags.into_iter().flatten().find(|name| !used.contains(&name.as_str())) {
            return Err(WantedError::IdleMask { name }.into());
        }
        let surface = self.writing.surface(self.surface)?;
        let aligned = wanted.fitted([near.image, far.image], &self.align, execution, watch)?;
        notes.push(Note::Fitted(aligned.fitted()));
        notes.extend(aligned.notes.iter().cloned());
        // The hybrid's size is known now, and it may be too large for its format.
        let size = self.writing.size(aligned.pair.size())?;
        Ok(Prepared { wanted, masks, surface, aligned, size, notes })
    }

    /// What of the job is a request for any hybrid.
    pub(crate) fn request(&self) -> Request {
        let recipe = Recipe { align: self.align.clone(), ..Recipe::default() };
        Request { recipe, surface: Some(self.surface), ..Request::default() }
    }

    fn made_of(&self, pictures: &WantedPictures) -> Mix {
        let source = |picture: &Option<Picture>| picture.as_ref().map(|picture| picture.source.clone());
        let masks = pictures.masks.iter().map(|(name, mask)| (name.clone(), mask.source.clone()));
        let objective = WantedRecipe {
            toml: self.toml.clone(),
            align: self.align.clone(),
            surface: self.surface,
            masks: masks.collect(),
            near_mask: source(&pictures.near_mask),
            far_mask: source(&pictures.far_mask),
        };
        Mix::Objective { near: pictures.near.source.clone(), far: pictures.far.source.clone(), objective }
    }

    /// The bytes of the hybrid's file, and what could not be put there.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if the format cannot hold the picture.
    pub fn encode(&self, made: &WantedMade) -> Result<(Vec<u8>, Vec<Note>), EncodeError> {
        self.writing.encode(&made.mixed.picture, said(self.surface), &made.near_info, made.provenance.as_ref())
    }
}
