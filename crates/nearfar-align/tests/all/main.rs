//! Integration tests, in one binary.

mod align;
#[cfg(feature = "faces")]
mod animals;
mod content;
#[cfg(feature = "faces")]
mod faces;
mod pictures;
mod transform;
mod trials;
#[cfg(feature = "faces")]
mod variations;
mod warp;
