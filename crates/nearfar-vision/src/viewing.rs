//! The views in which a hybrid is judged.

use crate::PixelsPerDegree;

/// The two views that a hybrid is made for. The default, 39.6 and 194 pixels per degree, is a screen of 96 dpi at 60 cm
/// and at 2.94 m, where the eye's blur has a sigma of 0.61 and 2.99 pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Viewing {
    /// The view in which the near picture should be seen.
    pub near_ppd: PixelsPerDegree,
    /// The view in which the far picture should be seen.
    pub far_ppd: PixelsPerDegree,
}

impl Default for Viewing {
    fn default() -> Self {
        Self { near_ppd: PixelsPerDegree::constant(39.6), far_ppd: PixelsPerDegree::constant(194.0) }
    }
}
