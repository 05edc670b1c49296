//! One way round of two pictures, tried out.

use std::ops::ControlFlow;

use nearfar_descent::{self as descent, StopRule};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{PixelsPerDegree, shrink};

use crate::{
    Choice, Event, Method, MixError, Perception, Phase, Strength,
    compare::as_saved,
    event::{FITTED, MIXED, Watch},
    fit::{self, Aligned, watched},
    method::Begin,
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

/// A small copy of a picture.
pub(crate) struct Copied {
    picture: Image<Encoded>,
    /// Pixels of the copy in a pixel of the picture.
    scale: f64,
}

impl Copied {
    pub(crate) fn of(picture: &Image<Encoded>) -> Self {
        let copy = shrink(picture, picture.size().with_shorter_side(SIDE)).expect("no side grows");
        Self { scale: copy.size().width() as f64 / picture.size().width() as f64, picture: copy }
    }
}

impl Trial {
    /// Merits closer than this are the same to an eye.
    pub(crate) const ALIKE: f64 = 0.05;

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

    pub(crate) fn watched(
        near: &Copied,
        far: &Copied,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, MixError> {
        let scale = near.scale;
        let (near, far) = (near.picture.clone(), far.picture.clone());
        let aligned = watched(near, far, &fit::Options::default(), true, execution, &mut watch.until(FITTED))?;
        let quick = StopRule { max_iterations: 30, tolerance: 1e-3 };
        let method = Method::Descent(descent::Options { stop: quick, ..descent::Options::default() });
        let choice = method.choose(&aligned, Strength::Even);
        let method = method.settled(&aligned, Strength::Even);
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
