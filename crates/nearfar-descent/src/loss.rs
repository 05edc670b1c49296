//! Losses of a picture, and sums that do not depend on the schedule.

use std::{borrow::Cow, ops::Range};

use fearless_simd::{Simd, SimdBase};
use nearfar_kernels::rows::select;

/// The loss of a picture, in total and by term.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Losses {
    /// The number that is minimised: the sum over all terms of weight times value.
    pub total: f64,
    /// The terms' losses, in the objective's order.
    pub terms: Vec<Loss>,
}

/// The loss of a picture by one term.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Loss {
    /// The term's name.
    pub name: Cow<'static, str>,
    /// Factor of the value in the total.
    pub weight: f64,
    /// The loss itself, unweighted: a sum over pixels and axes, not a mean.
    pub value: f64,
}

impl Losses {
    pub(crate) fn add(&mut self, name: Cow<'static, str>, weight: f64, value: f64) {
        self.total += weight * value;
        self.terms.push(Loss { name, weight, value });
    }

    /// The unweighted loss of the term called `name`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<f64> {
        self.terms.iter().find(|term| term.name == name).map(|term| term.value)
    }
}

/// A sum of vectors in single precision, flushed into double precision before its error can grow.
pub(crate) struct VectorSum<S: Simd> {
    simd: S,
    lanes: S::f32s,
    pending: usize,
    sum: f64,
}

impl<S: Simd> VectorSum<S> {
    /// Vectors added in single precision before the lanes are flushed.
    const LIMIT: usize = 64;

    #[inline(always)]
    pub(crate) fn new(simd: S) -> Self {
        Self { simd, lanes: S::f32s::splat(simd, 0.0), pending: 0, sum: 0.0 }
    }

    /// Adds the samples of `block` in the range `counted`.
    #[inline(always)]
    pub(crate) fn add<const B: usize>(&mut self, mut block: [S::f32s; B], counted: Range<usize>) {
        if counted != (0..B * S::f32s::LEN) {
            block = select(self.simd, counted, block, [S::f32s::splat(self.simd, 0.0); B]);
        }
        for vector in &block {
            self.lanes += *vector;
        }
        self.pending += B;
        if self.pending >= Self::LIMIT {
            self.empty();
        }
    }

    #[inline(always)]
    fn empty(&mut self) {
        self.sum += self.lanes.as_slice().iter().map(|&v| f64::from(v)).sum::<f64>();
        self.lanes = S::f32s::splat(self.simd, 0.0);
        self.pending = 0;
    }

    #[inline(always)]
    pub(crate) fn finish(mut self) -> f64 {
        self.empty();
        self.sum
    }
}
