//! How strong two pictures are, and what would be seen of a hybrid of them that nobody has made yet.

use nearfar_image::Pair;
use nearfar_kernels::Execution;

use super::{Face, grid::Grid, result::seen, strength::Strength, view::strengths};
use crate::{
    PixelsPerDegree,
    light::{lightness, luminance},
};

/// How strong light and dark of both pictures of a pair are in the bands of a [`Percept`](super::Percept), as an eye sees them
/// that blurs a little.
#[derive(Clone, Debug, PartialEq)]
pub struct PerceptStrengths {
    /// Low to high.
    bands: Vec<Strength>,
}

impl PerceptStrengths {
    /// Of a pair in a view; frequencies are counted across `face`, a face of the far picture, if there is one, else across
    /// the shorter side.
    #[must_use]
    pub fn of(pair: &Pair, face: Option<&Face>, view: PixelsPerDegree, execution: &Execution) -> Self {
        let size = pair.size();
        let [near, far] = [pair.near(), pair.far()].map(|picture| lightness(execution, luminance(execution, picture)));
        Self { bands: strengths(&Grid::pixels(size), [near, far], size, face, view, execution) }
    }

    /// The percept of lightness in that view, +1 (near) to -1 (far), of a hybrid that at every frequency, in cycles as percepts
    /// count them, has `far_share` of the far picture, 0 to 1, and the rest of the near one.
    #[must_use]
    pub fn percept(&self, far_share: impl Fn(f64) -> f64) -> f64 {
        let strength = |of: fn(&Strength, f64) -> f64| {
            self.bands.iter().map(|band| band.weight * of(band, far_share(band.cycles))).sum()
        };
        seen(strength(|band, far| (1.0 - far) * band.rms[0]), strength(|band, far| far * band.rms[1]))
    }
}
