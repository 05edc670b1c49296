//! Paired differences between methods, and how to describe them.

use nearfar::{
    compare::Look,
    vision::{Interval, bootstrap_mean},
};

use crate::Row;

/// A number by which methods are compared.
pub(crate) struct Metric {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) decimals: usize,
    pub(crate) larger_is_better: bool,
    pub(crate) read: fn(&Look) -> f64,
}

impl Metric {
    /// At equal percept from afar; `None` if the method does not reach it.
    pub(crate) fn matched(&self, row: &Row, method: usize) -> Option<f64> {
        row.comparison.matched[method].as_ref().map(|made| (self.read)(&made.sample.look))
    }

    /// "This method less the other" over the pairs for which both have a value.
    pub(crate) fn differences<'a>(
        &self,
        rows: impl IntoIterator<Item = &'a Row>,
        [this, other]: [usize; 2],
    ) -> Vec<f64> {
        rows.into_iter().filter_map(|row| Some(self.matched(row, this)? - self.matched(row, other)?)).collect()
    }
}

pub(crate) const P_NEAR: Metric =
    Metric { name: "p up close", unit: "", decimals: 3, larger_is_better: true, read: |look| look.p_near };

pub(crate) const METRICS: [Metric; 4] = [
    P_NEAR,
    Metric { name: "halo", unit: " L*", decimals: 2, larger_is_better: false, read: |look| look.naturalness.halo },
    Metric {
        name: "colour error",
        unit: " %",
        decimals: 2,
        larger_is_better: false,
        read: |look| look.naturalness.color_error,
    },
    Metric {
        name: "pixels cut off",
        unit: " %",
        decimals: 2,
        larger_is_better: false,
        read: |look| 100.0 * look.naturalness.clipped_share,
    },
];

/// Whether one method is better than another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Better,
    Worse,
    Open,
}

impl Verdict {
    /// Judged only by the interval of "this one less the other": it must exclude 0.
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

/// Mean of differences with its 95 % interval.
pub(crate) fn interval(differences: &[f64]) -> Option<Interval> {
    bootstrap_mean(differences, 1)
}
