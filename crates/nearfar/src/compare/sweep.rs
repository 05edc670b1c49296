//! A method at many settings.

use nearfar_vision::{Scores, TradeOff, hypervolume, iso_far, pareto_front};
use serde::Serialize;

use crate::{Method, Report};

/// A hybrid that was made and judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sample {
    /// The crossover, in cycles per pixel.
    pub crossover: f64,
    /// The settings that have this crossover.
    pub method: Method,
    /// Scores of the hybrid as a file of 8 bits holds it.
    pub scores: Scores,
    /// What the method says of its work.
    pub report: Report,
    /// Wall-clock time of mixing, measured once.
    pub seconds: f64,
}

/// What a sweep has where its far fidelity is a certain one, by interpolation between two samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct IsoFar {
    /// How well the near picture is seen up close. Larger is better.
    pub near_fidelity: f64,
    /// How much of the far picture is seen up close. Smaller is better.
    pub near_leakage: f64,
    /// How much of the near picture is seen from afar. Smaller is better.
    pub far_leakage: f64,
    /// Share of pixels with a channel at 0 or at full.
    pub clipped_share: f64,
}

/// A method over its whole trade-off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sweep {
    /// By rising crossover.
    pub samples: Vec<Sample>,
    /// Indices of the samples that no other beats in both fidelities, by rising near fidelity.
    pub front: Vec<usize>,
    /// Share of all trade-offs, from useless to perfect, that some sample equals or beats. Larger is better.
    pub hypervolume: f64,
    /// Readings at the far fidelity that was asked for; `None` where the sweep does not bracket it.
    pub iso_far: Option<IsoFar>,
}

/// A place in a sweep.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) crossover: f64,
    pub(super) far_fidelity: f64,
}

impl Sweep {
    pub(super) fn new(samples: Vec<Sample>, far_fidelity: f64) -> Self {
        let points: Vec<_> = samples.iter().map(Sample::trade_off).collect();
        let read = |value: fn(&Scores) -> f64| {
            let curve: Vec<_> = samples.iter().map(|s| (s.scores.far_fidelity, value(&s.scores))).collect();
            iso_far(&curve, far_fidelity)
        };
        let iso_far = || {
            Some(IsoFar {
                near_fidelity: read(|s| s.near_fidelity)?,
                near_leakage: read(|s| s.near_leakage)?,
                far_leakage: read(|s| s.far_leakage)?,
                clipped_share: read(|s| s.clipped_share)?,
            })
        };
        Self { front: pareto_front(&points), hypervolume: hypervolume(&points), iso_far: iso_far(), samples }
    }

    /// The two samples between which the far fidelity reaches `far_fidelity`, lower first.
    pub(super) fn bracket(&self, far_fidelity: f64) -> Option<[Point; 2]> {
        let above = self.samples.iter().position(|sample| sample.scores.far_fidelity >= far_fidelity)?;
        let below = above.checked_sub(1)?;
        Some([below, above].map(|i| {
            let Sample { crossover, scores, .. } = &self.samples[i];
            Point { crossover: *crossover, far_fidelity: scores.far_fidelity }
        }))
    }
}

impl Sample {
    /// Both fidelities.
    #[must_use]
    pub fn trade_off(&self) -> TradeOff {
        TradeOff { near: self.scores.near_fidelity, far: self.scores.far_fidelity }
    }
}
