//! 256 colours for pictures that have more.

use std::collections::HashMap;

use color_quant::NeuQuant;

/// At most 256 colours.
pub(crate) struct Palette {
    colors: NeuQuant,
}

/// Colours that the choice is made by, at most.
const SAMPLES: usize = 1 << 17;

/// Of every so many pixels the learning looks at one: of 1 (best) to 30.
const THRIFT: i32 = 3;

/// How far a code is moved before its colour is looked up, in rows of four pixels: an ordered pattern (Bayer), so that what
/// does not move in a film does not flicker.
const PATTERN: [[i16; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

impl Palette {
    /// Colours that suit all of some pictures.
    pub(crate) fn of<'a>(pictures: impl Iterator<Item = &'a [[u8; 3]]> + Clone) -> Self {
        let count: usize = pictures.clone().map(<[_]>::len).sum();
        let step = count.div_ceil(SAMPLES).max(1);
        let sample: Vec<u8> =
            pictures.flatten().step_by(step).flat_map(|&[red, green, blue]| [red, green, blue, 255]).collect();
        Self { colors: NeuQuant::new(THRIFT, 256, &sample) }
    }

    /// Red, green and blue of every colour.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.colors.color_map_rgb()
    }

    /// The colours of a picture's pixels; what lies between colours is made of a pattern of both.
    pub(crate) fn indices(&self, pixels: &[[u8; 3]], width: usize) -> Vec<u8> {
        let mut known = HashMap::new();
        let place = |(i, &pixel): (usize, &[u8; 3])| {
            let (x, y) = (i % width, i / width);
            // From -4 to +4 codes: about half the way between neighbours in a palette of a photograph.
            let shift = (PATTERN[y % 4][x % 4] - 7) / 2;
            let moved = pixel.map(|code| (i16::from(code) + shift).clamp(0, 255) as u8);
            *known.entry(moved).or_insert_with(|| {
                let [red, green, blue] = moved;
                self.colors.index_of(&[red, green, blue, 255]) as u8
            })
        };
        pixels.iter().enumerate().map(place).collect()
    }
}
