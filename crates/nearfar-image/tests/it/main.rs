//! Integration tests of the picture crate, in one binary.

mod color;
mod interleaved;
mod picture;
