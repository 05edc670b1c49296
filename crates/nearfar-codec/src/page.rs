//! A picture as a file will hold it.

use nearfar_image::{Channels, Encoded, Image, Size};

use crate::options::{Depth, Rounding};

/// A picture as a file will hold it.
pub(crate) struct Page {
    pub(crate) size: Size,
    pub(crate) channels: Channels,
    pub(crate) pixels: Pixels,
}

/// Interleaved samples.
pub(crate) enum Pixels {
    U8(Vec<u8>),
    U16(Vec<u16>),
}

impl Page {
    /// Makes whole numbers of a picture's samples; those outside `[0, 1]` end up on the nearest bound, NaN on 0.
    pub(crate) fn new(image: &Image<Encoded>, depth: Depth, rounding: Rounding) -> Self {
        let pixels = match depth {
            Depth::Eight => Pixels::U8(interleave(image, quantiser(255.0, rounding, |v| v as u8))),
            Depth::Sixteen => Pixels::U16(interleave(image, quantiser(65535.0, rounding, |v| v as u16))),
        };
        Self { size: image.size(), channels: image.channels(), pixels }
    }
}

/// The function from a sample to a file's step; `cast` saturates, and turns NaN into 0, as `as` does.
fn quantiser<T>(top: f32, rounding: Rounding, cast: impl Fn(f32) -> T) -> impl Fn(f32) -> T {
    let half = match rounding {
        Rounding::Nearest => 0.5,
        Rounding::Truncate => 0.0,
    };
    move |v| cast(v * top + half)
}

fn interleave<T: Copy>(image: &Image<Encoded>, quantise: impl Fn(f32) -> T) -> Vec<T> {
    let planes: Vec<&[f32]> = image.planes().map(|plane| plane.samples()).collect();
    match planes[..] {
        [red, green, blue] => {
            let pixels = red.iter().zip(green).zip(blue);
            pixels.flat_map(|((&r, &g), &b)| [quantise(r), quantise(g), quantise(b)]).collect()
        }
        _ => image.samples().iter().map(|&v| quantise(v)).collect(),
    }
}
