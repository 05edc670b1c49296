//! Drafts: hybrids of a small copy of the pair, made to see in advance how the hybrid will look. Over the 42 pairs of docs/judges.md
//! the near picture's percept is .06 higher at full size, where details are that a small copy does not have (standard deviation
//! .04, .18 at most); the far picture's is the same (standard deviation .04, .10 at most).

use nearfar_descent as descent;
use nearfar_fourier as fourier;
use nearfar_kernels::{Crossover, Execution, Share};
use nearfar_vision::{Face, PerceptReference, PixelsPerDegree};

use crate::{Method, choice::MethodKind, event::no_observer, fit::Aligned};

/// A small copy of a pair, from which drafts are made and judged.
pub(crate) struct Drafts<'a> {
    aligned: &'a Aligned,
    kind: MethodKind,
    /// Size of the copy relative to the pair: below 1.
    scale: f64,
    face: Option<Face>,
    /// The pair as seen up close.
    near: PerceptReference,
    /// Single-threaded: the copies are too small to gain from more threads.
    execution: Execution,
}

/// Drafts with the same crossover.
pub(crate) struct Crossing<'a> {
    drafts: &'a Drafts<'a>,
    crossover: Crossover,
    /// The pair as seen from the distance of the far picture.
    far: PerceptReference,
    /// The same, but all of it: only where the subject is a face, and so not the whole picture.
    whole: Option<PerceptReference>,
}

/// Percepts of a draft, each from +1 (near) to -1 (far).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Up close.
    pub(crate) near: f64,
    /// From afar.
    pub(crate) far: f64,
    /// From afar, of the whole picture, where the subject is a face.
    pub(crate) whole: Option<f64>,
}

impl<'a> Drafts<'a> {
    /// Drafts of a pair. "Up close" means in front of a usual screen.
    pub(crate) fn new(aligned: &'a Aligned, kind: MethodKind) -> Self {
        let (copy, size) = (aligned.draft.pair.size(), aligned.pair.size());
        let scale = copy.shorter_side() as f64 / size.shorter_side() as f64;
        let face = aligned.subject().scaled(scale, copy).face();
        let execution = Execution::single_threaded();
        let near = PerceptReference::new(&aligned.draft.pair, face.as_ref(), &[aligned.draft.up_close], &execution);
        Self { aligned, kind, scale, face, near, execution }
    }

    /// Drafts with one crossover, whose far picture is for an eye that blurs with `far_eye_sigma`, in pixels of the pair.
    /// `None` if no eye sees so finely.
    pub(crate) fn crossing_at(&self, crossover: Crossover, far_eye_sigma: f64) -> Option<Crossing<'_>> {
        let view = PixelsPerDegree::from_eye_sigma(self.scale * far_eye_sigma).ok()?;
        let of = |face| PerceptReference::new(&self.aligned.draft.pair, face, &[view], &self.execution);
        let (far, whole) = (of(self.face.as_ref()), self.face.map(|_| of(None)));
        let crossover = Crossover::per_pixel(crossover.cycles_per_pixel() / self.scale).ok()?;
        Some(Crossing { drafts: self, crossover, far, whole })
    }
}

impl Crossing<'_> {
    /// The percepts of the draft with this share.
    pub(crate) fn look(&self, share: Share) -> Option<Look> {
        let Drafts { aligned, kind, scale, execution, .. } = self.drafts;
        let (crossover, share) = (Some(self.crossover), Some(share.scaled(*scale)));
        let method = match kind {
            MethodKind::Descent => Method::Descent(descent::Options { crossover, share, ..descent::Options::draft() }),
            MethodKind::Fourier => {
                Method::Fourier(fourier::Options { crossover, share, ..fourier::Options::default() })
            }
        };
        let (hybrid, _) = method.mix(&aligned.draft.pair, execution, &mut no_observer).ok()?;
        let seen = |reference: &PerceptReference| Some(reference.percepts(&hybrid, execution).first()?.p);
        let whole = self.whole.as_ref().and_then(seen);
        Some(Look { near: seen(&self.drafts.near)?, far: seen(&self.far)?, whole })
    }
}
