//! Integration tests of the picture crate, in one binary.
#![cfg(feature = "codec")]

mod round_trip;
