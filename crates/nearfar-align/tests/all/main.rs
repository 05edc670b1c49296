//! Integration tests, in one binary.

mod align;
mod content;
#[cfg(feature = "faces")]
mod faces;
mod pictures;
mod transform;
mod trials;
mod warp;
