//! A hybrid as it will look from afar, before it is made: a draft of it on a thumbnail.

use nearfar_fourier as fourier;
use nearfar_image::Pair;
use nearfar_kernels::{Crossover, Execution, Share};
use nearfar_vision::{PerceptReference, PixelsPerDegree, shrink};

use crate::{fit::Aligned, judged_copy::JudgedCopy};

/// A thumbnail of a pair, whose hybrids are looked at from where their far picture is seen. Filters make them: what an eye sees
/// from there is what both mixers agree on.
pub(crate) struct Draft {
    pair: Pair,
    crossover: Crossover,
    scale: f64,
    percepts: PerceptReference,
    execution: Execution,
}

/// Sigma of the Gaussian that leaves half at the crossover, in pixels of the thumbnail: what is too fine for it is gone from
/// afar.
const SIGMA: f64 = 1.5;

impl Draft {
    /// For hybrids with this crossover, seen by an eye that blurs by `eye_sigma` pixels; none where nobody sees so finely.
    pub(crate) fn new(aligned: &Aligned, crossover: Crossover, eye_sigma: f64) -> Option<Self> {
        let (size, judged) = (aligned.pair.size(), &aligned.judged);
        let side = (size.shorter_side() as f64 * SIGMA / crossover.sigma()).ceil() as usize;
        let copy = JudgedCopy::with_side(size, side.min(judged.size().shorter_side()));
        let scale = copy.scale();
        let shrunk = |picture| shrink(picture, copy.copy).ok();
        let pair = Pair::new(shrunk(judged.near())?, shrunk(judged.far())?).ok()?;
        let face = aligned.subject().face().and_then(|face| copy.face(face).ok());
        let view = PixelsPerDegree::from_eye_sigma(scale * eye_sigma).ok()?;
        let crossover = Crossover::per_pixel(crossover.cycles_per_pixel() / scale).ok()?;
        let execution = Execution::single_threaded();
        let percepts = PerceptReference::new(&pair, face.as_ref(), &[view], &execution);
        Some(Self { pair, crossover, scale, percepts, execution })
    }

    /// What is seen from afar, +1 (near) to -1 (far), if so much of the far picture comes through; none if no hybrid is.
    pub(crate) fn percept(&self, share: Share) -> Option<f64> {
        let options = fourier::Options {
            crossover: Some(self.crossover),
            share: Some(share.enlarged(self.scale)),
            ..fourier::Options::default()
        };
        let made = fourier::mix(&self.pair, &options, &self.execution).ok()?;
        Some(self.percepts.percepts(&made.hybrid, &self.execution).first()?.p)
    }
}
