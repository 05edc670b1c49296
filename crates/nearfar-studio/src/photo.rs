//! A user's picture.

use nearfar::{
    Encoded, Image, Size, Source,
    codec::{DecodeError, DecodeOptions, Decoded, decode},
    image::interleaved::{Interleaved, Layout, interleave},
    vision::shrink,
};
use wasm_bindgen::{JsError, JsValue, prelude::wasm_bindgen};

use crate::failed;

/// A picture and its source.
#[wasm_bindgen]
#[derive(Clone, Debug)]
pub struct Photo {
    pub(crate) image: Image<Encoded>,
    /// Its size in the file.
    pub(crate) original: Size,
    pub(crate) source: Source,
    notes: Vec<String>,
}

/// The most pixels of a picture that is mixed at full size: mixing takes 125 bytes per pixel, and a module can have 4 GiB.
/// The tests enforce this.
const MOST_PIXELS: usize = 28_000_000;

/// The most memory that reading a file may take: half of what a module can have.
const MOST_BYTES: u64 = 2 << 30;

#[wasm_bindgen]
impl Photo {
    /// Reads a file as `nearfar` does: upright, opaque, sRGB. A picture longer than `longest` pixels is shrunk to that; 0
    /// keeps every pixel.
    ///
    /// An error of the file says by its `name` what it is about, as [`unread`] has it.
    pub fn read(name: &str, bytes: &[u8], longest: usize) -> Result<Photo, JsValue> {
        let options = DecodeOptions { max_bytes: MOST_BYTES, ..DecodeOptions::default() };
        let Decoded { image, info } = decode(bytes, &options).map_err(unread)?;
        let notes = info.warnings.iter().map(ToString::to_string).collect();
        Ok(Self::within(image, longest, Source::new(name, bytes), notes)?)
    }

    /// Takes a picture that the browser has decoded, as 8-bit RGBA. The bytes that it was decoded from are unknown.
    #[wasm_bindgen(js_name = fromCanvas)]
    pub fn from_canvas(name: &str, width: usize, height: usize, rgba: &[u8], longest: usize) -> Result<Photo, JsError> {
        let size = Size::new(width, height).map_err(failed)?;
        let image = Interleaved::new(size, Layout::Rgba, rgba).and_then(|canvas| canvas.to_image([1.0; 3]));
        let source = Source { file: name.to_owned(), sha256: String::new() };
        Self::within(image.map_err(failed)?, longest, source, Vec::new())
    }

    fn within(image: Image<Encoded>, longest: usize, source: Source, notes: Vec<String>) -> Result<Photo, JsError> {
        let original = image.size();
        let to = within(original, longest);
        let image = if to == original { image } else { shrink(&image, to).map_err(failed)? };
        Ok(Photo { image, original, source, notes })
    }

    /// Whether this program decodes the same pixels from the file.
    pub(crate) fn can_be_read_again(&self) -> bool {
        self.is_whole() && !self.source.sha256.is_empty()
    }

    /// Width in the file.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.original.width()
    }

    /// Height in the file.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> usize {
        self.original.height()
    }

    /// Whether every pixel of the file is used.
    #[wasm_bindgen(getter, js_name = isWhole)]
    pub fn is_whole(&self) -> bool {
        self.image.size() == self.original
    }

    /// Whether there is enough memory for a hybrid with every pixel of the file.
    #[wasm_bindgen(getter, js_name = fitsWhole)]
    pub fn fits_whole(&self) -> bool {
        self.original.area() <= MOST_PIXELS
    }

    /// The picture with a `share` of its pixels, or if that is fewer, of the most for which there is memory; 1 for all of
    /// them.
    pub fn reduced(self, share: f64) -> Result<Photo, JsError> {
        let size = self.image.size();
        let most = share * size.area().min(MOST_PIXELS) as f64;
        let to = size.scaled((most / size.area() as f64).sqrt());
        if to == size {
            return Ok(self);
        }
        Ok(Photo { image: shrink(&self.image, to).map_err(failed)?, ..self })
    }

    /// Notes on anything odd about the file, one sentence each.
    pub fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    /// The picture for a canvas.
    pub fn frame(&self) -> Result<Frame, JsError> {
        Frame::of(&self.image)
    }

    /// A smaller copy, with a longer side of at most `longest` pixels.
    pub fn copy(&self, longest: usize) -> Result<Photo, JsError> {
        let copy = Self::within(self.image.clone(), longest, self.source.clone(), Vec::new())?;
        Ok(Photo { original: self.original, ..copy })
    }
}

/// An error with the library's message, and what the page must know of it, which has words of its own for some: as its `name`
/// `HEIC`, `UnknownFormat`, `UnreadableFormat`, `Unsupported` or `Damaged`, else `Error`; as its `cause` what a decoder says
/// at the end of the message.
fn unread(error: DecodeError) -> JsValue {
    let told = js_sys::Error::new(&error.to_string());
    match error {
        DecodeError::UnreadableFormat { name: "HEIC" } => told.set_name("HEIC"),
        DecodeError::UnreadableFormat { .. } => told.set_name("UnreadableFormat"),
        DecodeError::UnknownFormat => told.set_name("UnknownFormat"),
        DecodeError::Unsupported { .. } => told.set_name("Unsupported"),
        DecodeError::Damaged { damage, .. } => {
            told.set_name("Damaged");
            told.set_cause(&damage.to_string().into());
        }
        _ => {}
    }
    told.into()
}

/// A size of the same proportions with a longer side of at most `longest`; 0 keeps the size.
pub(crate) fn within(size: Size, longest: usize) -> Size {
    if longest == 0 { size } else { size.with_longer_side(longest) }
}

/// A picture for a canvas: 8-bit RGBA.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Frame {
    size: Size,
    rgba: Vec<u8>,
}

impl Frame {
    pub(crate) fn of(image: &Image<Encoded>) -> Result<Frame, JsError> {
        Ok(Frame { size: image.size(), rgba: interleave(image, Layout::Rgba).map_err(failed)? })
    }
}

#[wasm_bindgen]
impl Frame {
    /// Width in pixels.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.size.width()
    }

    /// Height in pixels.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> usize {
        self.size.height()
    }

    /// Moves the samples out; none remain.
    pub fn take(self) -> Vec<u8> {
        self.rgba
    }
}
