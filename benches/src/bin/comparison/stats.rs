//! Paired differences between methods, and the words that they deserve.

use nearfar::{
    compare::{IsoFar, Sample},
    vision::{Interval, bootstrap_mean},
};

use crate::Row;

/// A number to compare methods by.
pub(crate) struct Metric {
    pub(crate) name: &'static str,
    pub(crate) larger_is_better: bool,
    pub(crate) read: fn(&IsoFar) -> f64,
}

pub(crate) const METRICS: [Metric; 4] = [
    Metric { name: "near fidelity", larger_is_better: true, read: |iso| iso.near_fidelity },
    Metric { name: "near leakage", larger_is_better: false, read: |iso| iso.near_leakage },
    Metric { name: "far leakage", larger_is_better: false, read: |iso| iso.far_leakage },
    Metric { name: "pixels at the bounds", larger_is_better: false, read: |iso| iso.clipped_share },
];

/// Whether one method is better than another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Better,
    Worse,
    Open,
}

impl Verdict {
    /// By the interval of "this one less the other", and nothing else: it must exclude 0.
    pub(crate) fn of(interval: Option<Interval>, larger_is_better: bool) -> Self {
        match interval {
            Some(Interval { low, .. }) if low > 0.0 => [Self::Worse, Self::Better][usize::from(larger_is_better)],
            Some(Interval { high, .. }) if high < 0.0 => [Self::Better, Self::Worse][usize::from(larger_is_better)],
            _ => Self::Open,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Open => "no clear difference",
        }
    }
}

/// Differences in a reading at equal far fidelity, "this method less the other", over the pairs where both have it.
pub(crate) fn iso_difference(rows: &[Row], this: usize, other: usize, read: fn(&IsoFar) -> f64) -> Vec<f64> {
    let reading = |row: &Row, method: usize| row.comparison.sweeps[method].iso_far.as_ref().map(read);
    rows.iter().filter_map(|row| Some(reading(row, this)? - reading(row, other)?)).collect()
}

/// Differences in hypervolume.
pub(crate) fn volume_difference(rows: &[Row], this: usize, other: usize) -> Vec<f64> {
    let volume = |row: &Row, method: usize| row.comparison.sweeps[method].hypervolume;
    rows.iter().map(|row| volume(row, this) - volume(row, other)).collect()
}

/// Differences in a score at equal crossover.
pub(crate) fn crossover_difference(rows: &[Row], this: usize, other: usize, read: fn(&Sample) -> f64) -> Vec<f64> {
    let score = |row: &Row, method: usize| read(&row.comparison.same_crossover[method].sample);
    rows.iter().map(|row| score(row, this) - score(row, other)).collect()
}

/// Mean of differences with its 95 % interval.
pub(crate) fn interval(differences: &[f64]) -> Option<Interval> {
    bootstrap_mean(differences, 1)
}
