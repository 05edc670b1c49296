//! Which of two pictures should be near, and which far.

use nearfar_descent::{self as descent, StopRule};
use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{PixelsPerDegree, shrink};

use crate::{
    Choice, Flip, Method, MixError,
    compare::as_saved,
    far_eye_sigma,
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
    /// What is seen of the hybrid.
    pub flip: Flip,
}

/// The shorter side of the copies that are mixed, in pixels.
const SIDE: usize = 256;
/// The far view is so many times as far away as the near view: 2.94 m and 60 cm.
const FARTHER: f64 = 4.9;

impl Trial {
    /// Fits small copies of the pictures, chooses, mixes quickly and looks at the hybrid, rounded to 8 bits, from the
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
        let far = PixelsPerDegree::from_eye_sigma(far_eye_sigma(choice.crossover))?;
        let near = PixelsPerDegree::new(far.get() / FARTHER)?;
        let flip = Flip::of(&as_saved(hybrid), &aligned, [near, far], execution)?;
        Ok(Self { aligned, choice, flip })
    }

    /// How well each picture is seen from where it should be seen, from -2 to 2: the percept up close less the one from afar.
    #[must_use]
    pub fn merit(&self) -> f64 {
        self.flip.near - self.flip.far
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
