//! Colour axes: the components of a colour.

use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch};
use nearfar_image::{Channels, Encoded, Image, REC709};

use crate::{Execution, rows, sums::CHUNK};

/// The components of a colour to look at: its channels, one of them, its luma, or its two opponent colours.
///
/// Luma and opponent colours are those of Rec. ITU-R BT.709-6, section 3: `Y = .2126 R + .7152 G + .0722 B`,
/// `Cb = (B - Y) / 1.8556`, `Cr = (R - Y) / 1.5748`, for codes in `[0, 1]`; opponent colours lie in `[-.5, .5]`. They
/// are linear in the codes, so a difference of colours has the same axes as a colour. A grey picture has a single
/// channel, which serves as luma and as each single channel, and no opponent colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Axes {
    /// Each channel separately: red, green and blue, or grey.
    #[default]
    Channels,
    /// Luma.
    Luma,
    /// The opponent colours Cb and Cr.
    Opponent,
    /// Red alone.
    Red,
    /// Green alone.
    Green,
    /// Blue alone.
    Blue,
}

/// The full range of `B - Y` and of `R - Y`.
const RANGE: [f32; 2] = [2.0 * (1.0 - REC709[2]), 2.0 * (1.0 - REC709[0])];

/// For every axis, the weight of each channel.
const CHANNELS: [[f32; 3]; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
const LUMA: [[f32; 3]; 1] = [REC709];
const OPPONENT: [[f32; 3]; 2] = [
    [-REC709[0] / RANGE[0], -REC709[1] / RANGE[0], (1.0 - REC709[2]) / RANGE[0]],
    [(1.0 - REC709[0]) / RANGE[1], -REC709[1] / RANGE[1], -REC709[2] / RANGE[1]],
];
const GREY: [[f32; 1]; 1] = [[1.0]];

impl Axes {
    /// For every axis, the weights of the picture's channels: one row per axis, one weight per channel.
    #[must_use]
    pub fn weights(self, channels: Channels) -> Vec<&'static [f32]> {
        match (channels, self) {
            (Channels::Grey, Self::Opponent) => Vec::new(),
            (Channels::Grey, _) => GREY.iter().map(<[f32; 1]>::as_slice).collect(),
            (Channels::Rgb, Self::Channels) => CHANNELS.iter().map(<[f32; 3]>::as_slice).collect(),
            (Channels::Rgb, Self::Luma) => LUMA.iter().map(<[f32; 3]>::as_slice).collect(),
            (Channels::Rgb, Self::Opponent) => OPPONENT.iter().map(<[f32; 3]>::as_slice).collect(),
            (Channels::Rgb, Self::Red) => vec![&CHANNELS[0]],
            (Channels::Rgb, Self::Green) => vec![&CHANNELS[1]],
            (Channels::Rgb, Self::Blue) => vec![&CHANNELS[2]],
        }
    }

    /// The planes of `picture` along these axes, each a grey picture; opponent colours may be negative.
    #[must_use]
    pub fn planes(self, picture: &Image<Encoded>, execution: &Execution) -> Vec<Image<Encoded>> {
        let planes = self.weights(picture.channels()).into_iter().map(|weights| {
            let mut plane = Image::filled(picture.size(), Channels::Grey, 0.0);
            let chunks = plane.samples_mut().chunks_mut(CHUNK).enumerate().collect();
            execution.for_each(chunks, |(i, target): (usize, &mut [f32])| {
                // Zero the plane first: fresh memory that is read before it is written is mapped twice, and all threads
                // wait each time.
                target.fill(0.0);
                for (&weight, source) in weights.iter().zip(picture.planes()) {
                    add_scaled(execution.level(), weight, &source.samples()[i * CHUNK..][..target.len()], target);
                }
            });
            plane
        });
        planes.collect()
    }
}

