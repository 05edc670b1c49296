//! Two pictures in register.

use std::rc::Rc;

use nearfar::{
    PointFormat, Source,
    align::PointList,
    fit::{self, Aligned, fit},
    pairs_by_name,
};
use serde_json::json as object;
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

use crate::{Frame, Photo, data, execution, failed, json};

/// Two pictures in register, and how they were brought there.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Fitted {
    pub(crate) aligned: Rc<Aligned>,
    pub(crate) origin: Rc<Origin>,
}

/// The sources of two pictures in register.
#[derive(Debug)]
pub(crate) struct Origin {
    /// The pictures' files.
    pub(crate) sources: [Source; 2],
    /// Whether a hybrid can be made again from those files: every pixel was used, and this program decoded them.
    pub(crate) can_be_redone: bool,
    /// The given settings of fitting, in pixels of the files.
    pub(crate) align: fit::Options,
}

#[wasm_bindgen]
impl Fitted {
    /// Brings two pictures into register. `options` is JSON of `nearfar::fit::Options`, in pixels of the pictures' files.
    #[wasm_bindgen(constructor)]
    pub fn new(near: &Photo, far: &Photo, options: &str) -> Result<Fitted, JsError> {
        Self::of(near.clone(), far.clone(), options)
    }

    /// The same, taking the pictures by value, so that memory is freed once the pair does not need it.
    pub fn of(near: Photo, far: Photo, options: &str) -> Result<Fitted, JsError> {
        let align: fit::Options = data(options)?;
        let sizes = |photo: &Photo| [photo.original, photo.image.size()];
        let options = align.for_copies(sizes(&near), sizes(&far));
        let can_be_redone = near.can_be_read_again() && far.can_be_read_again();
        let origin = Rc::new(Origin { sources: [near.source, far.source], can_be_redone, align });
        let aligned = fit(near.image, far.image, &options, &execution()).map_err(failed)?;
        Ok(Fitted { aligned: Rc::new(aligned), origin })
    }

    /// A smaller copy of the pair, with a shorter side of at most `shorter` pixels.
    pub fn copy(&self, shorter: usize) -> Result<Fitted, JsError> {
        let to = self.aligned.pair.size().with_shorter_side(shorter);
        let aligned = Rc::new(self.aligned.shrunk(to).map_err(failed)?);
        Ok(Fitted { aligned, origin: Rc::clone(&self.origin) })
    }

    /// How they were brought into register, as JSON: `method`, `confidence`, `overlap`, the positions of the frame's
    /// corners, and the points of the faces in both pictures.
    pub fn report(&self) -> String {
        let Aligned { method, confidence, overlap, near_face, far_face, frame, .. } = &*self.aligned;
        let points = match (near_face, far_face) {
            (Some(near), Some(far)) => PointList::of_faces(near, far).points,
            _ => Vec::new(),
        };
        object!({
            "method": method, "confidence": confidence, "overlap": overlap, "points": points,
            "width": frame.size.width(), "height": frame.size.height(),
        })
        .to_string()
    }

    /// How they were brought into register, and why, one sentence each.
    pub fn words(&self) -> Vec<String> {
        let notes = self.aligned.notes.iter().map(ToString::to_string);
        std::iter::once(self.aligned.fitted().to_string()).chain(notes).collect()
    }

    /// The part of the near picture that the hybrid shows.
    pub fn near(&self) -> Result<Frame, JsError> {
        Frame::of(self.aligned.pair.near())
    }

    /// The far picture, warped onto the near one.
    pub fn far(&self) -> Result<Frame, JsError> {
        Frame::of(self.aligned.pair.far())
    }
}

/// Reads a points file in TOML or JSON, and returns its pairs as JSON.
#[wasm_bindgen(js_name = readPoints)]
pub fn read_points(text: &str, toml: bool) -> Result<String, JsError> {
    let format = if toml { PointFormat::Toml } else { PointFormat::Json };
    json(&format.read(text).map_err(failed)?.points)
}

/// The text of a points file in TOML, from JSON of its pairs.
#[wasm_bindgen(js_name = writePoints)]
pub fn write_points(pairs: &str) -> Result<String, JsError> {
    Ok(PointFormat::Toml.write(&PointList { points: data(pairs)? }))
}

/// Pairs files by their names: returns JSON of pairs of indices, NEAR first. `left_over` is the index of a file that an
/// earlier call left over.
#[wasm_bindgen(js_name = pairsByName)]
pub fn pairs(names: Vec<String>, left_over: Option<usize>) -> Result<String, JsError> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    json(&pairs_by_name(&names, left_over))
}
