//! What is shown of a hybrid beside it: a strip, a film, a page.

use std::path::Path;

use nearfar::{
    Execution, Hybrid, Provenance, Request, TraceLine,
    codec::{EncodeOptions, Format, encode, encode_animation},
    compare::as_saved,
    look::{Known, Scene, Study, Walk},
    report::ReportPage,
};

use super::view::{film_target, picture_target};
use crate::{args::ShowArgs, failure::Failure, files::Target};

/// Where it goes, checked before any work.
pub(super) struct Shows {
    strip: Option<(Target, EncodeOptions)>,
    film: Option<(Target, Format)>,
    page: Option<Target>,
}

/// How a hybrid came about, as far as only its maker knows.
pub(super) struct Making<'a> {
    pub(super) request: &'a Request,
    pub(super) provenance: Option<&'a Provenance>,
    pub(super) trace: &'a [TraceLine],
    pub(super) seconds: &'a [(&'a str, f64)],
}

impl Shows {
    pub(super) fn new(args: &ShowArgs, hybrid: &Path, force: bool, inputs: &[&Path]) -> Result<Self, Failure> {
        let ShowArgs { strip, animate, report } = args;
        let paths: Vec<_> =
            [Some(hybrid), strip.as_deref(), animate.as_deref(), report.as_deref()].into_iter().flatten().collect();
        if let Some(twin) = (1..paths.len()).find(|&i| paths[..i].contains(&paths[i])) {
            return Err(Failure::usage(format_args!("{} would be written twice", paths[twin].display()))
                .fix("give each file a name of its own"));
        }
        let page = |path: &Path| Target::new(path, &EncodeOptions::new(Format::Png), force, inputs);
        Ok(Self {
            strip: args.strip.as_deref().map(|path| picture_target(path, force, inputs)).transpose()?,
            film: args.animate.as_deref().map(|path| film_target(path, force, inputs)).transpose()?,
            page: args.report.as_deref().map(page).transpose()?,
        })
    }

    /// All of them.
    pub(super) fn targets(&self) -> impl Iterator<Item = &Target> {
        let (strip, film) =
            (self.strip.as_ref().map(|(target, _)| target), self.film.as_ref().map(|(target, _)| target));
        [strip, film, self.page.as_ref()].into_iter().flatten()
    }

    /// Whether a page is wanted, which shows every step.
    pub(super) fn shows_steps(&self) -> bool {
        self.page.is_some()
    }

    /// Makes and writes them.
    pub(super) fn write(
        &self,
        hybrid: &Hybrid,
        title: &str,
        making: &Making<'_>,
        execution: &Execution,
    ) -> Result<(), Failure> {
        if self.targets().next().is_none() {
            return Ok(());
        }
        let study = Study::of(hybrid, making.request, execution)?;
        // As people get to see it.
        let picture = as_saved(hybrid.picture.clone());
        let known = Known::Perception(&study.perception);
        let scene = Scene { hybrid: &picture, density: study.density, seat: study.seat, known };
        let stations = scene.stations();
        if let Some((target, options)) = &self.strip {
            target.write(&encode(&scene.strip(&stations), options)?)?;
        }
        if let Some((target, format)) = &self.film {
            let walk = scene.walk(&stations, execution);
            target.write(&encode_animation(&walk.frames(), Walk::MILLISECONDS, *format)?)?;
        }
        if let Some(target) = &self.page {
            let scores = study.scores(&picture, execution)?;
            let notes: Vec<_> = hybrid.notes.iter().map(ToString::to_string).collect();
            let page = ReportPage {
                title,
                hybrid: &picture,
                study: &study,
                scores: &scores,
                method: &hybrid.method,
                provenance: making.provenance,
                trace: making.trace,
                seconds: making.seconds,
                notes: &notes,
            };
            target.write(page.to_html(execution)?.as_bytes())?;
        }
        Ok(())
    }
}
