//! A hybrid's file, and the pictures to which it leads.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use nearfar_codec::DecodeOptions;
use nearfar_kernels::Execution;
use nearfar_vision::Length;

use super::{Known, Scene, Study};
use crate::{
    Event, EventKind, Failure, Mix, MixError, Note, Picture, Provenance, Recipe, RecipeError, Relocations, Request,
    event::{MIXED, Watch},
    fit,
    layers::{LayersRecipe, LayersStudy, hardly_seen},
    report::{LayersPage, ReportPage},
    settings::{DistanceSettings, FitSettings},
};

/// An existing hybrid, and what its file says of how it was made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The hybrid.
    pub hybrid: Picture,
    /// How it was made, if its file says so.
    pub provenance: Option<Provenance>,
    /// NEAR and FAR: those given, or else those of the recipe, if they still exist and are unchanged.
    pub pair: Option<[Picture; 2]>,
    /// The distances of its layers, near to far, if it is made of layers.
    layer_distances: Vec<Length>,
    /// Why the recipe in the file cannot be read, if it cannot.
    unread: Option<RecipeError>,
    /// How these are brought into register, if that is given.
    align: Option<fit::Options>,
    path: PathBuf,
    reading: DecodeOptions,
}

impl Opened {
    /// The decode options for the pictures of a hybrid: as they were when it was made.
    #[must_use]
    pub fn reading(hybrid: &Picture, options: &DecodeOptions) -> DecodeOptions {
        let made = Provenance::of(&hybrid.info).ok().flatten();
        let background = made.map_or(options.background, |made| made.background);
        DecodeOptions { background, ..options.clone() }
    }

    /// A hybrid's file at `path`, with the given pictures, or else with those to which its recipe leads.
    #[must_use]
    pub fn new(hybrid: Picture, path: &Path, said: Option<[Picture; 2]>, reading: &DecodeOptions) -> Self {
        let (provenance, unread) = match Provenance::of(&hybrid.info) {
            Ok(provenance) => (provenance, None),
            Err(error) => (None, Some(error)),
        };
        let found = || provenance.as_ref()?.pair(path, reading);
        let (pair, path, reading) = (said.or_else(found), path.to_owned(), reading.clone());
        let layer_distances = match provenance.as_ref().map(|made| &made.mix) {
            Some(Mix::Layers(layers)) => layers.distances(),
            _ => Vec::new(),
        };
        Self { pair, hybrid, provenance, layer_distances, unread, align: None, path, reading }
    }

    /// The same, with its pictures brought into register by the given settings, if any, instead of those of the recipe.
    ///
    /// # Errors
    ///
    /// [`Failure`] if there are no pictures to fit, or a setting would have no effect.
    pub fn fitted_by(self, said: &FitSettings) -> Result<Self, Failure> {
        if *said == FitSettings::default() {
            return Ok(self);
        }
        if self.pair.is_none() {
            return Err(Failure::usage("--align and --edges have no effect without the pictures of the hybrid")
                .fix("leave them out, or say where the pictures are: HYBRID NEAR FAR"));
        }
        Ok(Self { align: Some(said.clone().options()?), ..self })
    }

    /// The hybrid, NEAR and FAR, for a command that needs all three.
    ///
    /// # Errors
    ///
    /// [`Failure`] if NEAR and FAR cannot be had.
    pub fn with_pair(self, command: &str) -> Result<(Picture, [Picture; 2]), Failure> {
        match self.pair {
            Some(pair) => Ok((self.hybrid, pair)),
            None => Err(self.leads_nowhere(command)),
        }
    }

    fn leads_nowhere(&self, command: &str) -> Failure {
        let hybrid = &self.hybrid.source.file;
        let failure = match &self.unread {
            Some(error) => Failure::recipe(Path::new(hybrid), Some(error)),
            None => Failure::new(format_args!("{hybrid} does not lead to the pictures that it was made of")),
        };
        failure.fix(format_args!("say where they are: nearfar {command} HYBRID NEAR FAR"))
    }

    /// The files to which the recipe leads, unchanged or not; these are never overwritten.
    #[must_use]
    pub fn sources(&self) -> Vec<PathBuf> {
        let sources = self.provenance.iter().flat_map(|made| made.mix.sources());
        sources.filter_map(|(_, source)| source.find(&self.path)).collect()
    }

