//! The kernels against slow, plain references in double precision.

mod blur;
mod math;
mod wide;

use nearfar_kernels::{Execution, InstructionSet};

/// Every instruction set that this machine has.
fn executions() -> Vec<Execution> {
    [InstructionSet::Baseline, InstructionSet::Avx2, InstructionSet::Avx512]
        .into_iter()
        .filter_map(|set| Execution::single_threaded().with_instructions(set).ok())
        .collect()
}

/// Deterministic samples in `[0, 1]`.
fn noise(n: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 24) as f32
    };
    (0..n).map(|_| next()).collect()
}
