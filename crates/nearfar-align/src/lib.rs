//! Making two photographs fit: the near picture sets the frame, the far one is warped onto it.
//!
//! [`align`] does all of it: it finds the map from the near picture to the far one by points, faces, content or size
//! alone, warps the far picture ([`warp`]), and crops or extends it where it does not cover the near one ([`Edges`]). A
//! [`PointList`] says where the same things are in both pictures; [`Transform::fit`] turns it into a map.
//!
//! ```
//! use nearfar_align::{Model, Point, PointList, Transform};
//!
//! // The eyes of two people, in pixels.
//! let eyes: PointList = "near=220,188 far=203,101 near=305,186 far=248,103".parse()?;
//! let Transform::Similarity(map) = Transform::fit(&eyes, Model::Similarity)? else { unreachable!() };
//! assert!((map.scale - 0.53).abs() < 0.01);
//! assert!(map.apply(Point::new(220.0, 188.0)).distance(Point::new(203.0, 101.0)) < 1e-9);
//! # Ok::<(), nearfar_align::AlignError>(())
//! ```
//!
//! # Conventions
//!
//! - *Coordinates*: pixels, x to the right, y down; whole numbers are the middles of pixels.
//! - *Direction*: a transform maps the near picture (the output frame) to the far picture (where samples are taken).
//! - *Light*: resampling averages light, not codes; pictures go in and come out encoded.
//! - *Threads*: results are bit-equal for any number of threads.
//! - *Features*: `faces` finds faces and embeds 264 KB of weights; `threads` works on several threads; `serde` makes
//!   settings data and reads points files.
//!
//! # References
//!
//! Umeyama 1991 (similarity), Hartley 1997 (normalised fits), Bookstein 1989 (thin-plate splines), Reddy and Chatterji 1996
//! (log-polar phase correlation), Padfield 2012 (masked correlation), Evangelidis and Psarakis 2008 (enhanced
//! correlation), Wu, Peng and Yu 2023 (YuNet), Viola and Jones 2001 (cascades), Loy and Zelinsky 2003 (radial symmetry).
#![forbid(unsafe_code)]

mod auto;
mod content;
mod coverage;
mod edges;
mod error;
#[cfg(feature = "faces")]
mod faces;
mod fit;
mod frame;
mod half;
mod known;
mod landmarks;
mod linear;
mod options;
mod points;
mod surround;
mod transform;
mod warp;

pub use auto::{Aligned, Note, align};
pub use content::{ContentMatch, match_content};
pub use coverage::Coverage;
pub use edges::{Edges, Healing};
pub use error::AlignError;
#[cfg(feature = "faces")]
pub use faces::{AnimalFinder, Bounds, Face, FaceFinder};
pub use fit::{center_fit, center_shift};
pub use frame::Frame;
pub use landmarks::Landmarks;
pub use options::{Method, Options};
#[cfg(feature = "serde")]
pub use points::PointFormat;
pub use points::{Point, PointList, PointPair};
pub use transform::{Model, Projective, Similarity, ThinPlateSpline, Transform};
pub use warp::{Filter, Resampling, warp};
