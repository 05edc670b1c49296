//! A hybrid's file, and the pictures that it leads to.

use std::{ops::ControlFlow, path::Path};

use nearfar_codec::DecodeOptions;
use nearfar_kernels::Execution;

use super::{Known, Scene, Study};
use crate::{Event, JobError, MixError, Note, Picture, Provenance, Request, report::ReportPage};

/// A hybrid that is there, and what its file says of how it was made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The hybrid.
    pub hybrid: Picture,
    /// How it was made, if its file says so.
    pub provenance: Option<Provenance>,
    /// NEAR and FAR: those that were said, or those of the recipe, if they are still there and unchanged.
    pub pair: Option<[Picture; 2]>,
}

impl Opened {
    /// How the pictures of a hybrid are read: as they were when it was made.
    #[must_use]
    pub fn reading(hybrid: &Picture, options: &DecodeOptions) -> DecodeOptions {
        let made = Provenance::of(&hybrid.info).ok().flatten();
        let background = made.map_or(options.background, |made| made.background);
        DecodeOptions { background, ..options.clone() }
    }

    /// A hybrid's file at `path` with the pictures that are said to be its own, or else those that its recipe leads to.
    #[must_use]
    pub fn new(hybrid: Picture, path: &Path, said: Option<[Picture; 2]>, reading: &DecodeOptions) -> Self {
        let provenance = Provenance::of(&hybrid.info).ok().flatten();
        let found = || provenance.as_ref()?.pair(path, reading);
        Self { pair: said.or_else(found), hybrid, provenance }
    }

    /// What is odd about the files, and whether the recipe leads nowhere.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let pictures = std::iter::once(&self.hybrid).chain(self.pair.iter().flatten());
        let lost = self.pair.is_none() && self.provenance.as_ref().is_some_and(|made| made.mix.pair().is_some());
        pictures.flat_map(Picture::notes).chain(lost.then_some(Note::SourcesLost)).collect()
    }

    /// The request with the recipe of the file, or else the usual one.
    #[must_use]
    pub fn request(&self, request: Request) -> Request {
        let recipe = self.provenance.as_ref().and_then(|made| made.mix.recipe()).unwrap_or_default();
        Request { recipe, ..request }
    }

    /// The hybrid beside its pictures, if they are there.
    ///
    /// # Errors
    ///
    /// As [`Study::new`].
    pub fn study(
        &self,
        request: &Request,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Option<Study>, MixError> {
        let study = |[near, far]: &[Picture; 2]| {
            Study::new(&self.hybrid.image, near.image.clone(), far.image.clone(), request, execution, observer)
        };
        self.pair.as_ref().map(study).transpose()
    }

    /// Where the pictures change places in the hybrid. How large they were mixed is not known if it was written smaller.
    fn crossover(&self, request: &Request) -> Option<nearfar_kernels::Crossover> {
        let is_smaller = self.provenance.as_ref().is_some_and(|made| made.width.is_some());
        request.recipe.method.crossover().filter(|_| !is_smaller)
    }

    /// The hybrid before somebody who sits where the request says, with all that is known of it.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`] if nothing has so many pixels per inch.
    pub fn scene<'a>(&'a self, study: Option<&'a Study>, request: &Request) -> Result<Scene<'a>, MixError> {
        let known = match (study, self.crossover(request)) {
            (Some(study), _) => Known::Perception(&study.perception),
            (None, Some(crossover)) => Known::Crossover(crossover),
            (None, None) => Known::Nothing,
        };
        let hybrid = &self.hybrid.image;
        let density = request.surface.density(hybrid.size())?;
        Ok(Scene { hybrid, density, seat: request.near_distance(), known })
    }

    /// A page that explains the hybrid; none if its pictures are not there.
    ///
    /// # Errors
    ///
    /// [`JobError`] as [`Study::new`], or if there is no memory for the page.
    pub fn page(
        &self,
        title: &str,
        request: &Request,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Option<String>, JobError> {
        let Some(study) = self.study(request, execution, observer)? else { return Ok(None) };
        let hybrid = &self.hybrid.image;
        let page = ReportPage {
            title,
            hybrid,
            scores: &study.scores(hybrid, execution).map_err(MixError::from)?,
            study: &study,
            method: &study.method,
            provenance: self.provenance.as_ref(),
            trace: &[],
            seconds: &[],
            notes: &[],
        };
        Ok(Some(page.to_html(execution)?))
    }
}