/// The RGB picture with these luma and opponent planes (the inverse of [`Axes::planes`]); codes outside `[0, 1]` are
/// kept.
///
/// # Panics
///
/// If the planes differ in size.
#[must_use]
pub fn rgb_of(luma: &Image<Encoded>, [blue, red]: [&Image<Encoded>; 2], execution: &Execution) -> Image<Encoded> {
    let size = luma.size();
    assert!(blue.size() == size && red.size() == size, "all planes have one size");
    let mut picture = Image::filled(size, Channels::Rgb, 0.0);
    // Each channel is luma plus a multiple of each opponent colour; those of green make the luma come out right.
    let parts =
        [[0.0, RANGE[1]], [-REC709[2] * RANGE[0] / REC709[1], -REC709[0] * RANGE[1] / REC709[1]], [RANGE[0], 0.0]];
    for (target, [b, r]) in picture.planes_mut().zip(parts) {
        let rows = execution.rows_per_strip(size.height());
        execution.for_each(target.into_strips(rows).collect(), |(first, strip)| {
            let range = first * size.width()..first * size.width() + strip.len();
            strip.copy_from_slice(&luma.samples()[range.clone()]);
            add_scaled(execution.level(), b, &blue.samples()[range.clone()], strip);
            add_scaled(execution.level(), r, &red.samples()[range], strip);
        });
    }
    picture
}

/// `target += factor * source`; a factor of 0 does nothing.
///
/// # Panics
///
/// If the rows differ in length.
#[doc(hidden)]
pub fn add_scaled(level: Level, factor: f32, source: &[f32], target: &mut [f32]) {
    if factor != 0.0 {
        dispatch!(level, simd => add_scaled_with(simd, factor, source, target));
    }
}

#[inline(always)]
fn add_scaled_with<S: Simd>(simd: S, factor: f32, source: &[f32], target: &mut [f32]) {
    const BLOCK: usize = 4;
    let factor = S::f32s::splat(simd, factor);
    rows::update::<S, BLOCK, 1, 1, 1>(
        simd,
        [[source]],
        [[target]],
        #[inline(always)]
        |[[source]], [[mut target]], _| {
            for b in 0..BLOCK {
                target[b] = source[b].mul_add(factor, target[b]);
            }
            [[target]]
        },
    );
}

#[cfg(test)]
mod tests {
    use nearfar_image::Size;

    use super::*;

    #[test]
    fn planes_are_those_of_bt_709() {
        let colours = [[1.0f32, 0.0, 0.0], [0.0, 0.0, 1.0], [0.25, 0.5, 0.75], [1.0, 1.0, 1.0]];
        let picture = Image::from_fn(Size::new(4, 1).unwrap(), Channels::Rgb, |c, x, _| colours[x][c]);
        let execution = Execution::single_threaded();
        let [luma] = &Axes::Luma.planes(&picture, &execution)[..] else { panic!("one luma plane") };
        let [blue, red] = &Axes::Opponent.planes(&picture, &execution)[..] else { panic!("two opponent planes") };
        for (x, [r, g, b]) in colours.into_iter().enumerate() {
            let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
            assert!((luma.samples()[x] - y).abs() < 1e-6);
            assert!((blue.samples()[x] - (b - y) / 1.8556).abs() < 1e-6);
            assert!((red.samples()[x] - (r - y) / 1.5748).abs() < 1e-6);
        }
        let back = rgb_of(luma, [blue, red], &execution);
        assert!(back.samples().iter().zip(picture.samples()).all(|(a, b)| (a - b).abs() < 1e-6));
    }

    #[test]
    fn grey_has_luma_and_no_opponent_colours() {
        let grey = Image::from_fn(Size::new(3, 2).unwrap(), Channels::Grey, |_, x, y| 0.1 * (x + 3 * y) as f32);
        let execution = Execution::single_threaded();
        assert_eq!(Axes::Luma.planes(&grey, &execution), std::slice::from_ref(&grey));
        assert_eq!(Axes::Channels.planes(&grey, &execution), std::slice::from_ref(&grey));
        assert!(Axes::Opponent.planes(&grey, &execution).is_empty());
    }
}
