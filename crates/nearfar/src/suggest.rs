//! Which of two pictures should be near, and which far.

use nearfar_descent::{self as descent, StopRule};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{PixelsPerDegree, shrink};

use crate::{
    Choice, Method, MixError, Perception,
    compare::as_saved,
    fit::{self, Aligned, fit},
    no_observer,
    request::usual_near_view,
    views,
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
