//! Which picture of a hybrid is seen from where.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{Face, Percept, PerceptSwitch, PixelsPerDegree, Viewing, VisionError, percept_views, percepts};

use crate::{Subject, fit::Aligned};

/// Which picture of a hybrid is seen in the two views that it is made for, and where the one goes over into the other.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Perception {
    /// The face of the far picture that was judged by; `None` for the whole picture.
    pub face: Option<Face>,
    /// What is seen up close: +1 only the near picture, -1 only the far one; beyond 0.25 it is clear.
    pub near: f64,
    /// What is seen from afar.
    pub far: f64,
    /// Where the far picture takes over.
    pub switch: PerceptSwitch,
    /// What is seen from near to far.
    pub curve: Vec<Percept>,
}

impl Perception {
    /// Looks at a hybrid of two pictures that fit.
    ///
    /// # Errors
    ///
    /// [`VisionError::HybridSize`] if the hybrid is not of the pair's size, [`VisionError::Image`] if it is not finite.
    pub fn of(
        hybrid: &Image<Encoded>,
        aligned: &Aligned,
        viewing: &Viewing,
        execution: &Execution,
    ) -> Result<Self, VisionError> {
        let face = Subject::of(aligned).face();
        let mut views = percept_views(aligned.pair.size(), face.as_ref());
        views.extend([viewing.near_ppd, viewing.far_ppd]);
        let curve = percepts(hybrid, &aligned.pair, face.as_ref(), &views, execution)?;
        let seen =
            |ppd: PixelsPerDegree| curve.iter().find(|percept| percept.ppd == ppd).map_or(0.0, |percept| percept.p);
        let (near, far) = (seen(viewing.near_ppd), seen(viewing.far_ppd));
        Ok(Self { face, near, far, switch: PerceptSwitch::of(&curve), curve })
    }
}
