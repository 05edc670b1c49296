//! What is shown of a hybrid beside its file: a strip, a film, a page.

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

/// What is shown of a hybrid, and where each goes: `P` is a place.
#[derive(Clone, Debug, Default)]
pub struct Shows<P> {
    /// The hybrid as small as from further and further away.
    pub strip: Option<(P, EncodeOptions)>,
    /// A film of the way from afar to the hybrid and back.
    pub film: Option<(P, Format)>,
    /// A page that explains it.
    pub page: Option<P>,
}

/// How a hybrid came about, as far as only its maker knows.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// What was wanted.
    pub request: &'a Request,
    /// What its file says of how it was made.
    pub provenance: Option<&'a Provenance>,
    /// What it cost, step by step.
    pub trace: &'a [TraceLine],
    /// Parts of the work and the seconds that they took.
    pub seconds: &'a [(&'a str, f64)],
}

impl Shows<Target> {
    /// Checks that the hybrid and what is shown of it go to places of their own, and the hybrid alone, or JSON, to standard
    /// output.
    ///
    /// # Errors
    ///
    /// [`Failure`] says which do not.
    pub fn check(&self, hybrid: &Target, json: bool) -> Result<(), Failure> {
        Target::all_apart([hybrid].into_iter().chain(self.places()))?;
        if self.places().any(Target::is_stream) {
            return Err(Failure::usage("only the hybrid can go to standard output").fix("give the others file names"));
        }
        Target::share_stdout([hybrid], json, 0)
    }

    /// Writes what was made to show a hybrid whose own file is written.
    ///
    /// # Errors
    ///
    /// [`Failure`]: it could not be made, or not be written.
    pub fn write(files: Result<Vec<(&Target, Vec<u8>)>, JobError>) -> Result<(), Failure> {
        let files = files.map_err(|error| match error {
            JobError::Mix(MixError::Cancelled) => Failure::interrupted_showing(),
            error => error.into(),
        });
        files?.into_iter().try_for_each(|(target, bytes)| target.write(&bytes))
    }
}

impl<P> Shows<P> {
    /// Where all of it goes.
    pub fn places(&self) -> impl Iterator<Item = &P> {
        let strip = self.strip.as_ref().map(|(place, _)| place);
        let film = self.film.as_ref().map(|(place, _)| place);
        [strip, film, self.page.as_ref()].into_iter().flatten()
    }

    /// Listens to a mix for the steps that the page shows, if there is one.
    #[must_use]
    pub fn trace(&self) -> Trace {
        Trace::every(self.page.as_ref().map(|_| 1))
    }

    /// The files' bytes, each with its place. The hybrid is called `title` and shown as a file of 8 bits holds it.
    ///
    /// # Errors
    ///
    /// [`JobError`]: nobody can look from so far, there is no memory, or the observer broke.
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

    /// The same of a picture that was studied.
    ///
    /// # Errors
    ///
    /// [`JobError`]: there is no memory, or the observer broke.
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

    /// The same of a hybrid by an objective.
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

    /// The same of a hybrid for several distances.
    ///
    /// # Errors
    ///
    /// [`JobError`]: there is no memory, or the observer broke.
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
        let known = recipe.known(density).map_err(MixError::from)?;
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

    /// The strip and the film of any picture before somebody who sits there.
    ///
    /// # Errors
    ///
    /// [`JobError`]: there is no memory, or the observer broke.
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
