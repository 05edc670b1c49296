//! What is seen from one distance.

use crate::PixelsPerDegree;

/// What is seen of a hybrid in one view.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Percept {
    /// The view.
    pub ppd: PixelsPerDegree,
    /// Which picture is seen: +1 only the near one, 0 both alike, -1 only the far one; beyond 0.25 it is clear. 0 if nothing is
    /// seen at all.
    pub p: f64,
    /// The 11 bands, low to high.
    pub bands: Vec<PerceptBand>,
}

/// What is seen of both pictures in one band of spatial frequency: the least-squares fit
/// `hybrid = near_gain * near + far_gain * far`, in lightness as seen.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PerceptBand {
    /// The middle of the band in cycles across the far picture's face, or across a 2.4th of the shorter side.
    pub cycles: f64,
    /// The same in cycles per pixel.
    pub cycles_per_pixel: f64,
    /// How much the band matters for recognition, at most 1.
    pub weight: f64,
    /// Part of the near picture, nominally 0 to 1.
    pub near_gain: f64,
    /// Part of the far picture, nominally 0 to 1.
    pub far_gain: f64,
    /// Strength of the near picture in the band: root mean square, as a share of the lightness range.
    pub near_rms: f64,
    /// Strength of the far picture in the band.
    pub far_rms: f64,
}

/// A strength, of all bands together, that is as good as none: the rounding of single precision.
const NOTHING: f64 = 1e-7;

impl Percept {
    pub(super) fn new(ppd: PixelsPerDegree, bands: Vec<PerceptBand>) -> Self {
        let strength = |seen: fn(&PerceptBand) -> f64| bands.iter().map(|band| band.weight * seen(band)).sum::<f64>();
        let near = strength(|band| band.near_gain.abs() * band.near_rms);
        let far = strength(|band| band.far_gain.abs() * band.far_rms);
        Self { ppd, p: seen(near, far), bands }
    }
}

/// The percept p of what is seen of a near and a far picture.
pub(super) fn seen(near: f64, far: f64) -> f64 {
    (near - far) / (near + far + NOTHING)
}
