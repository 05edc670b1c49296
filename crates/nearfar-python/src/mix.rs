//! Two pictures made to fit, and mixed.

use std::path::PathBuf;

use nearfar::{
    Hybrid, OwnLoss, Provenance, Recipe, Report,
    codec::{self, Depth, Format, Overwrite, Rounding},
    descent::StopReason,
    fit::{self as fitting, Aligned},
};
use pyo3::{prelude::*, types::PyBytes};
use serde::Serialize;

use crate::{
    data::{execution, json, options},
    error::failure,
    loss::{Fault, PythonLoss},
    picture::Picture,
    watch::Watch,
};

/// Two pictures that fit.
#[pyclass(frozen, module = "nearfar._native")]
pub(crate) struct Fitted {
    aligned: Aligned,
}

/// How pictures were made to fit, as JSON.
#[derive(Serialize)]
struct Fit {
    method: fitting::Method,
    confidence: f64,
    overlap: f64,
    frame: [usize; 4],
}

impl Fit {
    fn of(aligned: &Aligned) -> Self {
        let Aligned { method, confidence, overlap, frame, .. } = *aligned;
        let frame = [frame.x, frame.y, frame.size.width(), frame.size.height()];
        Self { method, confidence, overlap, frame }
    }
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
        json(&Fit::of(&self.aligned))
    }
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
    py.detach(|| fitting::fit(near.image.clone(), far.image.clone(), &align, &execution))
        .map(|aligned| Fitted { aligned })
        .map_err(failure)
}

/// A hybrid and what it was made of.
#[pyclass(frozen, module = "nearfar._native")]
pub(crate) struct Made {
    hybrid: Hybrid,
    provenance: Provenance,
    /// Whether a recipe makes it again: not if somebody stopped it, or it has a loss of one's own.
    repeatable: bool,
}

/// Mixes two pictures by a recipe, as JSON. `progress` is called with numbers after every evaluation of an optimiser.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "a function of Python's with keywords")]
pub(crate) fn mix(
    py: Python<'_>,
    near: &Picture,
    far: &Picture,
    start: Option<&Picture>,
    recipe: &str,
    background: [f32; 3],
    truncate: bool,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    loss: Option<(Py<PyAny>, f64)>,
) -> PyResult<Made> {
    let Recipe { align, method } = options(recipe)?;
    let execution = execution(threads)?;
    let fault = Fault::default();
    let watch = Watch::new(progress, fault.clone());
    let own = loss.map(|(callable, weight)| OwnLoss {
        name: "own".to_owned(),
        weight,
        loss: PythonLoss { callable, fault: fault.clone() },
    });
    let is_own = own.is_some();
    let (hybrid, method) = py.detach(|| {
        let aligned = fitting::fit(near.image.clone(), far.image.clone(), &align, &execution).map_err(failure)?;
        let method = method.settled(&aligned).0;
        let mut observer = |progress: &nearfar::Progress<'_>| watch.see(progress);
        let start = start.map(|start| start.image.clone());
        let (picture, report) = match (start, own) {
            (start, Some(own)) => method.mix_with(own, start, &aligned.pair, &execution, &mut observer),
            (Some(start), None) => method.mix_from(start, &aligned.pair, &execution, &mut observer),
            (None, None) => method.mix(&aligned.pair, &execution, &mut observer),
        }
        .map_err(failure)?;
        Ok::<_, PyErr>((Hybrid { picture, aligned, report }, method))
    })?;
    fault.raise()?;
    let stopped = matches!(hybrid.report, Report::Descent { stop_reason: StopReason::Cancelled, .. });
    let provenance = Provenance {
        version: Provenance::VERSION.to_owned(),
        near: near.source.clone(),
        far: far.source.clone(),
        start: start.map(|start| start.source.clone()),
        background,
        rounding: if truncate { Rounding::Truncate } else { Rounding::Nearest },
        recipe: Recipe { align, method },
        ..Provenance::default()
    };
    Ok(Made { hybrid, provenance, repeatable: !stopped && !is_own })
}

#[pymethods]
impl Made {
    /// The hybrid.
    fn picture(&self) -> Picture {
        Picture::made(self.hybrid.picture.clone(), self.provenance.rounding)
    }

    /// The pictures that were mixed.
    fn fitted(&self) -> Fitted {
        Fitted { aligned: self.hybrid.aligned.clone() }
    }

    /// What the method says of its work, as JSON.
    fn report(&self) -> PyResult<String> {
        json(&self.hybrid.report)
    }

    /// The recipe, as JSON, with all that was chosen.
    fn recipe(&self) -> String {
        self.provenance.recipe.to_json()
    }

    /// Height, width and samples of a pixel, 1 or 3.
    #[getter]
    fn shape(&self) -> (usize, usize, usize) {
        let picture = &self.hybrid.picture;
        (picture.size().height(), picture.size().width(), picture.channels().count())
    }

    /// A file's bytes: the format by the extension of `path`, the recipe inside, if it makes the
    /// hybrid again, unless `strip`.
    fn encode<'py>(
        &self,
        py: Python<'py>,
        path: PathBuf,
        depth: u8,
        quality: u8,
        strip: bool,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let format = Format::from_path(&path)
            .ok_or_else(|| failure(format_args!("{}: the extension names no picture format", path.display())))?;
        let depth = match depth {
            8 => Depth::Eight,
            16 => Depth::Sixteen,
            other => return Err(failure(format_args!("the depth is {other}; it is 8 or 16"))),
        };
        let provenance = Provenance { depth, quality, format, ..self.provenance.clone() };
        let mut options = provenance.encode_options();
        if self.repeatable && !strip {
            provenance.store(&mut options);
        }
        let bytes = py.detach(|| codec::encode(&self.hybrid.picture, &options)).map_err(failure)?;
        Ok(PyBytes::new(py, &bytes))
    }
}

/// Writes a file, whole or not at all.
#[pyfunction]
pub(crate) fn write(py: Python<'_>, path: PathBuf, contents: &[u8], force: bool) -> PyResult<()> {
    let overwrite = if force { Overwrite::Allow } else { Overwrite::Refuse };
    py.detach(|| codec::write_atomic(path, contents, overwrite)).map_err(failure)
}
