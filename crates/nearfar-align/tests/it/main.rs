//! Integration tests, in one binary.

mod content;
mod pictures;
mod register;
mod transform;
mod trials;
mod warp;
