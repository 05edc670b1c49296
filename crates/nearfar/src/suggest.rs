//! Which of two pictures should be near, and which far.

use std::ops::ControlFlow;

use nearfar_descent::{self as descent, StopRule};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{PixelsPerDegree, shrink};
use serde::Serialize;

use crate::{
    Choice, Event, Method, MixError, Perception, Phase, Strength,
    compare::as_saved,
    event::{FITTED, MIXED, Watch},
    fit::{self, Aligned, watched},
    method::Begin,
    request::usual_near_view,
    views,
    words::suggestion,
};

/// One way round, tried out on small copies.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How the pictures were made to fit.
    pub aligned: Aligned,
    /// What was chosen.
    pub choice: Choice,
    /// What is seen of the hybrid.
    pub perception: Perception,
}

/// The shorter side of the copies that are mixed, in pixels.
const SIDE: usize = 256;

/// Which of two pictures should be near.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// Whether the second picture should be near.
    pub swap: bool,
    /// Why, as the end of a sentence.
    pub why: String,
    /// The first picture near, then the second.
    pub ways: [Way; 2],
}

/// What a program prints of a suggestion: `P` is what it calls a picture.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SuggestionSummary<P> {
    /// Which to take.
    pub suggestion: SuggestedWay<P>,
    /// Both ways round.
    pub ways: [NamedWay<P>; 2],
}

/// The way round to take.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SuggestedWay<P> {
    /// The picture to be seen up close.
    pub near: P,
    /// The picture to be seen from afar.
    pub far: P,
    /// Why, as the end of a sentence.
    pub why: String,
}

/// One way round and its pictures.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct NamedWay<P> {
    /// The picture to be seen up close.
    pub near: P,
    /// The picture to be seen from afar.
    pub far: P,
    /// How it looks.
    #[serde(flatten)]
    pub way: Way,
}

/// One way round, in numbers.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Way {
    /// [`Trial::merit`].
    pub merit: f64,
    /// What is seen up close: +1 only the near picture, -1 only the far one.
    pub percept_near: f64,
    /// The same from afar.
    pub percept_far: f64,
}

impl Suggestion {
    /// Tries out both ways round.
    ///
    /// # Errors
    ///
    /// As [`Trial::new`].
    pub fn new(
        [a, b]: [&Image<Encoded>; 2],
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Self, MixError> {
        let watch = &mut Watch::new(observer);
        let [a, b] = [Copied::of(a), Copied::of(b)];
        let first = Trial::watched(&a, &b, execution, &mut watch.until(0.5))?;
        let second = Trial::watched(&b, &a, execution, &mut watch.until(1.0))?;
        let swap = second.merit() > first.merit();
        let why = if swap { suggestion(&second, &first) } else { suggestion(&first, &second) };
        let ways = [&first, &second].map(|trial| Way {
            merit: trial.merit(),
            percept_near: trial.perception.near,
            percept_far: trial.perception.far,
        });
        Ok(Self { swap, why, ways })
    }

    /// What a program prints of it; `names` are the pictures'.
    #[must_use]
    pub fn summary<P: Copy>(&self, names: [P; 2]) -> SuggestionSummary<P> {
        let [a, b] = names;
        let [near, far] = if self.swap { [b, a] } else { [a, b] };
        let [first, second] = self.ways;
        SuggestionSummary {
            suggestion: SuggestedWay { near, far, why: self.why.clone() },
            ways: [NamedWay { near: a, far: b, way: first }, NamedWay { near: b, far: a, way: second }],
        }
    }
}

/// A small copy of a picture.
struct Copied {
    picture: Image<Encoded>,
    /// Pixels of the copy in a pixel of the picture.
    scale: f64,
}

impl Copied {
    fn of(picture: &Image<Encoded>) -> Self {
        let copy = shrink(picture, picture.size().with_shorter_side(SIDE)).expect("no side grows");
        Self { scale: copy.size().width() as f64 / picture.size().width() as f64, picture: copy }
    }
}

impl Trial {
    /// Fits small copies of the pictures, chooses, mixes quickly and looks at the hybrid, rounded to 8 bits, as from
    /// the two distances that a mix of the pictures themselves would be made for.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit, or the observer broke.
    pub fn new(
        near: &Image<Encoded>,
        far: &Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Self, MixError> {
        Self::watched(&Copied::of(near), &Copied::of(far), execution, &mut Watch::new(observer))
    }

    fn watched(near: &Copied, far: &Copied, execution: &Execution, watch: &mut Watch<'_>) -> Result<Self, MixError> {
        let scale = near.scale;
        let (near, far) = (near.picture.clone(), far.picture.clone());
        let aligned = watched(near, far, &fit::Options::default(), execution, &mut watch.until(FITTED))?;
        let quick = StopRule { max_iterations: 30, tolerance: 1e-3 };
        let method = Method::Descent(descent::Options { stop: quick, ..descent::Options::default() });
        let (method, choice) = method.settled(&aligned, Strength::Even);
        let begin = Begin::default();
        let (hybrid, report) = method.watched(begin, &aligned.pair, execution, &mut watch.until(MIXED))?;
        if report.is_cancelled() {
            return Err(MixError::Cancelled);
        }
        watch.begin(Phase::Judge, MIXED)?;
        let near_ppd = PixelsPerDegree::new(scale * usual_near_view()?.get())?;
        let viewing = views(choice.crossover, Some(near_ppd))?;
        let perception = Perception::of(&as_saved(hybrid), &aligned, &viewing, execution)?;
        Ok(Self { aligned, choice, perception })
    }

    /// How well each picture is seen from where it should be seen, from -2 to 2: the percept up close less the one from afar.
    #[must_use]
    pub fn merit(&self) -> f64 {
        self.perception.near - self.perception.far
    }
}
