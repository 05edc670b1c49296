//! A hybrid beside the pictures that it was made of.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::Execution;
use nearfar_vision::{Density, Length, Scores, Viewing, VisionError, score_watched};

use crate::{
    Event, Hybrid, Method, MixError, PerceptSummary, Perception, Phase, Request, What,
    event::{FITTED, Watch},
    fit::{Aligned, watched},
    smaller::is_copy,
};

/// A hybrid and the pictures that it was made of, laid onto each other as they were then, and what is seen.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Study {
    /// The pictures.
    pub aligned: Aligned,
    /// How they were mixed, in the hybrid's pixels.
    pub method: Method,
    /// The views that the hybrid is made for.
    pub viewing: Viewing,
    /// Pixels per inch of what it is seen on.
    pub density: Density,
    /// From where it is looked at: where the near picture should be seen.
    pub seat: Length,
    /// Which picture is seen from where.
    pub perception: Perception,
}

impl Study {
    /// Fits the pictures by the recipe of the request, shrinks them if the hybrid is a smaller copy, and looks at the hybrid from
    /// where the request says, or else from where the recipe, or what FAR shows, puts it.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit, the hybrid is not of the size that they have then, or the observer
    /// broke.
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

    /// The same; what is left of the work of `watch` is judging.
    pub(super) fn watched(
        hybrid: &Image<Encoded>,
        near: Image<Encoded>,
        far: Image<Encoded>,
        request: &Request,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, MixError> {
        request.check()?;
        let aligned = watched(near, far, &request.recipe.align, execution, &mut watch.until(FITTED))?;
        watch.begin(Phase::Judge, FITTED)?;
        Self::of_fitted(hybrid, aligned, request, execution)
    }

    /// Of a hybrid and its pictures, which fit.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`]: the hybrid is neither of their size nor a smaller copy, or nobody can look from so far.
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

    /// Of a hybrid that was just made for a request.
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

    /// How good the hybrid is.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`] if it has not the size of the pictures, [`MixError::Cancelled`] if the observer broke.
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

    /// The same as a part of the work.
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

/// How good a hybrid of a pair is, from two views.
pub(crate) fn scored(
    hybrid: &Image<Encoded>,
    pair: &Pair,
    viewing: &Viewing,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Scores, MixError> {
    let told = |share| match watch.at(share, What::Advanced) {
        Ok(()) => ControlFlow::Continue(()),
        Err(stopped) => ControlFlow::Break(stopped),
    };
    match score_watched(hybrid, pair, viewing, execution, told)? {
        ControlFlow::Continue(scores) => Ok(scores),
        ControlFlow::Break(stopped) => Err(stopped.into()),
    }
}
