//! How a hybrid looks, and how good it is.

use nearfar::{
    PerceptSummary, Perception, Provenance, Recipe, Request, Trial,
    codec::Rounding,
    fit::{self as fitting, Aligned},
    vision::{self, Density, FarView, Length, PixelsPerDegree, Scores, Surface, Viewing},
    words,
};
use pyo3::prelude::*;
use serde::Serialize;

use crate::{
    data::{execution, json, options},
    error::failure,
    picture::Picture,
};

/// A hybrid, and how it is judged.
struct Judged {
    aligned: Aligned,
    viewing: Viewing,
    density: Density,
    perception: Perception,
}

impl Judged {
    /// How the pictures fit is what the hybrid's recipe says, or its file, unless the request `says` so.
    fn new(
        [hybrid, near, far]: [&Picture; 3],
        request: &str,
        says: bool,
        recipe: Option<&str>,
        execution: &nearfar::Execution,
    ) -> PyResult<Self> {
        let mut request: Request = options(request)?;
        let align = request.recipe.align.clone();
        request.recipe = match recipe {
            Some(recipe) => Recipe::from_json(recipe).map_err(failure)?,
            None => {
                let made = Provenance::of(&hybrid.picture.info).ok().flatten();
                made.map(|made| made.recipe).unwrap_or_default()
            }
        };
        if says {
            request.recipe.align = align;
        }
        request.check().map_err(failure)?;
        let [near, far] = [near, far].map(|picture| picture.picture.image.clone());
        let aligned = fitting::fit(near, far, &request.recipe.align, execution).map_err(failure)?;
        let viewing = request.viewing_of(&aligned).map_err(failure)?;
        let density = request.surface.density(aligned.pair.size()).map_err(failure)?;
        let perception = Perception::of(&hybrid.picture.image, &aligned, &viewing, execution).map_err(failure)?;
        Ok(Self { aligned, viewing, density, perception })
    }

    fn summary(&self) -> PerceptSummary {
        PerceptSummary::new(&self.perception, Some(self.viewing.far_ppd), self.density, self.aligned.pair.size())
    }
}

/// Scores as JSON, with what is seen beside them.
#[derive(Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    scores: &'a Scores,
    percept: PerceptSummary,
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
        let judged = Judged::new([hybrid, near, far], request, says_align, recipe, &execution)?;
        let scores = vision::score(&hybrid.picture.image, &judged.aligned.pair, &judged.viewing, &execution);
        json(&Json { scores: &scores.map_err(failure)?, percept: judged.summary() })
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
    py.detach(|| json(&Judged::new([hybrid, near, far], request, says_align, recipe, &execution)?.summary()))
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

/// One way round.
#[derive(Serialize)]
struct Way {
    merit: f64,
    percept_near: f64,
    percept_far: f64,
}

/// Which of two pictures should be near.
#[derive(Serialize)]
struct Suggestion {
    swap: bool,
    why: String,
    ways: [Way; 2],
}

/// Both ways round, tried out on small copies, as JSON: the first picture near, then the second.
#[pyfunction]
pub(crate) fn suggest(py: Python<'_>, a: &Picture, b: &Picture, threads: Option<usize>) -> PyResult<String> {
    let execution = execution(threads)?;
    py.detach(|| {
        let tried = |near: &Picture, far: &Picture| Trial::new(&near.picture.image, &far.picture.image, &execution);
        let [first, second] = [tried(a, b).map_err(failure)?, tried(b, a).map_err(failure)?];
        let swap = second.merit() > first.merit();
        let why = if swap { words::suggestion(&second, &first) } else { words::suggestion(&first, &second) };
        let ways = [&first, &second].map(|trial| Way {
            merit: trial.merit(),
            percept_near: trial.perception.near,
            percept_far: trial.perception.far,
        });
        json(&Suggestion { swap, why, ways })
    })
}
