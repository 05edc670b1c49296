//! Which picture of a hybrid is seen from where.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{
    Face, Percept, PerceptReference, PerceptSwitch, PixelsPerDegree, Viewing, VisionError, percept_views,
};
use serde::Serialize;

use crate::{fit::Aligned, judged_copy::JudgedCopy};

/// Which picture of a hybrid is seen in the two views that it is made for, and where the one goes over into the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Perception {
    /// The face of the far picture that was judged by, in the hybrid's pixels; `None` for the whole picture.
    pub face: Option<Face>,
    /// What is seen up close: +1 only the near picture, -1 only the far one; beyond [`PerceptSwitch::CLEAR`] it is clear.
    pub near: f64,
    /// What is seen from afar.
    pub far: f64,
    /// Where the far picture takes over.
    pub switch: PerceptSwitch,
    /// What is seen from near to far.
    pub curve: Vec<Percept>,
}

/// How well a picture is seen that outweighs every other one by some percept: what words there are, and their limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sight {
    /// Another picture is seen as well, or instead.
    Hardly,
    /// It is seen, and another one shows through.
    Weakly,
    /// It is what anybody sees.
    Clearly,
}

impl Sight {
    /// From this percept on a picture is seen.
    pub(crate) const LEAST: f64 = 0.1;

    /// By the percept against the strongest other picture.
    pub(crate) fn of(p: f64) -> Self {
        match p {
            PerceptSwitch::CLEAR.. => Self::Clearly,
            Self::LEAST.. => Self::Weakly,
            _ => Self::Hardly,
        }
    }
}

impl Perception {
    /// A difference of percepts that is hardly noticed: 0.25 is what makes a picture clear.
    const NEARLY: f64 = 0.1;

    /// The highest percept from afar of a hybrid that flips: about there more strangers name the far picture than the near one
    /// (`choose/search.rs` has the counts).
    const MOST_AFAR: f64 = -0.35;

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
        if hybrid.size() != aligned.pair.size() {
            return Err(VisionError::HybridSize { hybrid: hybrid.size(), pair: aligned.pair.size() });
        }
        hybrid.check_finite()?;
        PerceptionReference::of(aligned, viewing, execution)?.look(hybrid, execution)
    }

    /// Whether the near picture is clearly seen up close.
    #[must_use]
    pub fn shows_near(&self) -> bool {
        Sight::of(self.near) == Sight::Clearly
    }

    /// Whether a stranger sees the far picture from afar, rather than the near one.
    #[must_use]
    pub fn shows_far(&self) -> bool {
        self.far <= Self::MOST_AFAR
    }

    /// Whether no view of the curve shows the far picture more clearly than one with this percept, or hardly more.
    pub(crate) fn is_clearest(&self, p: f64) -> bool {
        let lowest = self.curve.iter().map(|percept| percept.p).fold(f64::INFINITY, f64::min);
        p <= lowest + Self::NEARLY
    }

    /// The nearest view of the curve from which the far picture is seen as clearly as from any, nearly.
    pub(crate) fn clearest(&self) -> Option<PixelsPerDegree> {
        let nearest = self.curve.iter().find(|percept| self.is_clearest(percept.p))?.ppd;
        Some(self.switch.far_begins_ppd.map_or(nearest, |begins| if begins > nearest { begins } else { nearest }))
    }

    /// What is seen in some view: between the views of the curve straight lines over the logarithm of distance; nearer and
    /// farther than all of them as at the ends. `None` of an empty curve.
    #[must_use]
    pub fn at(&self, view: PixelsPerDegree) -> Option<f64> {
        let octave = |percept: &Percept| percept.ppd.get().log2();
        let place = view.get().log2();
        let after = self.curve.partition_point(|percept| octave(percept) < place);
        match (after.checked_sub(1).map(|before| &self.curve[before]), self.curve.get(after)) {
            (Some(before), Some(after)) => {
                let part = (place - octave(before)) / (octave(after) - octave(before));
                Some(before.p + part * (after.p - before.p))
            }
            (end, other) => end.or(other).map(|percept| percept.p),
        }
    }
}

/// A pair, prepared for looking at many hybrids of it from two views and those between and around them; at copies of them, so
/// that a large picture costs little more than a small one.
#[derive(Clone, Debug, PartialEq)]
pub struct PerceptionReference {
    face: Option<Face>,
    viewing: Viewing,
    copy: JudgedCopy,
    percepts: PerceptReference,
}

impl PerceptionReference {
    /// Prepares two pictures that fit; frequencies are counted across the far picture's face, if that is its subject.
    ///
    /// # Errors
    ///
    /// [`VisionError`] if a view of the copies is out of range.
    pub fn of(aligned: &Aligned, viewing: &Viewing, execution: &Execution) -> Result<Self, VisionError> {
        let (copy, face) = (JudgedCopy::of(aligned.pair.size()), aligned.subject().face());
        let small_face = face.map(|face| copy.face(face)).transpose()?;
        let mut views = percept_views(copy.copy, small_face.as_ref());
        for view in [viewing.near_ppd, viewing.far_ppd] {
            views.push(copy.view(view)?);
        }
        let percepts = PerceptReference::new(&aligned.judged, small_face.as_ref(), &views, execution);
        Ok(Self { face, viewing: *viewing, copy, percepts })
    }

    /// Looks at a hybrid.
    ///
    /// # Errors
    ///
    /// [`VisionError::HybridSize`] if the hybrid is not of the pair's size, [`VisionError::Image`] if it is not finite.
    pub fn look(&self, hybrid: &Image<Encoded>, execution: &Execution) -> Result<Perception, VisionError> {
        let copy = self.copy.take(hybrid, execution)?;
        hybrid.check_finite()?;
        let mut curve = self.percepts.percepts(&copy, execution);
        let scale = self.copy.scale();
        for percept in &mut curve {
            percept.ppd = PixelsPerDegree::new(percept.ppd.get() / scale)?;
            percept.bands.iter_mut().for_each(|band| band.cycles_per_pixel *= scale);
        }
        let seen = |view: PixelsPerDegree| {
            let off = |percept: &Percept| (percept.ppd.get() / view.get()).ln().abs();
            curve.iter().min_by(|a, b| off(a).total_cmp(&off(b))).map_or(0.0, |percept| percept.p)
        };
        let (near, far) = (seen(self.viewing.near_ppd), seen(self.viewing.far_ppd));
        Ok(Perception { face: self.face, near, far, switch: PerceptSwitch::of(&curve), curve })
    }
}
