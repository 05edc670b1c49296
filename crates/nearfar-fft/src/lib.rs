//! Fourier transforms of lines of any length.
//!
//! A crate of its own because rustfft's algorithms are generic: every crate that plans a transform, and every test
//! binary, compiles all of them for every instruction set, which takes half a minute. Here that is done once.

use std::{fmt, sync::Arc};

use rustfft::FftPlanner;
pub use rustfft::num_complex::Complex32;

/// The transform of `n` complex samples and its inverse, planned once. Neither is normalised: one after the other gives
/// `n` times the line. Clones share the plan.
#[derive(Clone)]
pub struct Fft {
    forward: Arc<dyn rustfft::Fft<f32>>,
    inverse: Arc<dyn rustfft::Fft<f32>>,
}

impl Fft {
    /// Plans the transform of lines of `n` samples; for `n = 0` it does nothing.
    #[must_use]
    pub fn new(n: usize) -> Self {
        let mut planner = FftPlanner::new();
        Self { forward: planner.plan_fft_forward(n), inverse: planner.plan_fft_inverse(n) }
    }

    /// Samples per line.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a line is as long as it was planned to be")]
    pub fn len(&self) -> usize {
        self.forward.len()
    }

    /// Complex numbers that [`Self::forward`] and [`Self::inverse`] need as scratch space.
    #[must_use]
    pub fn scratch_len(&self) -> usize {
        self.forward.get_inplace_scratch_len().max(self.inverse.get_inplace_scratch_len())
    }

    /// Transforms every line of `n` samples in place: `sum over j of x[j] exp(-2 pi i j k / n)`.
    ///
    /// # Panics
    ///
    /// If `lines` is not a whole number of lines, or `scratch` is shorter than [`Self::scratch_len`].
    #[inline]
    pub fn forward(&self, lines: &mut [Complex32], scratch: &mut [Complex32]) {
        self.forward.process_with_scratch(lines, scratch);
    }

    /// The unnormalised inverse of [`Self::forward`], in place: `n` times the line.
    ///
    /// # Panics
    ///
    /// As [`Self::forward`].
    #[inline]
    pub fn inverse(&self, lines: &mut [Complex32], scratch: &mut [Complex32]) {
        self.inverse.process_with_scratch(lines, scratch);
    }
}

impl fmt::Debug for Fft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fft").field("len", &self.len()).finish_non_exhaustive()
    }
}
