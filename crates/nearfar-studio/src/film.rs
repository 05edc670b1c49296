//! A walk as a film.

use std::iter::repeat_n;

use nearfar::{
    Encoded, Image,
    codec::{Format, encode_animation},
};
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

use crate::{Mixed, failed};

/// The pages of a walk, of one size.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Film {
    pages: Vec<Image<Encoded>>,
}

#[wasm_bindgen]
impl Film {
    /// A film without pages.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Film {
        Film::default()
    }

    /// Adds what an eye sees from so many metres, its longer side `longest` pixels at most.
    pub fn add(&mut self, hybrid: &Mixed, metres: f64, density: f64, longest: usize) -> Result<(), JsError> {
        self.pages.push(hybrid.seen_small(metres, density, longest)?);
        Ok(())
    }

    /// The bytes of a GIF, there and back again for ever. A page is shown for so many `milliseconds`; the first and the
    /// last, where somebody looks, for `rests` times as long.
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
