//! Synthetic pictures.

use nearfar_image::{Channels, Encoded, Image, Pair, Plane, Size};
use nearfar_kernels::{Execution, InstructionSet};

use crate::oracle::blur;

pub(crate) fn size(width: usize, height: usize) -> Size {
    Size::new(width, height).expect("not empty")
}

/// Noise in `[0, 1)` that depends only on the seed and the position.
pub(crate) fn noise(seed: u64, channel: usize, x: usize, y: usize) -> f32 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ ((channel as u64) << 50) ^ ((x as u64) << 25) ^ y as u64;
    for _ in 0..2 {
        z = (z ^ (z >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    }
    (z >> 40) as f32 / (1 << 24) as f32
}

/// White noise.
pub(crate) fn noise_picture(seed: u64, size: Size, channels: Channels) -> Image<Encoded> {
    Image::from_fn(size, channels, |channel, x, y| noise(seed, channel, x, y))
}

/// A stand-in for a photograph: detail at every scale, stronger at coarser ones. 8-bit codes.
pub(crate) fn scene(seed: u64, size: Size, channels: Channels) -> Image<Encoded> {
    Image::from_fn(size, channels, |channel, x, y| {
        // Bilinear noise on lattices of 1, 2, 4 ... 64 pixels.
        let octave = |k: u32| {
            let step = 1 << k;
            let at = |i, j| noise(seed * 16 + u64::from(k), channel, x / step + i, y / step + j) - 0.5;
            let [fx, fy] = [x, y].map(|v| (v % step) as f32 / step as f32);
            let row = |j| at(0, j) + fx * (at(1, j) - at(0, j));
            (row(0) + fy * (row(1) - row(0))) * 0.12 * 1.25f32.powi(k as i32)
        };
        to_8_bits(0.5 + (0..7).map(octave).sum::<f32>())
    })
}

fn to_8_bits(value: f32) -> f32 {
    (value.clamp(0.0, 1.0) * 255.0).round() / 255.0
}

pub(crate) fn pair_of_scenes(size: Size, channels: Channels) -> Pair {
    Pair::new(scene(1, size, channels), scene(2, size, channels)).expect("a pair")
}

/// `near + t * low(far - near)` with `low` a Gaussian of `sigma` pixels, on codes, clipped and rounded to 8 bits: a
/// hybrid as a mixer might make it.
pub(crate) fn linear_hybrid(pair: &Pair, sigma: f64, t: f32) -> Image<Encoded> {
    let mix = |near: Plane<'_>, far: Plane<'_>| -> Vec<f32> {
        let pixels = near.samples().iter().zip(far.samples());
        let difference: Vec<_> = pixels.map(|(&near, &far)| f64::from(far - near)).collect();
        let low = blur(&difference, pair.size(), sigma);
        near.samples().iter().zip(low).map(|(&near, low)| to_8_bits(near + t * low as f32)).collect()
    };
    let planes = pair.near().planes().zip(pair.far().planes());
    let samples = planes.flat_map(|(near, far)| mix(near, far)).collect();
    Image::from_samples(pair.size(), pair.channels(), samples).expect("one sample for each place")
}

/// One execution for each set of vector instructions that this processor has.
pub(crate) fn every_set() -> impl Iterator<Item = Execution> {
    InstructionSet::ALL.into_iter().filter_map(|set| Execution::single_threaded().with_instructions(set).ok())
}
