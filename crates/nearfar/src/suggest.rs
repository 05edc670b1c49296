//! Which of two pictures should be near, and which far.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use serde::Serialize;

use crate::{Event, MixError, Trial, event::Watch, trial::Copied, words::suggestion};

/// Which of two pictures should be near.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// Whether the second picture should be near; not if both ways are about as good.
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
        let swap = second.merit() - first.merit() >= Trial::ALIKE;
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
