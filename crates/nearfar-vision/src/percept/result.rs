//! The percept at one distance.

use crate::PixelsPerDegree;

/// What is seen of a hybrid in one view.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Percept {
    /// The view.
    pub ppd: PixelsPerDegree,
    /// Which picture is seen: +1 only the near one, 0 both alike, -1 only the far one; clear beyond 0.25 in magnitude.
    /// 0 if nothing is seen at all.
    pub p: f64,
    /// The percept of lightness alone, as for a grey copy of the hybrid.
    pub lightness: f64,
    /// The 11 bands, low to high.
    pub bands: Vec<PerceptBand>,
}

/// What is seen of the two pictures in one band of spatial frequency: the least-squares fit
/// `hybrid = near_gain * near + far_gain * far`, in lightness as seen, and another one in colours.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PerceptBand {
    /// Centre of the band in cycles across the far picture's face, or across a 2.4th of the shorter side.
    pub cycles: f64,
    /// Centre of the band in cycles per pixel.
    pub cycles_per_pixel: f64,
    /// Weight of the band in recognition, at most 1.
    pub weight: f64,
    /// Gain of the near picture, nominally 0 to 1.
    pub near_gain: f64,
    /// Gain of the far picture, nominally 0 to 1.
    pub far_gain: f64,
    /// Strength of the near picture in the band: root mean square, as a fraction of the lightness range.
    pub near_rms: f64,
    /// Strength of the far picture in the band.
    pub far_rms: f64,
    /// What is seen of the near picture's colours, in the same units: gain times root mean square of a* and b*. 0 for
    /// grey, and in the two highest bands, where colours are not counted.
    pub near_color: f64,
    /// What is seen of the far picture's colours.
    pub far_color: f64,
}

/// A strength, summed over all bands, that counts as zero: the rounding of single precision.
const NOTHING: f64 = 1e-7;

/// Weight of a difference in colour relative to one in lightness of the same size in CIE L*a*b*. 87 hybrids were shown,
/// each as small as from where its far picture is best, to judges who were told nothing. Their verdicts and p agree in
/// rank (Spearman) by .65 with a weight of 0, .79 with .5, .78 with 1 and .73 with 2; p is -.51 where the far picture
/// was named, -.10 where the near one was.
const COLOR_WEIGHT: f64 = 0.5;

impl Percept {
    pub(super) fn new(ppd: PixelsPerDegree, bands: Vec<PerceptBand>) -> Self {
        let strength = |seen: fn(&PerceptBand) -> f64| bands.iter().map(|band| band.weight * seen(band)).sum::<f64>();
        let near = strength(|band| band.near_gain.abs() * band.near_rms);
        let far = strength(|band| band.far_gain.abs() * band.far_rms);
        let [near_color, far_color] = [strength(|band| band.near_color), strength(|band| band.far_color)];
        Self {
            ppd,
            p: seen(near + COLOR_WEIGHT * near_color, far + COLOR_WEIGHT * far_color),
            lightness: seen(near, far),
            bands,
        }
    }
}

/// The percept p, given what is seen of the near and the far picture.
fn seen(near: f64, far: f64) -> f64 {
    (near - far) / (near + far + NOTHING)
}
