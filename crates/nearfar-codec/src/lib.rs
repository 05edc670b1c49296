//! Decoding and encoding of picture files.
//!
//! Reading gives an upright, opaque picture in sRGB codes whatever the file holds, and [`SourceInfo`] says what was
//! done. Input is never trusted: limits are checked before memory is allocated, and damaged files end in a
//! [`DecodeError`]. Writing has two steps, [`encode`] and `write_atomic`, so that a file is complete or absent.
//!
//! ```
//! use nearfar_codec::{DecodeOptions, EncodeOptions, Format, decode, encode};
//! use nearfar_image::{Channels, Image, Size};
//!
//! let ramp = Image::from_fn(Size::new(256, 1)?, Channels::Rgb, |_, x, _| x as f32 / 255.0);
//! let png = encode(&ramp, &EncodeOptions::new(Format::Png))?;
//! assert_eq!(decode(&png, &DecodeOptions::default())?.image, ramp);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//!
//! - *Range*: integer samples are in `[0, 1]`; float samples are kept as they are.
//! - *Colour*: sRGB codes, grey or RGB; alpha is composited in light.
//! - *Features*: `files` (default) adds paths: `read`, `Contents::from_file`, `write_atomic`. Without it the crate
//!   works on bytes alone and builds for browsers. `formats` (default) adds all formats except PNG and JPEG. `serde`
//!   makes settings serialisable.
#![forbid(unsafe_code)]

mod animation;
#[cfg(feature = "files")]
mod atomic;
mod contents;
mod decode;
mod develop;
mod encode;
mod error;
mod exif;
mod format;
mod info;
mod layout;
mod limits;
mod options;
mod orientation;
mod page;
mod palette;
mod panics;
mod profile;
mod read;
mod write;
pub mod xmp;

pub use animation::encode_animation;
#[cfg(feature = "files")]
pub use atomic::{Overwrite, check_writable, write_all_atomic, write_atomic};
pub use contents::Contents;
#[cfg(feature = "files")]
pub use contents::read;
pub use decode::{DecodeOptions, Decoded, decode};
pub use encode::encode;
#[cfg(feature = "files")]
pub use error::WriteError;
pub use error::{Damage, DecodeError, EncodeError, Kind, Variant};
pub use exif::carry_exif;
pub use format::Format;
pub use info::{SourceColor, SourceInfo, Warning};
pub use options::{Effort, EncodeOptions};
pub use page::{Depth, Rounding};
pub use panics::quiet_panics;
pub use profile::{ProfileError, from_srgb, srgb_profile};
