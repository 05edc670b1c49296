//! Integration tests, in one binary.

mod align;
mod content;
mod pictures;
mod transform;
mod trials;
mod warp;
