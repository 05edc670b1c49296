//! Integration tests of the image crate, in one binary.

mod color;
mod interleaved;
mod picture;
