//! Two pictures made to fit, and mixed.

use std::path::PathBuf;

use nearfar::{
    AlignSummary, Event, Job, Metadata, Note, NoteSummary, OutputProfile, OwnLoss, Pictures, Recipe,
    codec::{self, Depth, EncodeOptions, Format, Overwrite, Rounding},
    fit::{self as fitting, Aligned},
    settings::Preset,
};
use pyo3::{prelude::*, types::PyBytes};
use serde::Serialize;

use crate::{
    data::{execution, json, options},
    error::failure,
    loss::{Fault, PythonLoss},
    picture::{Picture, shape},
    watch::Watch,
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
    fn near(&self) -> Picture {
        Picture::made(self.aligned.pair.near().clone(), Rounding::Nearest)
    }

    /// The far picture, laid onto it.
    fn far(&self) -> Picture {
        Picture::made(self.aligned.pair.far().clone(), Rounding::Nearest)
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
    let [near, far] = [near, far].map(|picture| picture.picture.image.clone());
    let aligned = py.detach(|| fitting::fit(near, far, &align, &execution));
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
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    loss: Option<(Py<PyAny>, f64)>,
) -> PyResult<Made> {
    let rounding = options::<Preset>(&json(&preset)?)?.rounding();
    let encoding = EncodeOptions { rounding, ..EncodeOptions::new(Format::Png) };
    let job = Job { request: options(request)?, background, encoding, ..Job::default() };
    let execution = execution(threads)?;
    let fault = Fault::default();
    let watch = Watch::new(progress, fault.clone());
    let (own, weight) = loss.unzip();
    let own = own.map(|callable| PythonLoss { callable, fault: fault.clone() });
    let pictures = Pictures {
        near: near.picture.clone(),
        far: far.picture.clone(),
        start: start.map(|start| start.picture.clone()),
    };
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
    fn picture(&self) -> Picture {
        Picture::made(self.made.hybrid.picture.clone(), self.job.encoding.rounding)
    }

    /// Height, width and samples of a pixel, 1 or 3.
    #[getter]
    fn shape(&self) -> (usize, usize, usize) {
        shape(&self.made.hybrid.picture)
    }

    /// The pictures that were mixed.
    fn fitted(&self) -> Fitted {
        Fitted { aligned: self.made.aligned().clone() }
    }

    /// What the program prints of it with `--json`.
    fn summary(&self) -> PyResult<String> {
        let hybrid = &self.made.hybrid;
        let density = self.job.request.surface.density(hybrid.picture.size()).map_err(failure)?;
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
        depth: u8,
        quality: u8,
        strip: bool,
        keep: (bool, bool),
        profile: &str,
    ) -> PyResult<(Bound<'py, PyBytes>, String)> {
        let format = Format::from_path(&path)
            .ok_or_else(|| failure(format_args!("{}: the extension names no picture format", path.display())))?;
        let depth = match depth {
            8 => Depth::Eight,
            16 => Depth::Sixteen,
            other => return Err(failure(format_args!("the depth is {other}; it is 8 or 16"))),
        };
        let profile = match profile {
            "none" => OutputProfile::None,
            "srgb" => OutputProfile::Srgb,
            "near" => OutputProfile::Near,
            other => return Err(failure(format_args!("the profile is {other}; it is none, srgb or near"))),
        };
        let metadata = Metadata { exif: keep.0, xmp: keep.1, profile };
        if metadata.is_any() && !format.can_hold_metadata() {
            return Err(failure(format_args!("{format} files hold neither EXIF, XMP nor a profile")));
        }
        let rounding = self.job.encoding.rounding;
        let encoding = EncodeOptions { depth, quality, rounding, ..EncodeOptions::new(format) };
        let job = Job { encoding, metadata, keeps_recipe: !strip, ..self.job.clone() };
        let (bytes, notes) = py.detach(|| job.encode(&self.made)).map_err(failure)?;
        Ok((PyBytes::new(py, &bytes), json(&noted(&notes))?))
    }
}

/// Writes a file, whole or not at all.
#[pyfunction]
pub(crate) fn write(py: Python<'_>, path: PathBuf, contents: &[u8], force: bool) -> PyResult<()> {
    let overwrite = if force { Overwrite::Allow } else { Overwrite::Refuse };
    py.detach(|| codec::write_atomic(path, contents, overwrite)).map_err(failure)
}
