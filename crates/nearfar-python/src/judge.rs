//! How a hybrid looks, and how good it is.

use nearfar::{
    Flip, Perception, Size, Trial,
    fit::{self as fitting, Aligned},
    vision::{self, Density, FarView, Length, PixelsPerDegree, Viewing},
};
use pyo3::prelude::*;
use serde_json::{Value, json as object};

use crate::{
    data::{execution, json, options},
    error::failure,
    picture::Picture,
};

/// Pixels per inch of a picture of `size`: by the width of its print, or else as said.
fn density(size: Size, dpi: f64, print_width: Option<&str>) -> PyResult<Density> {
    let width = print_width.map(|width| width.parse::<Length>().map_err(failure)).transpose()?;
    width
        .map_or_else(|| Density::from_pixels_per_inch(dpi), |width| Density::of_print(width, size.width()))
        .map_err(failure)
}

/// From so far away.
fn view_at(distance: &str, density: Density) -> PyResult<PixelsPerDegree> {
    PixelsPerDegree::at(distance.parse().map_err(failure)?, density).map_err(failure)
}

/// The pair, and the views that its hybrid is judged from.
fn prepared(
    near: &Picture,
    far: &Picture,
    align: &str,
    distances: (&str, &str, f64, Option<&str>),
    execution: &nearfar::Execution,
) -> PyResult<(Aligned, Viewing)> {
    let aligned = fitting::fit(near.image.clone(), far.image.clone(), &options(align)?, execution).map_err(failure)?;
    let (near, far, dpi, print_width) = distances;
    let density = density(aligned.pair.size(), dpi, print_width)?;
    Ok((aligned, Viewing { near_ppd: view_at(near, density)?, far_ppd: view_at(far, density)? }))
}

/// The scores of a hybrid, as JSON.
#[pyfunction]
pub(crate) fn score(
    py: Python<'_>,
    hybrid: &Picture,
    near: &Picture,
    far: &Picture,
    align: &str,
    distances: (String, String, f64, Option<String>),
    threads: Option<usize>,
) -> PyResult<String> {
    let execution = execution(threads)?;
    py.detach(|| {
        let (near_distance, far_distance, dpi, print) = &distances;
        let distances = (near_distance.as_str(), far_distance.as_str(), *dpi, print.as_deref());
        let (aligned, viewing) = prepared(near, far, align, distances, &execution)?;
        json(&vision::score(&hybrid.image, &aligned.pair, &viewing, &execution).map_err(failure)?)
    })
}

/// Which picture of a hybrid is seen from where, as JSON.
#[pyfunction]
pub(crate) fn percept(
    py: Python<'_>,
    hybrid: &Picture,
    near: &Picture,
    far: &Picture,
    align: &str,
    distances: (String, String, f64, Option<String>),
    threads: Option<usize>,
) -> PyResult<String> {
    let execution = execution(threads)?;
    py.detach(|| {
        let (near_distance, far_distance, dpi, print) = &distances;
        let distances = (near_distance.as_str(), far_distance.as_str(), *dpi, print.as_deref());
        let (aligned, viewing) = prepared(near, far, align, distances, &execution)?;
        json(&Perception::of(&hybrid.image, &aligned, &viewing, &execution).map_err(failure)?)
    })
}

/// A picture as it looks from so far away.
#[pyfunction]
pub(crate) fn seen(
    py: Python<'_>,
    picture: &Picture,
    distance: &str,
    dpi: f64,
    print_width: Option<&str>,
    threads: Option<usize>,
) -> PyResult<Picture> {
    let size = picture.image.size();
    let view = view_at(distance, density(size, dpi, print_width)?)?;
    let execution = execution(threads)?;
    let image = py.detach(|| FarView::new(size, view).apply(&picture.image, &execution));
    Ok(Picture::made(image, nearfar::codec::Rounding::Nearest))
}

/// Both ways round, tried out on small copies, as JSON: the first picture near, then the second.
#[pyfunction]
pub(crate) fn suggest(py: Python<'_>, a: &Picture, b: &Picture, threads: Option<usize>) -> PyResult<String> {
    let execution = execution(threads)?;
    py.detach(|| {
        let tried = |near: &Picture, far: &Picture| -> PyResult<Value> {
            let trial = Trial::new(&near.image, &far.image, &execution).map_err(failure)?;
            let Flip { near, far, .. } = trial.flip;
            Ok(object!({ "merit": trial.merit(), "near": near, "far": far }))
        };
        json(&[tried(a, b)?, tried(b, a)?])
    })
}
