//! Hybrids as they will look, before they are made: drafts on a small copy. Their percepts differ by .02 from those of the whole
//! hybrids, on average over 32 pairs, and by .12 at most.

use nearfar_descent as descent;
use nearfar_fourier as fourier;
use nearfar_kernels::{Crossover, Execution, Share};
use nearfar_vision::{Face, PerceptReference, PixelsPerDegree};

use crate::{Method, choice::MethodKind, event::no_observer, fit::Aligned};

/// A small copy of a pair, of which hybrids are made and looked at.
pub(crate) struct Drafts<'a> {
    aligned: &'a Aligned,
    kind: MethodKind,
    /// Pixels of the copy in a pixel of the pair.
    scale: f64,
    face: Option<Face>,
    /// The pair, as it is seen up close.
    near: PerceptReference,
    /// Copies are too small for more than one thread.
    execution: Execution,
}

/// The drafts that have one crossover.
pub(crate) struct Crossing<'a> {
    drafts: &'a Drafts<'a>,
    crossover: Crossover,
    /// The pair, as it is seen from where the far picture is.
    far: PerceptReference,
}

impl<'a> Drafts<'a> {
    /// Of a pair; up close is before a usual screen.
    pub(crate) fn new(aligned: &'a Aligned, kind: MethodKind) -> Self {
        let (copy, size) = (aligned.draft.pair.size(), aligned.pair.size());
        let scale = copy.shorter_side() as f64 / size.shorter_side() as f64;
        let face = aligned.subject().scaled(scale, copy).face();
        let execution = Execution::single_threaded();
        let near = PerceptReference::new(&aligned.draft.pair, face.as_ref(), &[aligned.draft.up_close], &execution);
        Self { aligned, kind, scale, face, near, execution }
    }

    /// Those with a crossover, whose far picture is seen by an eye that blurs by so many pixels. None where nobody sees so finely.
    pub(crate) fn crossing_at(&self, crossover: Crossover, far_eye_sigma: f64) -> Option<Crossing<'_>> {
        let view = PixelsPerDegree::from_eye_sigma(self.scale * far_eye_sigma).ok()?;
        let far = PerceptReference::new(&self.aligned.draft.pair, self.face.as_ref(), &[view], &self.execution);
        let crossover = Crossover::per_pixel(crossover.cycles_per_pixel() / self.scale).ok()?;
        Some(Crossing { drafts: self, crossover, far })
    }
}

impl Crossing<'_> {
    /// What is seen of the draft with this share up close and from afar, +1 (near) to -1 (far).
    pub(crate) fn look(&self, share: Share) -> Option<[f64; 2]> {
        let Drafts { aligned, kind, scale, execution, .. } = self.drafts;
        let (crossover, share) = (Some(self.crossover), Some(share.enlarged(*scale)));
        let method = match kind {
            MethodKind::Descent => Method::Descent(descent::Options { crossover, share, ..descent::Options::draft() }),
            MethodKind::Fourier => {
                Method::Fourier(fourier::Options { crossover, share, ..fourier::Options::default() })
            }
        };
        let (hybrid, _) = method.mix(&aligned.draft.pair, execution, &mut no_observer).ok()?;
        let seen = |reference: &PerceptReference| Some(reference.percepts(&hybrid, execution).first()?.p);
        Some([seen(&self.drafts.near)?, seen(&self.far)?])
    }
}
