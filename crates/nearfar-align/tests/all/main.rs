//! Integration tests, in one binary.

mod align;
mod pictures;
mod transform;
mod warp;
