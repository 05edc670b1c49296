//! Palettes: reducing pictures to 256 colours.

use std::collections::HashMap;

use color_quant::NeuQuant;

/// A palette of at most 256 colours.
pub(crate) struct Palette {
    colors: NeuQuant,
}

/// The most colours that training uses.
const SAMPLES: usize = 1 << 17;

/// Training uses one of this many pixels, from 1 (best) to 30.
const SAMPLING: i32 = 3;

/// The shift of a code before its colour is looked up, for 4 x 4 pixels: an ordered (Bayer) dither, so that still parts
/// of an animation do not flicker.
const BAYER: [[i16; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

impl Palette {
    /// A palette for all of some pictures.
    pub(crate) fn of<'a>(pictures: impl Iterator<Item = &'a [[u8; 3]]> + Clone) -> Self {
        let count: usize = pictures.clone().map(<[_]>::len).sum();
        let step = count.div_ceil(SAMPLES).max(1);
        let sample: Vec<u8> =
            pictures.flatten().step_by(step).flat_map(|&[red, green, blue]| [red, green, blue, 255]).collect();
        Self { colors: NeuQuant::new(SAMPLING, 256, &sample) }
    }

    /// Red, green and blue of every colour.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.colors.color_map_rgb()
    }

    /// The palette indices of a picture's pixels; colours in between are dithered.
    pub(crate) fn indices(&self, pixels: &[[u8; 3]], width: usize) -> Vec<u8> {
        let mut known = HashMap::new();
        let place = |(i, &pixel): (usize, &[u8; 3])| {
            let (x, y) = (i % width, i / width);
            // From -4 to +4 codes: about half the distance between neighbours in a palette of a photograph.
            let shift = (BAYER[y % 4][x % 4] - 7) / 2;
            let moved = pixel.map(|code| (i16::from(code) + shift).clamp(0, 255) as u8);
            *known.entry(moved).or_insert_with(|| {
                let [red, green, blue] = moved;
                self.colors.index_of(&[red, green, blue, 255]) as u8
            })
        };
        pixels.iter().enumerate().map(place).collect()
    }
}
