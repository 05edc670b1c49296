//! A hybrid beside the pictures from which it was made.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::Execution;
use nearfar_vision::{Density, Length, Scores, Viewing, VisionError, score_watched};

use crate::{
    Event, EventKind, Hybrid, Method, MixError, PerceptSummary, Perception, Phase, Request,
    event::{FITTED, Watch},
    fit::{Aligned, watched},
    smaller::is_copy,
};

/// A hybrid and its two pictures in register, and what is seen.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Study {
    /// The pictures.
    pub aligned: Aligned,
    /// How they were mixed, in pixels of the hybrid.
    pub method: Method,
    /// The views for which the hybrid is made.
    pub viewing: Viewing,
    /// Pixels per inch of the surface.
    pub density: Density,
    /// Distance of the viewer, from which the near picture should be seen.
    pub seat: Length,
    /// Which picture is seen from where.
    pub perception: Perception,
}

impl Study {
    /// Brings the pictures into register by the recipe of the request, shrinks them if the hybrid is a smaller copy, and
    /// judges the hybrid from the distances of the request, or else from those that the recipe or FAR's subject implies.
    ///
    /// # Errors
    ///
    /// [`MixError`] if the pictures cannot be brought into register, the hybrid then differs from them in size, or the
    /// observer stopped the work.
    pub fn new(
        hybrid: &Image<Encoded>,
        near: Image<Encoded>,
        far: Image<Encoded>,
        request: &Request,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Self, MixError> {
        Self::watched(hybrid, near, far, request, execution, &mut Watch::new(observer))
    }

    /// As [`Self::new`]; judging takes the rest of the work of `watch`.
    pub(super) fn watched(
        hybrid: &Image<Encoded>,
        near: Image<Encoded>,
        far: Image<Encoded>,
        request: &Request,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, MixError> {
        request.check()?;
        let aligned = watched(near, far, &request.recipe.align, true, execution, &mut watch.until(FITTED))?;
        watch.begin(Phase::Judge, FITTED)?;
        Self::of_fitted(hybrid, aligned, request, execution)
    }

    /// The study of a hybrid and its pictures, which are in register.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`] if the hybrid is neither of their size nor a smaller copy, or a distance is out of range.
    pub fn of_fitted(
        hybrid: &Image<Encoded>,
        aligned: Aligned,
        request: &Request,
        execution: &Execution,
    ) -> Result<Self, MixError> {
        let (whole, pair) = (aligned.pair.size(), hybrid.size());
        let mut request = request.clone();
        let aligned = if is_copy(pair, whole) {
            let factor = pair.width() as f64 / whole.width() as f64;
            request.recipe.method = request.recipe.method.shrunk(factor);
            aligned.shrunk(pair)?
        } else if pair == whole {
            aligned
        } else {
            return Err(VisionError::HybridSize { hybrid: pair, pair: whole }.into());
        };
        let (viewing, density) = (request.viewing_of(&aligned)?, request.density(pair)?);
        let perception = Perception::of(hybrid, &aligned, &viewing, execution)?;
        let (seat, method) = (request.near_distance(), request.recipe.method);
        Ok(Self { aligned, method, viewing, density, seat, perception })
    }

    /// The study of a hybrid that was just made for a request.
    ///
    /// # Errors
    ///
    /// [`MixError`] if the hybrid has no views of its own and none can be chosen for it.
    pub fn of(hybrid: &Hybrid, request: &Request, execution: &Execution) -> Result<Self, MixError> {
        let aligned = hybrid.aligned.clone();
        let density = request.density(aligned.pair.size())?;
        let viewing = hybrid.viewing.map_or_else(|| request.viewing_of(&aligned), Ok)?;
        let perception = match &hybrid.perception {
            Some(perception) => perception.clone(),
            None => Perception::of(&hybrid.picture, &aligned, &viewing, execution)?,
        };
        let (seat, method) = (request.near_distance(), hybrid.method.clone());
        Ok(Self { aligned, method, viewing, density, seat, perception })
    }

    /// The scores of the hybrid.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`] if its size differs from that of the pictures, [`MixError::Cancelled`] if the observer stopped
    /// the work.
    pub fn scores(
        &self,
        hybrid: &Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Scores, MixError> {
        let watch = &mut Watch::new(observer);
        watch.begin(Phase::Judge, FITTED)?;
        self.scored(hybrid, execution, &mut watch.until(1.0))
    }

    /// The scores, as a part of the work.
    pub(super) fn scored(
        &self,
        hybrid: &Image<Encoded>,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Scores, MixError> {
        scored(hybrid, &self.aligned.pair, &self.viewing, execution, watch)
    }

    /// Which picture is seen from where, as data.
    #[must_use]
    pub fn percept(&self) -> PerceptSummary {
        PerceptSummary::new(&self.perception, Some(self.viewing.far_ppd), self.density, self.aligned.pair.size())
    }
}

/// The scores of a hybrid of a pair in two views.
pub(crate) fn scored(
    hybrid: &Image<Encoded>,
    pair: &Pair,
    viewing: &Viewing,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Scores, MixError> {
    let told = |share| match watch.at(share, EventKind::Advanced) {
        Ok(()) => ControlFlow::Continue(()),
        Err(stopped) => ControlFlow::Break(stopped),
    };
    match score_watched(hybrid, pair, viewing, execution, told)? {
        ControlFlow::Continue(scores) => Ok(scores),
        ControlFlow::Break(stopped) => Err(stopped.into()),
    }
}
