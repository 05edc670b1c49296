//! Two pictures made to fit, and mixed.

use std::{ops::ControlFlow, path::PathBuf};

use nearfar::{
    AlignSummary, Event, Job, Note, NoteSummary, OwnLoss, Pictures, Recipe, Request, Work, Writing,
    codec::{EncodeOptions, Format, Rounding},
    fit::Aligned,
    settings::{OutputSettings, Preset},
};
use pyo3::{prelude::*, types::PyBytes};
use serde::Serialize;

use crate::{
    data::{execution, json, options},
    error::failure,
    loss::{Fault, PythonLoss},
    memory::{Share, copy},
    output::output,
    picture::{Picture, shape},
    watch::Watch,
    work::listening,
};

/// Two pictures that fit.
#[pyclass(frozen, module = "nearfar._native")]
pub(crate) struct Fitted {
    aligned: Aligned,
}

/// How pictures were made to fit, as JSON.
#[derive(Serialize)]
struct Fit<'a> {
    #[serde(flatten)]
    align: AlignSummary,
    notes: Vec<NoteSummary<'a>>,
}

#[pymethods]
impl Fitted {
    /// The near picture's part that the pair shows.
    fn near(&self) -> PyResult<Picture> {
        Ok(Picture::made(copy(self.aligned.pair.near())?, Rounding::Nearest))
    }

    /// The far picture, laid onto it.
    fn far(&self) -> PyResult<Picture> {
        Ok(Picture::made(copy(self.aligned.pair.far())?, Rounding::Nearest))
    }

    /// How they were made to fit, as JSON.
    fn report(&self) -> PyResult<String> {
        let notes = noted(&self.aligned.notes);
        json(&Fit { align: AlignSummary::new(&self.aligned), notes })
    }
}

fn noted(notes: &[Note]) -> Vec<NoteSummary<'_>> {
    notes.iter().map(NoteSummary::new).collect()
}

/// Makes two pictures fit. `align` is JSON, as in a recipe.
#[pyfunction]
pub(crate) fn fit(
    py: Python<'_>,
    near: &Picture,
    far: &Picture,
    align: &str,
    threads: Option<usize>,
) -> PyResult<Fitted> {
    let align = options(align)?;
    let execution = execution(threads)?;
    let share = Share::of(Work::Mix, [&near.picture.image, &far.picture.image])?;
    let [near, far] = [near, far].map(|picture| picture.picture.image.clone());
    let request = Request { recipe: Recipe { align, ..Recipe::default() }, ..Request::default() };
    let aligned = listening(py, move |observer| {
        let _share = share;
        request.fit(near, far, &execution, observer)
    })?;
    Ok(Fitted { aligned: aligned.map_err(failure)? })
}

/// A hybrid and what it was made of.
#[pyclass(frozen, module = "nearfar._native")]
pub(crate) struct Made {
    job: Job,
    made: nearfar::Made,
}

/// Mixes two pictures as a request, in JSON, has it. `progress` is called with JSON at every event.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "a function of Python's with keywords")]
pub(crate) fn mix(
    py: Python<'_>,
    near: &Picture,
    far: &Picture,
    start: Option<&Picture>,
    request: &str,
    background: [f32; 3],
    preset: &str,
    width: Option<usize>,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    loss: Option<(Py<PyAny>, f64)>,
) -> PyResult<Made> {
    let rounding = options::<Preset>(&json(&preset)?)?.rounding();
    let encoding = EncodeOptions { rounding, ..EncodeOptions::new(Format::Png) };
    let writing = Writing { background, width, encoding, ..Writing::default() };
    let job = Job { request: options(request)?, writing };
    let execution = execution(threads)?;
    let share = Share::of(Work::Mix, [near, far].map(|picture| &picture.picture.image))?;
    let pictures = Pictures {
        near: near.picture.clone(),
        far: far.picture.clone(),
        start: start.map(|start| start.picture.clone()),
    };
    if progress.is_none() && loss.is_none() {
        let work = move |observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>| {
            let _share = share;
            job.mix(pictures, &execution, observer).map(|made| Made { made, job })
        };
        return listening(py, work)?.map_err(failure);
    }
    // Python's callables are called on the thread that asked.
    let fault = Fault::default();
    let watch = Watch::new(progress, fault.clone());
    let (own, weight) = loss.unzip();
    let own = own.map(|callable| PythonLoss { callable, fault: fault.clone() });
    let made = py.detach(|| {
        let own = own.as_ref().zip(weight).map(|(loss, weight)| OwnLoss { weight, loss });
        job.mix_with(pictures, own, &execution, &mut |event: &Event<'_>| watch.see(event))
    });
    fault.raise()?;
    Ok(Made { made: made.map_err(failure)?, job })
}

#[pymethods]
impl Made {
    /// The hybrid.
    fn picture(&self) -> PyResult<Picture> {
        Ok(Picture::made(copy(&self.made.hybrid.picture)?, self.job.writing.encoding.rounding))
    }

    /// Height, width and samples of a pixel, 1 or 3.
    #[getter]
    fn shape(&self) -> (usize, usize, usize) {
        shape(&self.made.hybrid.picture)
    }

    /// The pictures that were mixed, as large as the hybrid.
    fn fitted(&self) -> Fitted {
        Fitted { aligned: self.made.hybrid.aligned.clone() }
    }

    /// What the program prints of it with `--json`.
    fn summary(&self) -> PyResult<String> {
        let hybrid = &self.made.hybrid;
        let density = self.job.request.density(hybrid.picture.size()).map_err(failure)?;
        json(&self.made.summary(density))
    }

    /// The recipe, as JSON, with all that was chosen.
    fn recipe(&self) -> String {
        Recipe { align: self.job.request.recipe.align.clone(), method: self.made.method().clone() }.to_json()
    }

    /// A file's bytes, and what could not be put there as JSON: the format by the extension of `path`; the recipe inside, if
    /// it makes the hybrid again, unless `strip`; of the near picture's file what `keep` says.
    #[expect(clippy::too_many_arguments, reason = "they are keywords of Python")]
    fn encode<'py>(
        &self,
        py: Python<'py>,
        path: PathBuf,
        strip: bool,
        depth: &str,
        quality: Option<u32>,
        keep: &str,
        profile: &str,
    ) -> PyResult<(Bound<'py, PyBytes>, String)> {
        let rounding = self.job.writing.encoding.rounding;
        let settings = OutputSettings { rounding, ..output(depth, quality, keep, profile)? };
        let (encoding, metadata) = (settings.options(Some(&path)).map_err(failure)?, settings.metadata());
        let writing = Writing { encoding, metadata, keeps_recipe: !strip, ..self.job.writing.clone() };
        let job = Job { writing, ..self.job.clone() };
        let (bytes, notes) = py.detach(|| job.encode(&self.made)).map_err(failure)?;
        Ok((PyBytes::new(py, &bytes), json(&noted(&notes))?))
    }
}
