//! The scores of a hybrid.

use crate::{BandGain, PixelsPerDegree, Switch, Viewing, gains::NOTHING};

/// All scores of one hybrid. Every number that depends on a distance is accompanied by the view it was taken in.
///
/// A fidelity or leakage is the structural similarity of the hybrid and one of its pictures in one view: 1 for the
/// picture itself, down to -1 for its negative. An unrelated picture scores near 0 only where contrast is strong:
/// contrast below about 1.5 L* counts as none, so where both are faint they count as alike.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Scores {
    /// The two views of the fidelities and leakages.
    pub viewing: Viewing,
    /// How well the near picture is seen up close. Larger is better.
    pub near_fidelity: f64,
    /// How well the far picture is seen from afar. Larger is better.
    pub far_fidelity: f64,
    /// How much of the far picture is seen up close. Smaller is better, but it is never 0: the low band of the far
    /// picture is in the hybrid. Compare it between methods at equal far fidelity.
    pub near_leakage: f64,
    /// How much of the near picture is seen from afar. Smaller is better.
    pub far_leakage: f64,
    /// Mean absolute difference in lightness L* (0 to 100) between the hybrid and the far picture, both seen from afar.
    /// The similarities above are insensitive to a wrong exposure; this is not.
    pub luminance_error: f64,
    /// Share of pixels with a channel at 0 or at full, including those that were so in the original pictures.
    pub clipped_share: f64,
    /// Far fidelity at five fixed views, so that no method wins by being tuned to one.
    pub far_sweep: [FarFidelity; 5],
    /// What the hybrid took from each picture, fine bands to coarse.
    pub bands: Vec<BandGain>,
    /// The distance from which on the far picture dominates.
    pub switch: Switch,
}

/// Far fidelity in one view.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FarFidelity {
    /// The view.
    pub ppd: PixelsPerDegree,
    /// How well the far picture is seen in it.
    pub far_fidelity: f64,
}

/// The views of [`Scores::far_sweep`]: half an octave apart, two on either side of the usual far view.
pub(crate) const FAR_SWEEP: [PixelsPerDegree; 5] = [
    PixelsPerDegree::constant(97.0),
    PixelsPerDegree::constant(138.0),
    PixelsPerDegree::constant(194.0),
    PixelsPerDegree::constant(274.0),
    PixelsPerDegree::constant(388.0),
];

impl Scores {
    /// Share of the hybrid's detail, over all bands, that no constant gains of the two pictures explain (see
    /// [`BandGain::residual_rms`]): 0 to 1; 0 if the hybrid has no detail.
    #[must_use]
    pub fn artefact_share(&self) -> f64 {
        let energy = |rms: fn(&BandGain) -> f64| self.bands.iter().map(|band| rms(band).powi(2)).sum::<f64>();
        let all = energy(|band| band.hybrid_rms);
        if all > NOTHING * NOTHING { energy(|band| band.residual_rms) / all } else { 0.0 }
    }
}
