//! Whether a hybrid flips: near picture up close, far picture from afar.

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{Face, PixelsPerDegree, VisionError, percepts, shrink};
use serde::Serialize;

use crate::{Subject, fit::Aligned};

/// Which picture of a hybrid is seen up close and from afar.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Flip {
    /// What is seen up close: +1 only the near picture, -1 only the far one.
    pub near: f64,
    /// What is seen from afar.
    pub far: f64,
}

/// Below this the near picture is not seen up close, or above its negative the far one from afar. Between this and .25 a
/// hybrid flips weakly.
const CLEAR: f64 = 0.1;

/// The shorter side of the copies that are judged, in pixels: enough for the 45 cycles across a face that a percept counts.
const SIDE: usize = 320;

impl Flip {
    /// Judges copies of a hybrid and of the pictures that it was made of, from two views.
    ///
    /// # Errors
    ///
    /// [`VisionError`] if the hybrid is not of the pair's size or not finite.
    pub fn of(
        hybrid: &Image<Encoded>,
        aligned: &Aligned,
        [near, far]: [PixelsPerDegree; 2],
        execution: &Execution,
    ) -> Result<Self, VisionError> {
        let size = aligned.pair.size();
        let scale = (SIDE as f64 / size.shorter_side() as f64).min(1.0);
        let side = |length: usize| ((length as f64 * scale).round() as usize).max(1);
        let copy = Size::new(side(size.width()), side(size.height())).unwrap_or(size);
        let small = |picture: &Image<Encoded>| if copy == size { Ok(picture.clone()) } else { shrink(picture, copy) };
        let pair = Pair::new(small(aligned.pair.near())?, small(aligned.pair.far())?)?;
        let face = Subject::of(aligned).face().and_then(|face| {
            let place = |p: f64| (p + 0.5) * scale - 0.5;
            Face::new(face.center().map(place), scale * face.width()).ok()
        });
        let views = [near, far].map(|ppd| PixelsPerDegree::new(ppd.get() * scale));
        let views = [views[0].clone()?, views[1].clone()?];
        let seen = percepts(&small(hybrid)?, &pair, face.as_ref(), &views, execution)?;
        let at =
            |view: PixelsPerDegree| seen.iter().find(|percept| percept.ppd == view).map_or(0.0, |percept| percept.p);
        Ok(Self { near: at(views[0]), far: at(views[1]) })
    }

    /// Whether the near picture is seen up close.
    #[must_use]
    pub fn shows_near(&self) -> bool {
        self.near >= CLEAR
    }

    /// Whether the far picture is seen from afar.
    #[must_use]
    pub fn shows_far(&self) -> bool {
        self.far <= -CLEAR
    }
}
