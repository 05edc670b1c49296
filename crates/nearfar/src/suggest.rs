//! Which of two pictures should be near, and which far.

use nearfar_descent::{self as descent, StopRule};
use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{PixelsPerDegree, Scores, Viewing, score, shrink};

use crate::{
    Choice, Method, MixError, far_eye_sigma,
    compare::as_saved,
    fit::{self, Aligned, fit},
    no_observer,
};

/// One way round, tried out on small copies.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How the pictures were made to fit.
    pub aligned: Aligned,
    /// What was chosen.
    pub choice: Choice,
    /// How good the hybrid is.
    pub scores: Scores,
}

/// The shorter side of the copies that are mixed, in pixels.
const SIDE: usize = 256;
/// The far view is so many times as far away as the near view: 2.94 m and 60 cm.
const FARTHER: f64 = 4.9;

impl Trial {
    /// Fits small copies of the pictures, chooses, mixes quickly and scores the hybrid, rounded to 8 bits, from the
    /// distance that it is made for and from 4.9 times nearer.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit.
    pub fn new(near: &Image<Encoded>, far: &Image<Encoded>, execution: &Execution) -> Result<Self, MixError> {
        let (near, far) = (small(near), small(far));
        let aligned = fit(near, far, &fit::Options::default(), execution)?;
        let quick = StopRule { max_iterations: 30, tolerance: 1e-3 };
        let method = Method::Descent(descent::Options { stop: quick, ..descent::Options::default() });
        let (method, choice) = method.settled(&aligned);
        let (hybrid, _) = method.mix(&aligned.pair, execution, &mut no_observer)?;
        let hybrid = as_saved(hybrid);
        let far_ppd = PixelsPerDegree::from_eye_sigma(far_eye_sigma(choice.crossover))?;
        let near_ppd = PixelsPerDegree::new(far_ppd.get() / FARTHER)?;
        let scores = score(&hybrid, &aligned.pair, &Viewing { near_ppd, far_ppd }, execution)?;
        Ok(Self { aligned, choice, scores })
    }

    /// How well each picture is seen from where it should be seen: near fidelity plus far fidelity.
    ///
    /// Leakages do not count: a picture of little contrast leaks much by that measure, and to no eye.
    #[must_use]
    pub fn merit(&self) -> f64 {
        self.scores.near_fidelity + self.scores.far_fidelity
    }
}

/// A copy of which the shorter side is at most [`SIDE`].
fn small(picture: &Image<Encoded>) -> Image<Encoded> {
    let size = picture.size();
    let factor = (SIDE as f64 / size.shorter_side() as f64).min(1.0);
    let side = |length: usize| ((length as f64 * factor).round() as usize).clamp(1, length);
    Size::new(side(size.width()), side(size.height()))
        .ok()
        .and_then(|to| shrink(picture, to).ok())
        .unwrap_or_else(|| picture.clone())
}
