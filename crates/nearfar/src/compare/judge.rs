//! Judging hybrids of one pair.

use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::Execution;
use nearfar_vision::{
    Face, Naturalness, NaturalnessReference, Percept, PerceptReference, PerceptSwitch, PixelsPerDegree, Viewing,
    VisionError, percept_views,
};
use serde::Serialize;

/// What is seen of a hybrid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Look {
    /// Percept up close: +1 only the near picture, -1 only the far one. Larger is better.
    pub p_near: f64,
    /// Percept from afar. Smaller is better.
    pub p_far: f64,
    /// The switch.
    pub switch: PerceptSwitch,
    /// How natural the hybrid looks up close.
    pub naturalness: Naturalness,
}

/// A pair, prepared for judging many hybrids of it in two views.
#[derive(Clone, Debug, PartialEq)]
pub struct Judge {
    viewing: Viewing,
    percepts: PerceptReference,
    naturalness: NaturalnessReference,
}

impl Judge {
    /// Prepares a pair; percepts are judged by `face`, a face in the far picture, or else by the whole picture.
    #[must_use]
    pub fn new(pair: &Pair, face: Option<&Face>, viewing: &Viewing, execution: &Execution) -> Self {
        let mut views = percept_views(pair.size(), face);
        views.extend([viewing.near_ppd, viewing.far_ppd]);
        let percepts = PerceptReference::new(pair, face, &views, execution);
        let naturalness = NaturalnessReference::new(pair, viewing, execution);
        Self { viewing: *viewing, percepts, naturalness }
    }

    /// Judges a hybrid.
    ///
    /// # Errors
    ///
    /// [`VisionError::HybridSize`] if the hybrid's size differs from that of the pair, [`VisionError::Image`] if it is not
    /// finite.
    pub fn look(&self, hybrid: &Image<Encoded>, execution: &Execution) -> Result<Look, VisionError> {
        self.seen(hybrid, execution).map(|(look, _)| look)
    }

    /// Judges a hybrid, and returns what is seen from near to far, too.
    pub(super) fn seen(
        &self,
        hybrid: &Image<Encoded>,
        execution: &Execution,
    ) -> Result<(Look, Vec<Percept>), VisionError> {
        let naturalness = self.naturalness.judge(hybrid, execution)?;
        let curve = self.percepts.percepts(hybrid, execution);
        let seen = |ppd: PixelsPerDegree| curve.iter().find(|seen| seen.ppd == ppd).map_or(0.0, |seen| seen.p);
        let (p_near, p_far) = (seen(self.viewing.near_ppd), seen(self.viewing.far_ppd));
        Ok((Look { p_near, p_far, switch: PerceptSwitch::of(&curve), naturalness }, curve))
    }
}
