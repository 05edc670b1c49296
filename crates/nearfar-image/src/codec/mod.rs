//! Reading and writing picture files.
//!
//! Reading gives an upright, opaque picture in sRGB codes whatever the file holds, and says in [`SourceInfo`] what was
//! done; input is never trusted: limits are checked before memory is taken, and damaged files end in a
//! [`DecodeError`]. Writing is two steps, [`encode`] and [`write_atomic`], so that a file is whole or not there.
//!
//! ```
//! use nearfar_image::codec::{self, DecodeOptions, EncodeOptions, Format, Overwrite};
//! use nearfar_image::{Channels, Image, Size};
//!
//! let path = tempfile::tempdir()?.keep().join("ramp.png");
//! let ramp = Image::from_fn(Size::new(256, 1)?, Channels::Rgb, |_, x, _| x as f32 / 255.0);
//! codec::write_atomic(&path, &codec::encode(&ramp, &EncodeOptions::new(Format::Png))?, Overwrite::Refuse)?;
//! assert_eq!(codec::read(&path, &DecodeOptions::default())?.image, ramp);
//! # std::fs::remove_dir_all(path.parent().unwrap())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod decode;
mod develop;
mod encode;
mod error;
mod exif;
mod file;
mod format;
mod gif;
mod guard;
mod info;
mod orientation;
mod profile;
mod raw;
mod read_jpeg;
mod read_other;
mod read_png;
mod read_tiff;
mod write_jpeg;
mod write_other;
mod write_png;
mod write_tiff;

pub use decode::{DecodeOptions, Decoded, decode, read, read_from};
pub use encode::{Depth, Effort, EncodeOptions, Rounding, encode};
pub use error::{DecodeError, EncodeError, WriteError};
pub use exif::carry_exif;
pub use file::{Overwrite, write_atomic};
pub use format::Format;
pub use info::{SourceColor, SourceInfo, Warning};
pub use profile::{ProfileError, from_srgb, srgb_profile};
