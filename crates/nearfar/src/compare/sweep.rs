//! A method over many settings.

use serde::Serialize;

use super::Look;
use crate::{Method, Report};

/// A hybrid that was made, rounded to 8 bits, and judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sample {
    /// The crossover, in cycles per pixel.
    pub crossover: f64,
    /// The settings that have this crossover.
    pub method: Method,
    /// What is seen of it.
    pub look: Look,
    /// What the method reports of its work.
    pub report: Report,
    /// Wall-clock time of mixing, measured once.
    pub seconds: f64,
}

/// A method over its whole trade-off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sweep {
    /// In order of increasing crossover.
    pub samples: Vec<Sample>,
}

/// A point of a sweep.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) crossover: f64,
    pub(super) p_far: f64,
}

impl From<&Sample> for Point {
    fn from(sample: &Sample) -> Self {
        Self { crossover: sample.crossover, p_far: sample.look.p_far }
    }
}

impl Sweep {
    /// The first two successive samples between which the percept from afar falls to `p_far`, the higher one first.
    pub(super) fn bracket(&self, p_far: f64) -> Option<[Point; 2]> {
        let below = self.samples.iter().position(|sample| sample.look.p_far <= p_far)?;
        let above = below.checked_sub(1)?;
        Some([above, below].map(|i| Point::from(&self.samples[i])))
    }
}
