//! Which of two pictures should be near, and which far.

use nearfar_descent::{self as descent, StopRule};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{PixelsPerDegree, shrink};
use serde::Serialize;

use crate::{
    Choice, Method, MixError, Perception,
    compare::as_saved,
    fit::{self, Aligned, fit},
    no_observer,
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
    pub fn new([a, b]: [&Image<Encoded>; 2], execution: &Execution) -> Result<Self, MixError> {
        let [first, second] = [Trial::new(a, b, execution)?, Trial::new(b, a, execution)?];
        let swap = second.merit() > first.merit();
        let why = if swap { suggestion(&second, &first) } else { suggestion(&first, &second) };
        let ways = [&first, &second].map(|trial| Way {
            merit: trial.merit(),
            percept_near: trial.perception.near,
            percept_far: trial.perception.far,
        });
        Ok(Self { swap, why, ways })
    }
}

impl Trial {
    /// Fits small copies of the pictures, chooses, mixes quickly and looks at the hybrid, rounded to 8 bits, as from
    /// the two distances that a mix of the pictures themselves would be made for.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit.
    pub fn new(near: &Image<Encoded>, far: &Image<Encoded>, execution: &Execution) -> Result<Self, MixError> {
        let shrunk =
            |picture: &Image<Encoded>| shrink(picture, picture.size().with_shorter_side(SIDE)).expect("no side grows");
        let width = near.size().width();
        let (near, far) = (shrunk(near), shrunk(far));
        let scale = near.size().width() as f64 / width as f64;
        let aligned = fit(near, far, &fit::Options::default(), execution)?;
        let quick = StopRule { max_iterations: 30, tolerance: 1e-3 };
        let method = Method::Descent(descent::Options { stop: quick, ..descent::Options::default() });
        let (method, choice) = method.settled(&aligned);
        let (hybrid, _) = method.mix(&aligned.pair, execution, &mut no_observer)?;
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
