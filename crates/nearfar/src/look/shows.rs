//! Files that show a hybrid, written beside its own: a strip, a film, a page.

use std::ops::ControlFlow;

use nearfar_codec::{EncodeOptions, Format, encode, encode_animation};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use super::{Known, Scene, Study, Walk};
use crate::{
    Event, Failure, Hybrid, JobError, Mix, MixError, Note, Provenance, Request, Target, Trace, TraceLine,
    compare::as_saved,
    event::Watch,
    layers::{LayersMade, LayersStudy, hardly_seen},
    report::{LayersPage, ReportPage},
    wanted::{WantedJob, WantedMade},
};

/// The files that show a hybrid, each with its place; `P` is the type of a place.
#[derive(Clone, Debug, Default)]
pub struct Shows<P> {
    /// A strip of the hybrid as it looks from further and further away.
    pub strip: Option<(P, EncodeOptions)>,
    /// A film of a walk from afar to the hybrid and back.
    pub film: Option<(P, Format)>,
    /// A page of HTML that explains it.
    pub page: Option<P>,
}

/// How a hybrid was made, as far as only its maker knows.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// The request.
    pub request: &'a Request,
    /// The provenance in its file.
    pub provenance: Option<&'a Provenance>,
    /// The losses, step by step.
    pub trace: &'a [TraceLine],
    /// Phases of the work, with the seconds that each took.
    pub seconds: &'a [(&'a str, f64)],
}

impl Shows<Target> {
    /// Checks that the hybrid and these files go to different places, and that only the hybrid or JSON goes to standard
    /// output.
    ///
    /// # Errors
    ///
    /// [`Failure`] names those that do not.
    pub fn check(&self, hybrid: &Target, json: bool) -> Result<(), Failure> {
        if self.places().any(Target::is_stream) {
            return Err(Failure::usage("only the hybrid can go to standard output").fix("give the others file names"));
        }
        Target::check_apart([hybrid].into_iter().chain(self.places()), json, 0)
    }

    /// Writes these files; the hybrid's own is already written.
    ///
    /// # Errors
    ///
    /// [`Failure`] if one could not be made or cannot be written.
    pub fn write(files: Result<Vec<(&Target, Vec<u8>)>, JobError>) -> Result<(), Failure> {
        let files = files.map_err(|error| match error {
            JobError::Mix(MixError::Cancelled) => Failure::interrupted_showing(),
            error => error.into(),
        });
        files?.into_iter().try_for_each(|(target, bytes)| target.write(&bytes))
    }
}

impl<P> Shows<P> {
    /// The places of the files.
    pub fn places(&self) -> impl Iterator<Item = &P> {
        let strip = self.strip.as_ref().map(|(place, _)| place);
        let film = self.film.as_ref().map(|(place, _)| place);
        [strip, film, self.page.as_ref()].into_iter().flatten()
    }

    /// A trace that collects the steps for the page, if there is one.
    #[must_use]
    pub fn trace(&self) -> Trace {
        Trace::every(self.page.as_ref().map(|_| 1))
    }

    /// The contents of the files, each with its place. The hybrid's title is `title`, and it is shown with the codes of an
    /// 8-bit file.
    ///
    /// # Errors
    ///
    /// [`JobError`] if a distance is out of range, there is not enough memory, or the observer stopped the work.
    pub fn files(
        &self,
        hybrid: &Hybrid,
        title: &str,
        making: &Making<'_>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Vec<(&P, Vec<u8>)>, JobError> {
        if self.places().next().is_none() {
            return Ok(Vec::new());
        }
        let study = Study::of(hybrid, making.request, execution)?;
        self.of_study(&hybrid.picture, &study, &hybrid.notes, title, making, execution, observer)
    }

