//! The steps from two pictures to a hybrid: fit, choose, mix, look.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{Length, PixelsPerDegree, Viewing};

use super::Request;
use crate::{
    Choice, Event, Hybrid, Method, MixError, Note, Perception, Phase, Recipe,
    choose::finest,
    crossover_seen_by,
    event::{FITTED, MIXED, Watch},
    far_eye_sigma,
    fit::{self, Aligned},
    method::Begin,
};

/// The far picture must be seen from at least this many times as far away as the near one, for an eye to tell them apart.
const LEAST_RATIO: f64 = 2.5;
/// Pixels across the shorter side that hold the 11 cycles by which one picture is recognised, with some left for the other.
const LEAST_SIDE: usize = 64;

impl Recipe {
    /// Fits the pictures and mixes them: a [`Request`] with this recipe and nothing else.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be fitted, or an option makes no sense.
    pub fn mix(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        Request::from(self.clone()).mix(near, far, execution, observer)
    }
}

impl Request {
    /// Fits the pictures, chooses what was left open, mixes, and looks at the hybrid.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be fitted, something given makes no sense or would have no effect, or the observer broke
    /// before there was a hybrid.
    pub fn mix(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        let watch = &mut Watch::new(observer);
        let aligned = self.fitted(near, far, execution, watch)?;
        self.mixed(aligned, Begin::default(), execution, watch)
    }

    /// The same for two pictures that are fitted already, for callers that mix a pair more than once. The optimiser starts from
    /// `start`, a picture of their size, if it is given.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`], and as [`Method::mix_from`].
    pub fn mix_aligned(
        &self,
        aligned: Aligned,
        start: Option<Image<Encoded>>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        self.mixed(aligned, Begin { start, own: None }, execution, &mut Watch::new(observer))
    }

    /// Fits the pictures by the recipe, for callers that do more with them than mix once.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be fitted, or the observer broke.
    pub fn fit(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Aligned, MixError> {
        self.check()?;
        Ok(fit::watched(near, far, &self.recipe.align, true, execution, &mut Watch::new(observer))?)
    }

    pub(crate) fn fitted(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Aligned, MixError> {
        self.fitted_until(near, far, FITTED, execution, watch)
    }

    /// Fits the pictures, which completes this share of the work.
    pub(crate) fn fitted_until(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        share: f64,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Aligned, MixError> {
        self.check()?;
        let wants_faces = !(self.unjudged && self.is_settled(near.size()));
        Ok(fit::watched(near, far, &self.recipe.align, wants_faces, execution, &mut watch.until(share))?)
    }

    /// Whether it says all that could be chosen for pictures of this size.
    fn is_settled(&self, size: Size) -> bool {
        self.cutoffs.laid_over(self.recipe.method.clone(), size).is_ok_and(|method| method.is_settled())
    }

    /// Chooses, mixes and looks.
    pub(crate) fn mixed(
        &self,
        aligned: Aligned,
        begin: Begin<'_>,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Hybrid, MixError> {
        let mut notes = Vec::new();
        let (method, viewing) = self.chosen(&aligned, &mut notes)?;
        // An observer that breaks from here on gets the best hybrid so far.
        let _ = watch.noted(&notes);

        let (picture, report) = method.watched(begin, &aligned.pair, execution, &mut watch.until(MIXED))?;
        let mut hybrid = Hybrid { picture, aligned, method, report, viewing, perception: None, notes };
        if let Some(viewing) = viewing.filter(|_| !self.unjudged && !hybrid.is_cancelled()) {
            let _ = watch.begin(Phase::Judge, MIXED);
            let perception = Perception::of(&hybrid.picture, &hybrid.aligned, &viewing, execution)?;
            let known = hybrid.notes.len();
            hybrid.notes.extend(self.judged(&perception, &hybrid.aligned, &viewing)?);
            hybrid.perception = Some(perception);
            let _ = watch.noted(&hybrid.notes[known..]);
        }
        Ok(hybrid)
    }

    /// The method and the views for two fitted pictures, with notes on the fit and on what was chosen.
    pub(crate) fn chosen(
        &self,
        aligned: &Aligned,
        notes: &mut Vec<Note>,
    ) -> Result<(Method, Option<Viewing>), MixError> {
        self.check()?;
        if self.recipe.align.method != fit::Method::None {
            notes.push(Note::Fitted(aligned.fitted()));
        }
        notes.extend(aligned.notes.iter().cloned());
        self.settle(aligned, notes)
    }

    /// The method with everything given and, for the rest, what is chosen; and the views that it is for.
    pub(crate) fn settle(
        &self,
        aligned: &Aligned,
        notes: &mut Vec<Note>,
    ) -> Result<(Method, Option<Viewing>), MixError> {
        let size = aligned.pair.size();
        if size.shorter_side() < LEAST_SIDE {
            notes.push(Note::Small { size });
        }
        let density = self.density(size)?;
        self.near.map(|near| PixelsPerDegree::at(near, density)).transpose()?;
        let mut method = self.cutoffs.laid_over(self.recipe.method.clone(), size)?;
        if let Some(distance) = self.far {
            let sigma = PixelsPerDegree::at(distance, density)?.eye_sigma();
            notes.push(Note::EyeBlur { distance, sigma });
            if crossover_seen_by(sigma).is_none() {
                let made_for = PixelsPerDegree::from_eye_sigma(far_eye_sigma(finest()))?.distance(density)?;
                notes.push(Note::FarTooNear { far: distance, made_for });
            }
            method = method.seen_through(sigma);
        }
        let chosen = method.crossover().is_none();
        let shared = method.share().is_none();
        let strength = self.share.strength();
        let mut method = method.settled(aligned, strength);
        self.share.check(method.share(), chosen, shared)?;
        if let Some(share) = method.share() {
            method = method.with_share(self.share.laid_over(share));
        }
        if chosen {
            let Choice { crossover, subject, relative_cycles, .. } = method.choose(aligned, strength);
            notes.push(Note::Chosen { crossover, sigma: method.sigma(), subject, relative_cycles, strength });
        }
        let viewing = match method.crossover().map(|crossover| self.viewing(crossover, size)) {
            None | Some(Err(MixError::Vision(_))) => return Ok((method, None)),
            Some(viewing) => viewing?,
        };
        if let Ok(far) = viewing.far_ppd.distance(density)
            && let Some(near) = self.near.filter(|near| near.centimetres() * LEAST_RATIO > far.centimetres())
        {
            let most = Length::from_centimetres(far.centimetres() / LEAST_RATIO)?;
            notes.push(Note::NearTooFar { near, most });
        }
        Ok((method, Some(viewing)))
    }
}
