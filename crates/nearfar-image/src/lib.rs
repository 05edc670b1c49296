//! The picture types that every crate of nearfar shares.
//!
//! A picture is an [`Image`]: one or three planes of `f32` in one allocation, whose type says whether its samples are
//! display codes ([`Encoded`]) or amounts of light ([`Linear`]). A [`TransferFunction`] converts one into the other, so
//! blurring codes by mistake does not compile. A [`Pair`] is a near and a far picture of one shape, checked once. A
//! [`Point`] is a place in a picture, a [`Rect`] a rectangle of its pixels, and [`Landmarks`] the position of a face.
//! [`interleaved`] converts from and to the memory layouts of canvases and arrays.
//!
//! ```
//! use nearfar_image::{Channels, Image, Size, TransferFunction};
//!
//! let size = Size::new(4, 2)?;
//! let codes = Image::from_fn(size, Channels::Grey, |_, x, _| x as f32 / 3.0);
//! let light = codes.decode(TransferFunction::Srgb);
//! assert_eq!(light.plane(0).row(1)[3], 1.0);
//! assert!(light.plane(0).row(1)[1] < codes.plane(0).row(1)[1]);
//! # Ok::<(), nearfar_image::ImageError>(())
//! ```
//!
//! # Conventions
//!
//! - *Layout*: planar; plane after plane, row after row, no padding. Coordinates are `(x, y)` with `(0, 0)` top left;
//!   integers are pixel centres.
//! - *Range*: encoded and linear samples are nominally in `[0, 1]`; nothing here clips.
//! - *Colour*: RGB with the sRGB primaries, or grey.
//! - *Features*: `serde` makes settings serialisable. Without it the only dependency is the error derive.
#![forbid(unsafe_code)]

mod alpha;
mod color;
mod error;
mod image;
pub mod interleaved;
mod landmarks;
mod memory;
mod pair;
mod plane;
mod point;
mod rect;
mod size;

pub use alpha::{check_background, composite};
pub use color::{ColorState, Encoded, Linear, REC709, TransferFunction};
pub use error::ImageError;
pub use image::{Channels, Image};
pub use landmarks::Landmarks;
pub use memory::{check_room, try_zeroed};
pub use pair::Pair;
pub use plane::{Plane, PlaneMut};
pub use point::Point;
pub use rect::Rect;
pub use size::Size;
