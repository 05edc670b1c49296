//! Deterministic pictures and executions.

use nearfar_image::{Channels, Image, Linear, Pair, Size};
use nearfar_kernels::{Crossover, Execution, InstructionSet};

/// Noise in `[0, 1]` that depends only on its position and a seed.
pub(crate) fn noise(seed: u64, index: u64) -> f32 {
    let mut z = (seed << 32 | index).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 24) as f32
}

pub(crate) fn size(width: usize, height: usize) -> Size {
    Size::new(width, height).unwrap()
}

/// The crossover of a Gaussian blur of sigma `pixels`.
pub(crate) fn sigma(pixels: f64) -> Crossover {
    Crossover::of_sigma(pixels).unwrap()
}

pub(crate) fn cycles_per_pixel(cycles: f64) -> Crossover {
    Crossover::per_pixel(cycles).unwrap()
}

pub(crate) fn noise_plane(size: Size, seed: u64) -> Image<Linear> {
    Image::from_fn(size, Channels::Grey, |_, x, y| noise(seed, (y * size.width() + x) as u64))
}

pub(crate) fn noise_pair(size: Size, channels: Channels) -> Pair {
    let picture =
        |seed: u64| Image::from_fn(size, channels, |c, x, y| noise(seed + c as u64, (y * size.width() + x) as u64));
    Pair::new(picture(1), picture(11)).unwrap()
}

/// One thread, and thread counts that divide nothing evenly.
pub(crate) fn executions() -> impl Iterator<Item = Execution> {
    let counts: &[usize] = if cfg!(feature = "threads") { &[1, 2, 3, 7] } else { &[1] };
    counts.iter().map(|&threads| Execution::with_threads(threads).unwrap())
}

pub(crate) fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// One execution for each set of vector instructions that this processor has.
pub(crate) fn every_set() -> impl Iterator<Item = Execution> {
    InstructionSet::ALL.into_iter().filter_map(|set| Execution::single_threaded().with_instructions(set).ok())
}
