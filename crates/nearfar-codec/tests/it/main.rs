//! Integration tests of the codec crate, in one binary.
#![cfg(feature = "files")]

mod animation;
mod broken;
mod differential;
mod files;
mod limits;
mod memory;
mod profiles;
mod round_trip;
mod tiff;
mod write;
mod xmp;
