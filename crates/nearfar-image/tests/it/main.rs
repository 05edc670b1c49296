//! Integration tests of the picture crate, in one binary.

mod color;
mod picture;
mod profiles;

#[cfg(feature = "codec")]
mod broken;
#[cfg(feature = "codec")]
mod files;
#[cfg(feature = "codec")]
mod limits;
#[cfg(feature = "codec")]
mod round_trip;
#[cfg(feature = "codec")]
mod write;
