//! How a hybrid looks, and how good it is.

use std::ops::ControlFlow;

use nearfar::{
    Encoded, Event, Execution, Image, MixError, Recipe, Request, ScoreSummary, Suggestion, Work,
    codec::Rounding,
    look::Study,
    vision::{FarView, Length, PixelsPerDegree, Surface},
};
use pyo3::prelude::*;

use crate::{
    data::{execution, json, options},
    error::{failure, unknown},
    memory::Share,
    picture::Picture,
    work::listening,
};

/// Hears what goes on.
type Observer<'a> = dyn FnMut(&Event<'_>) -> ControlFlow<()> + 'a;

/// A hybrid to be judged, and how.
struct Question {
    hybrid: Py<Picture>,
    near: Image<Encoded>,
    far: Image<Encoded>,
    request: Request,
    execution: Execution,
    share: Share,
}

impl Question {
    /// How the pictures fit is what the hybrid's recipe says, or its file, unless the request `says` so.
    fn new(
        hybrid: Py<Picture>,
        [near, far]: [&Picture; 2],
        request: &str,
        says: bool,
        recipe: Option<&str>,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let mut request: Request = options(request)?;
        request = match recipe {
            Some(recipe) => {
                let recipe = Recipe::from_json(recipe).map_err(unknown)?;
                let align = if says { request.recipe.align } else { recipe.align };
                Request { recipe: Recipe { align, ..recipe }, ..request }
            }
            None => request.of_hybrid(&hybrid.get().picture.info, says),
        };
        let share = Share::of(Work::Judge, [near, far, hybrid.get()].map(|picture| &picture.picture.image))?;
        let [near, far] = [near, far].map(|picture| picture.picture.image.clone());
        Ok(Self { hybrid, near, far, request, execution: execution(threads)?, share })
    }

    /// The answer, as JSON.
    fn asked<T: serde::Serialize>(
        self,
        py: Python<'_>,
        answer: impl FnOnce(&Study, &Image<Encoded>, &Execution, &mut Observer<'_>) -> Result<T, MixError> + Send + 'static,
    ) -> PyResult<String> {
        let work = move |observer: &mut Observer<'_>| {
            let Self { hybrid, near, far, request, execution, share: _share } = self;
            let hybrid = &hybrid.get().picture.image;
            let study = Study::new(hybrid, near, far, &request, &execution, observer).map_err(failure)?;
            json(&answer(&study, hybrid, &execution, observer).map_err(failure)?)
        };
        listening(py, work)?
    }
}

/// The scores of a hybrid, as JSON: what the program prints with `score --json`.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "a function of Python's with keywords")]
pub(crate) fn score(
    py: Python<'_>,
    hybrid: Py<Picture>,
    near: &Picture,
    far: &Picture,
    request: &str,
    says_align: bool,
    recipe: Option<&str>,
    threads: Option<usize>,
) -> PyResult<String> {
    Question::new(hybrid, [near, far], request, says_align, recipe, threads)?.asked(
        py,
        |study, hybrid, execution, observer| {
            Ok(ScoreSummary { scores: study.scores(hybrid, execution, observer)?, percept: study.percept() })
        },
    )
}

/// Which picture of a hybrid is seen from where, as JSON.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "a function of Python's with keywords")]
pub(crate) fn percept(
    py: Python<'_>,
    hybrid: Py<Picture>,
    near: &Picture,
    far: &Picture,
    request: &str,
    says_align: bool,
    recipe: Option<&str>,
    threads: Option<usize>,
) -> PyResult<String> {
    Question::new(hybrid, [near, far], request, says_align, recipe, threads)?
        .asked(py, |study, _, _, _| Ok(study.percept()))
}

/// A picture as it looks from so far away on a surface, which is JSON.
#[pyfunction]
pub(crate) fn seen(
    py: Python<'_>,
    picture: Py<Picture>,
    distance: &str,
    surface: &str,
    threads: Option<usize>,
) -> PyResult<Picture> {
    let size = picture.get().picture.image.size();
    let distance: Length = distance.parse().map_err(failure)?;
    let density = options::<Surface>(surface)?.density(size).map_err(failure)?;
    let view = PixelsPerDegree::at(distance, density).map_err(failure)?;
    let execution = execution(threads)?;
    let share = Share::of(Work::View, [&picture.get().picture.image])?;
    let seen = listening(py, move |_| {
        let _share = share;
        FarView::new(size, view).apply(&picture.get().picture.image, &execution)
    })?;
    Ok(Picture::made(seen, Rounding::Nearest))
}

/// Both ways round, tried out on small copies, as JSON: the first picture near, then the second.
#[pyfunction]
pub(crate) fn suggest(py: Python<'_>, a: Py<Picture>, b: Py<Picture>, threads: Option<usize>) -> PyResult<String> {
    let execution = execution(threads)?;
    let share = Share::of(Work::Judge, [&a, &b].map(|picture| &picture.get().picture.image))?;
    let suggested = listening(py, move |observer| {
        let _share = share;
        Suggestion::new([&a, &b].map(|picture| &picture.get().picture.image), &execution, observer)
    });
    json(&suggested?.map_err(failure)?)
}
