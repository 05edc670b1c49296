//! A walk as a film.

use std::iter::repeat_n;

use nearfar::{
    Encoded, Image,
    codec::{Format, encode_animation},
};
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

use crate::{Mixed, failed};

/// The frames of a walk, all of one size.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Film {
    pages: Vec<Image<Encoded>>,
}

#[wasm_bindgen]
impl Film {
    /// A film without frames.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Film {
        Film::default()
    }

    /// Adds a frame: what an eye sees from `metres`, with a longer side of at most `longest` pixels.
    pub fn add(&mut self, hybrid: &Mixed, metres: f64, density: f64, longest: usize) -> Result<(), JsError> {
        self.pages.push(hybrid.seen_small(metres, density, longest)?);
        Ok(())
    }

    /// The bytes of a GIF that plays there and back for ever. Each frame is shown for `milliseconds`; the first and the
    /// last, which people look at, `rests` times as long.
    pub fn gif(&self, milliseconds: u16, rests: usize) -> Result<Vec<u8>, JsError> {
        let mut frames = Vec::new();
        if let [first, between @ .., last] = &self.pages[..] {
            frames.extend(repeat_n(first, rests));
            frames.extend(between);
            frames.extend(repeat_n(last, rests));
            frames.extend(between.iter().rev());
        }
        encode_animation(&frames, milliseconds, Format::Gif).map_err(failed)
    }
}
