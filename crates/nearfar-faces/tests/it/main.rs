//! Integration tests, in one binary.

mod animals;
mod people;
mod seen;
mod variations;

use std::path::Path;

use nearfar_codec as codec;
use nearfar_image::{Encoded, Image, Size};

/// A sample picture of the repository.
fn sample(name: &str) -> Image<Encoded> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../imgs").join(name);
    codec::read(path, &codec::DecodeOptions::default()).expect("a sample picture").image
}

fn size(width: usize, height: usize) -> Size {
    Size::new(width, height).expect("not empty")
}