    /// The files of a picture with a study.
    ///
    /// # Errors
    ///
    /// [`JobError`] if there is not enough memory, or the observer stopped the work.
    #[expect(clippy::too_many_arguments, reason = "what was made, how, and who does it and watches")]
    fn of_study(
        &self,
        picture: &Image<Encoded>,
        study: &Study,
        notes: &[Note],
        title: &str,
        making: &Making<'_>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Vec<(&P, Vec<u8>)>, JobError> {
        let picture = as_saved(picture.clone());
        let known = Known::Perception(&study.perception);
        let scene = Scene { hybrid: &picture, density: study.density, seat: study.seat, known };
        let mut files = self.of_scene(&scene, execution, observer)?;
        if let Some(place) = &self.page {
            let notes: Vec<_> = notes.iter().map(ToString::to_string).collect();
            let page = ReportPage {
                title,
                hybrid: &picture,
                scores: &study.scored(&picture, execution, &mut Watch::after_all(observer))?,
                study,
                method: &study.method,
                provenance: making.provenance,
                trace: making.trace,
                seconds: making.seconds,
                notes: &notes,
            };
            files.push((place, page.to_html(execution, observer)?.into_bytes()));
        }
        Ok(files)
    }

    /// The files of a hybrid by an objective.
    ///
    /// # Errors
    ///
    /// As [`Self::files`].
    #[expect(clippy::too_many_arguments, reason = "what was made, how, and who does it and watches")]
    pub fn of_wanted(
        &self,
        job: &WantedJob,
        made: &WantedMade,
        title: &str,
        trace: &[TraceLine],
        seconds: &[(&str, f64)],
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Vec<(&P, Vec<u8>)>, JobError> {
        if self.places().next().is_none() {
            return Ok(Vec::new());
        }
        let (hybrid, request) = (&made.mixed.picture, &job.request());
        let study = Study::of_fitted(hybrid, made.plan.aligned.clone(), request, execution)?;
        let making = Making { request, provenance: made.provenance.as_ref(), trace, seconds };
        self.of_study(hybrid, &study, &made.plan.notes, title, &making, execution, observer)
    }

    /// The files of a hybrid of layers.
    ///
    /// # Errors
    ///
    /// [`JobError`] if there is not enough memory, or the observer stopped the work.
    pub fn of_layers(
        &self,
        made: &LayersMade,
        title: &str,
        trace: &[TraceLine],
        seconds: &[(&str, f64)],
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Vec<(&P, Vec<u8>)>, JobError> {
        let (Mix::Layers(recipe), Some(_)) = (&made.provenance.mix, self.places().next()) else {
            return Ok(Vec::new());
        };
        let picture = as_saved(made.picture.clone());
        let (density, seat) =
            (recipe.surface.density(picture.size()).map_err(MixError::from)?, made.layered.seen[0].distance);
        let distances = recipe.distances();
        let known = Known::Layers(&distances);
        let mut files = self.of_scene(&Scene { hybrid: &picture, density, seat, known }, execution, observer)?;
        if let Some(place) = &self.page {
            let study = LayersStudy::new(&picture, &made.layered.fitted, recipe.surface, execution)?;
            let page = LayersPage {
                title,
                hybrid: &picture,
                study: &study,
                recipe,
                version: &made.provenance.version,
                trace,
                seconds,
                notes: &hardly_seen(&study.seen).map(|note| note.to_string()).collect::<Vec<_>>(),
            };
            files.push((place, page.to_html(execution, observer)?.into_bytes()));
        }
        Ok(files)
    }

    /// The strip and the film of any scene.
    ///
    /// # Errors
    ///
    /// [`JobError`] if there is not enough memory, or the observer stopped the work.
    pub fn of_scene(
        &self,
        scene: &Scene<'_>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Vec<(&P, Vec<u8>)>, JobError> {
        let mut files = Vec::new();
        let stations = scene.stations();
        if let Some((place, options)) = &self.strip {
            files.push((place, encode(&scene.strip(&stations, observer)?, options)?));
        }
        if let Some((place, format)) = &self.film {
            let walk = scene.walk(&stations, execution, observer)?;
            files.push((place, encode_animation(&walk.frames(), Walk::MILLISECONDS, *format)?));
        }
        Ok(files)
    }
}