    /// Notes on anything odd about the files, and on whether the recipe leads nowhere.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let pictures = std::iter::once(&self.hybrid).chain(self.pair.iter().flatten());
        let lost = self.pair.is_none() && self.provenance.as_ref().is_some_and(|made| made.mix.pair().is_some());
        let unread = self
            .unread
            .iter()
            .map(|error| Note::RecipeUnread { file: self.hybrid.source.file.clone(), reason: error.to_string() });
        let bare = self.pair.is_none() && self.provenance.is_none() && self.unread.is_none();
        let bare = bare.then(|| Note::NoRecipe { file: self.hybrid.source.file.clone() });
        let lost = lost.then_some(Note::SourcesLost);
        pictures.flat_map(Picture::notes).chain(unread).chain(lost).chain(bare).chain(self.other_sources()).collect()
    }

    /// Notes on given pictures that are not those of the recipe.
    fn other_sources(&self) -> impl Iterator<Item = Note> {
        let made = self.provenance.as_ref().and_then(|made| made.mix.pair());
        let both = self.pair.iter().zip(made).flat_map(|(given, made)| given.iter().zip(made));
        both.zip([true, false]).filter(|((given, made), _)| given.source.sha256 != made.sha256).map(
            |((given, made), near)| {
                let [file, named] = [&given.source, made].map(|source| source.file.clone());
                Note::OtherSource { file, near, named }
            },
        )
    }

    /// The request with the file's recipe, or else the default one, and with the given settings of fitting, if any. The
    /// surface is that of the file unless the request gives one.
    #[must_use]
    pub fn request(&self, request: Request) -> Request {
        let request = request.of_hybrid(&self.hybrid.info, false);
        let align = self.align.clone().unwrap_or(request.recipe.align);
        Request { recipe: Recipe { align, ..request.recipe }, ..request }
    }

    /// The hybrid beside its pictures, if those can be had.
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
        self.study_watched(request, execution, &mut Watch::new(observer))
    }

    fn study_watched(
        &self,
        request: &Request,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Option<Study>, MixError> {
        let study = |[near, far]: &[Picture; 2]| {
            Study::watched(&self.hybrid.image, near.image.clone(), far.image.clone(), request, execution, watch)
        };
        self.pair.as_ref().map(study).transpose()
    }

    /// The crossover of the hybrid; `None` if it was written smaller, because then the size at which it was mixed is
    /// unknown.
    fn crossover(&self, request: &Request) -> Option<nearfar_kernels::Crossover> {
        let is_smaller = self.provenance.as_ref().is_some_and(|made| made.width.is_some());
        request.recipe.method.crossover().filter(|_| !is_smaller)
    }

    /// The hybrid in front of a viewer at the request's distance, with everything that is known of it.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`] if the density is out of range.
    pub fn scene<'a>(&'a self, study: Option<&'a Study>, request: &Request) -> Result<Scene<'a>, MixError> {
        let hybrid = &self.hybrid.image;
        let density = request.density(hybrid.size())?;
        let known = match (study, self.crossover(request), self.layers()) {
            (Some(study), ..) => Known::Perception(&study.perception),
            (None, Some(crossover), _) => Known::Crossover(crossover),
            (None, None, Some(_)) => Known::Layers(&self.layer_distances),
            (None, None, None) => Known::Nothing,
        };
        Ok(Scene { hybrid, density, seat: request.near_distance(), known })
    }

    /// The recipe of its layers, if it was made of layers.
    fn layers(&self) -> Option<&LayersRecipe> {
        match &self.provenance.as_ref()?.mix {
            Mix::Layers(layers) => Some(layers),
            _ => None,
        }
    }

    /// A page of HTML that explains the hybrid.
    ///
    /// # Errors
    ///
    /// [`Failure`] if its pictures cannot be had or cannot be brought into register, a distance is out of range, there is
    /// not enough memory for the page, or the observer stopped the work.
    pub fn page(
        &self,
        title: &str,
        distance: &DistanceSettings,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<String, Failure> {
        if let (Some(provenance), Some(recipe)) = (&self.provenance, self.layers()) {
            return self.layers_page(title, provenance, recipe, distance, execution, observer);
        }
        let request = &self.request(distance.request());
        let watch = &mut Watch::new(observer);
        let Some(study) = self.study_watched(request, execution, watch)? else {
            return Err(self.leads_nowhere("report"));
        };
        let hybrid = &self.hybrid.image;
        let page = ReportPage {
            title,
            hybrid,
            scores: &study.scored(hybrid, execution, &mut watch.until(MIXED))?,
            study: &study,
            method: &study.method,
            provenance: self.provenance.as_ref(),
            trace: &[],
            seconds: &[],
            notes: &[],
        };
        Ok(page.html(execution, &mut watch.until(1.0))?)
    }

    /// The page of a hybrid of layers, whose pictures are those of its recipe.
    fn layers_page(
        &self,
        title: &str,
        provenance: &Provenance,
        recipe: &LayersRecipe,
        distance: &DistanceSettings,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<String, Failure> {
        let (file, count) = (&self.hybrid.source.file, recipe.seen.len());
        let idle = |what: &str| {
            Failure::usage(format_args!("{file} holds {count} pictures, each for a distance of its own: {what}"))
        };
        if self.pair.is_some() {
            return Err(idle("NEAR and FAR have no effect here")
                .fix(format_args!("give only the hybrid: nearfar report {file}")));
        }
        if distance.near.is_some() || distance.far.is_some() {
            return Err(idle("--near and --far have no effect here").fix("leave them out"));
        }
        let sources = provenance.find(&self.path, &Relocations::default());
        let opened = sources.and_then(|sources| provenance.open(&sources, &self.reading));
        let opened = opened.map_err(|error| Failure::layers_sources(&self.path, &error))?;
        let fitted = opened.fitted_layers(execution, observer)?;
        let hybrid = &self.hybrid.image;
        let study = LayersStudy::new(hybrid, &fitted, distance.surface.said().unwrap_or(recipe.surface), execution)?;
        let watch = &mut Watch::after_all(observer);
        watch.tell(EventKind::Advanced).map_err(MixError::from)?;
        let notes: Vec<_> = hardly_seen(&study.seen).map(|note| note.to_string()).collect();
        let version = &provenance.version;
        let page =
            LayersPage { title, hybrid, study: &study, recipe, version, trace: &[], seconds: &[], notes: &notes };
        Ok(page.html(execution, watch)?)
    }
}
