//! What a picture costs, and sums that do not depend on the schedule.

use fearless_simd::{Simd, SimdBase};

/// What a picture costs: sums of squares over pixels and channels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Losses {
    /// `near_weight * near + far_weight * far`, the number that is minimised.
    pub total: f64,
    /// Squared difference from the near picture, unweighted.
    pub near: f64,
    /// Squared difference between the blurred picture and the blurred far picture, unweighted.
    pub far: f64,
}

/// A sum of vectors in single precision, emptied into double precision before its error can grow.
pub(crate) struct VectorSum<S: Simd> {
    simd: S,
    lanes: S::f32s,
    pending: u32,
    sum: f64,
}

impl<S: Simd> VectorSum<S> {
    /// Vectors added in single precision before the lanes are emptied.
    const LIMIT: u32 = 16;

    #[inline(always)]
    pub(crate) fn new(simd: S) -> Self {
        Self { simd, lanes: S::f32s::splat(simd, 0.0), pending: 0, sum: 0.0 }
    }

    /// Adds the first `lanes` lanes of `value`.
    #[inline(always)]
    pub(crate) fn add(&mut self, value: S::f32s, lanes: usize) {
        self.lanes += if lanes == S::f32s::LEN {
            value
        } else {
            S::f32s::from_fn(self.simd, |lane| if lane < lanes { value.as_slice()[lane] } else { 0.0 })
        };
        self.pending += 1;
        if self.pending == Self::LIMIT {
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
