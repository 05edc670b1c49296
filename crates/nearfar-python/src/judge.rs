//! How a hybrid looks, and how good it is.

use nearfar::{
    Recipe, Request, ScoreSummary, Suggestion,
    codec::Rounding,
    look::Study,
    no_observer,
    vision::{FarView, Length, PixelsPerDegree, Surface},
};
use pyo3::prelude::*;

use crate::{
    data::{execution, json, options},
    error::failure,
    picture::Picture,
};

/// A hybrid judged. How the pictures fit is what the hybrid's recipe says, or its file, unless the request `says` so.
fn study(
    [hybrid, near, far]: [&Picture; 3],
    request: &str,
    says: bool,
    recipe: Option<&str>,
    execution: &nearfar::Execution,
) -> PyResult<Study> {
    let mut request: Request = options(request)?;
    request = match recipe {
        Some(recipe) => {
            let recipe = Recipe::from_json(recipe).map_err(failure)?;
            let align = if says { request.recipe.align } else { recipe.align };
            Request { recipe: Recipe { align, ..recipe }, ..request }
        }
        None => request.of_hybrid(&hybrid.picture.info, says),
    };
    let [near, far] = [near, far].map(|picture| picture.picture.image.clone());
    Study::new(&hybrid.picture.image, near, far, &request, execution, &mut no_observer).map_err(failure)
}

/// The scores of a hybrid, as JSON: what the program prints with `score --json`.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "a function of Python's with keywords")]
pub(crate) fn score(
    py: Python<'_>,
    hybrid: &Picture,
    near: &Picture,
    far: &Picture,
    request: &str,
    says_align: bool,
    recipe: Option<&str>,
    threads: Option<usize>,
) -> PyResult<String> {
    let execution = execution(threads)?;
    py.detach(|| {
        let study = study([hybrid, near, far], request, says_align, recipe, &execution)?;
        let scores = study.scores(&hybrid.picture.image, &execution).map_err(failure)?;
        json(&ScoreSummary { scores, percept: study.percept() })
    })
}

/// Which picture of a hybrid is seen from where, as JSON.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "a function of Python's with keywords")]
pub(crate) fn percept(
    py: Python<'_>,
    hybrid: &Picture,
    near: &Picture,
    far: &Picture,
    request: &str,
    says_align: bool,
    recipe: Option<&str>,
    threads: Option<usize>,
) -> PyResult<String> {
    let execution = execution(threads)?;
    py.detach(|| json(&study([hybrid, near, far], request, says_align, recipe, &execution)?.percept()))
}

/// A picture as it looks from so far away on a surface, which is JSON.
#[pyfunction]
pub(crate) fn seen(
    py: Python<'_>,
    picture: &Picture,
    distance: &str,
    surface: &str,
    threads: Option<usize>,
) -> PyResult<Picture> {
    let image = &picture.picture.image;
    let distance: Length = distance.parse().map_err(failure)?;
    let density = options::<Surface>(surface)?.density(image.size()).map_err(failure)?;
    let view = PixelsPerDegree::at(distance, density).map_err(failure)?;
    let execution = execution(threads)?;
    let seen = py.detach(|| FarView::new(image.size(), view).apply(image, &execution));
    Ok(Picture::made(seen, Rounding::Nearest))
}

/// Both ways round, tried out on small copies, as JSON: the first picture near, then the second.
#[pyfunction]
pub(crate) fn suggest(py: Python<'_>, a: &Picture, b: &Picture, threads: Option<usize>) -> PyResult<String> {
    let execution = execution(threads)?;
    let pictures = [&a.picture.image, &b.picture.image];
    py.detach(|| json(&Suggestion::new(pictures, &execution, &mut no_observer).map_err(failure)?))
}
