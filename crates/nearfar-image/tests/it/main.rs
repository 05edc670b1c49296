//! Integration tests of the picture crate, in one binary.
#![cfg(feature = "codec")]

mod broken;
mod files;
mod limits;
mod round_trip;
mod write;
