//! What a picture costs, and sums that do not depend on the schedule.

use std::ops::Range;

use fearless_simd::{Simd, SimdBase};
use nearfar_kernels::rows::select;

/// What a picture costs: sums of squares over pixels and channels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Losses {
    /// `near_weight * near + detail_weight * detail + far_weight * far`, the number that is minimised.
    pub total: f64,
    /// Squared difference from the near picture, unweighted.
    pub near: f64,
    /// Squared difference from the near picture's details, unweighted; 0 if they weigh nothing.
    pub detail: f64,
    /// Squared difference between the blurred picture and the blurred far picture, unweighted.
    pub far: f64,
}

/// A sum of vectors in single precision, emptied into double precision before its error can grow.
pub(crate) struct VectorSum<S: Simd> {
    simd: S,
    lanes: S::f32s,
    pending: usize,
    sum: f64,
}

impl<S: Simd> VectorSum<S> {
    /// Vectors added in single precision before the lanes are emptied.
    const LIMIT: usize = 64;

    #[inline(always)]
    pub(crate) fn new(simd: S) -> Self {
        Self { simd, lanes: S::f32s::splat(simd, 0.0), pending: 0, sum: 0.0 }
    }

    /// Adds the samples `counted` of `block`.
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
