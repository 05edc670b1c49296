//! Finding the eyes of people and animals in photographs.
//!
//! A [`FaceFinder`] runs a small network for people's faces, an [`AnimalFinder`] a cascade and a search for eyes; both
//! return [`Face`]s, whose [`Landmarks`](nearfar_image::Landmarks) give the positions of eyes and mouth and a
//! confidence. The weights of both, 137 KB, are embedded in the program.
//!
//! ```
//! use nearfar_faces::FaceFinder;
//! use nearfar_image::{Channels, Image, Size};
//! use nearfar_kernels::Execution;
//!
//! let finder = FaceFinder::new()?;
//! let stripes = Image::from_fn(Size::new(64, 48)?, Channels::Grey, |_, x, _| (x / 4 % 2) as f32);
//! assert!(finder.find(&stripes, &Execution::single_threaded()).is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//!
//! - *Coordinates*: pixels, x to the right, y down; integers are pixel centres.
//! - *Left and right*: as seen in the picture, for an upright face.
//! - *Confidence*: in `[0, 1]`; a finder returns only faces above its own threshold.
//! - *Codes*: finders use display codes, as both models did in training.
//! - *Threads*: results are bit-equal for any number of threads.
//!
//! # References
//!
//! Wu, Peng and Yu 2023 (YuNet), Viola and Jones 2001 (cascades), Loy and Zelinsky 2003 (radial symmetry). `models/README.md`
//! says where the weights come from and how well they work.
#![forbid(unsafe_code)]

mod animals;
mod error;
mod face;
mod people;
mod view;

pub use animals::AnimalFinder;
pub use error::FacesError;
pub use face::{Bounds, Face};
pub use people::FaceFinder;
