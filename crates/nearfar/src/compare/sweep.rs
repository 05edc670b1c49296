//! A method at many settings.

use serde::Serialize;

use super::Look;
use crate::{Method, Report};

/// A hybrid that was made and judged, as a file of 8 bits holds it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sample {
    /// The crossover, in cycles per pixel.
    pub crossover: f64,
    /// The settings that have this crossover.
    pub method: Method,
    /// What is seen of it.
    pub look: Look,
    /// What the method says of its work.
    pub report: Report,
    /// Wall-clock time of mixing, measured once.
    pub seconds: f64,
}

/// A method over its whole trade-off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sweep {
    /// By rising crossover.
    pub samples: Vec<Sample>,
}

/// A place in a sweep.
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
    /// The two samples between which the percept from afar first falls to `p_far`, higher first.
    pub(super) fn bracket(&self, p_far: f64) -> Option<[Point; 2]> {
        let below = self.samples.iter().position(|sample| sample.look.p_far <= p_far)?;
        let above = below.checked_sub(1)?;
        Some([above, below].map(|i| Point::from(&self.samples[i])))
    }
}
