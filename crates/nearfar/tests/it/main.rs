//! Recipes from text to picture, and the two methods against each other.

mod batch;
mod choose;
mod compare;
mod fit;
mod knobs;
mod layers;
mod methods;
mod own_loss;
mod recipes;
mod stopped;
mod wanted;

use std::path::Path;

use nearfar::{
    Channels, Encoded, Image, Size,
    codec::{self, DecodeOptions},
};

/// Deterministic codes in `[low, high]`.
fn noise(size: Size, channels: Channels, (low, high): (f32, f32), seed: u64) -> Image<Encoded> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    Image::from_fn(size, channels, |_, _, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        low + (high - low) * (state >> 40) as f32 / (1u64 << 24) as f32
    })
}

/// A picture in the repository.
fn sample(name: &str) -> Image<Encoded> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../imgs").join(name);
    codec::read(path, &DecodeOptions::default()).unwrap().image
}
