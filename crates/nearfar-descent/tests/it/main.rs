//! The optimising mixer against a double-precision reference and against calculus.

mod fields;
mod gradient;
mod grid;
mod memory;
mod options;
mod reference;
mod solvers;
mod threads;

use std::path::{Path, PathBuf};

use nearfar_image::{Channels, Encoded, Image, Size};

/// A path relative to the root of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A picture file as RGB codes, cropped from the top left corner if `size` is given.
fn read(path: &Path, size: Option<Size>) -> Image<Encoded> {
    let decoded = image::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rgb = decoded.to_rgb16();
    let full = Size::new(rgb.width() as usize, rgb.height() as usize).unwrap();
    // 65535 / 255 is exactly 257, so an 8-bit code comes out as code / 255.
    let sample = |c: usize, x: usize, y: usize| f32::from(rgb.get_pixel(x as u32, y as u32)[c]) / 65535.0;
    Image::from_fn(size.unwrap_or(full), Channels::Rgb, sample)
}

/// Deterministic codes in `[0.02, 0.98]`.
fn noise(size: Size, channels: Channels, seed: u64) -> Image<Encoded> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    Image::from_fn(size, channels, |_, _, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        0.02 + 0.96 * (state >> 40) as f32 / (1u64 << 24) as f32
    })
}
