//! The same map between smaller copies of the pictures.

use nearfar_align::{PointPair, center_fit};
use nearfar_image::{Landmarks, Pair, Point, Rect, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{VisionError, shrink};

use super::{Aligned, Method, Options};
use crate::{choice::Choices, judged_copy::JudgedCopy};

/// The position of a point in a copy of another size.
fn moved(point: Point, from: Size, to: Size) -> Point {
    let place = |p: f64, from: usize, to: usize| (p + 0.5) * to as f64 / from as f64 - 0.5;
    Point::new(place(point.x, from.width(), to.width()), place(point.y, from.height(), to.height()))
}

impl Options {
    /// The same settings for copies: `near` and `far` hold the size of each picture and of its copy.
    #[must_use]
    pub fn for_copies(&self, near: [Size; 2], far: [Size; 2]) -> Self {
        let face = |face: Option<Landmarks>, [from, to]: [Size; 2]| face?.mapped(|at| Some(moved(at, from, to)));
        let pair = |pair: &PointPair| PointPair {
            near: moved(pair.near, near[0], near[1]),
            far: moved(pair.far, far[0], far[1]),
        };
        Self {
            points: self.points.iter().map(pair).collect(),
            near_face: face(self.near_face, near),
            far_face: face(self.far_face, far),
            ..self.clone()
        }
    }
}

impl Aligned {
    /// A smaller copy of the pair, as two pictures in register. Choices for the copy equal those for the pair, converted to
    /// its size.
    ///
    /// # Errors
    ///
    /// [`VisionError::NotSmaller`] if either side would grow.
    pub fn shrunk(&self, to: Size) -> Result<Self, VisionError> {
        let from = self.pair.size();
        let pair = Pair::new(shrink(self.pair.near(), to)?, shrink(self.pair.far(), to)?)?;
        let near_face = self.near_face.and_then(|face| {
            let frame = self.frame;
            face.mapped(|at| Some(moved(Point::new(at.x - frame.x as f64, at.y - frame.y as f64), from, to)))
        });
        let far_face = self.far_face_in_pair().and_then(|face| face.mapped(|at| Some(moved(at, from, to))));
        let judged = JudgedCopy::of(to).pair(&pair, &Execution::single_threaded())?;
        Ok(Self {
            pair,
            judged,
            // `draft` stays the same, so that the copy gets the choices of the pair.
            choices: Choices::default(),
            transform: center_fit(to, to).into(),
            method: Method::None,
            frame: Rect::whole(to),
            near_face,
            far_face,
            ..self.clone()
        })
    }
}
