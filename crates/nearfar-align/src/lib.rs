//! Aligning two photographs: the near picture sets the frame, the far one is warped onto it.
//!
//! A map from the near picture to the far one comes from points ([`Transform::fit`] on a [`PointList`]), from two faces
//! ([`PointList::of_faces`]), from the pictures' content ([`match_content`]), or from their sizes alone
//! ([`center_fit`]). [`register`] warps the far picture by it ([`warp`]), and crops or extends where it does not cover
//! the near one ([`Edges`]). The choice among these, and when to trust it, is left to the caller.
//!
//! ```
//! use nearfar_align::{Model, PointList, Transform};
//! use nearfar_image::Point;
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
//! - *Coordinates*: pixels, x to the right, y down; integers are pixel centres.
//! - *Direction*: a transform maps the near picture (the output frame) to the far picture (where samples are taken).
//! - *Light*: resampling averages light, not codes; pictures go in and come out encoded.
//! - *Threads*: results are bit-equal for any number of threads.
//! - *Features*: `threads` runs on several threads; `serde` makes settings and points serialisable.
//!
//! # References
//!
//! Umeyama 1991 (similarity), Hartley 1997 (normalised fits), Bookstein 1989 (thin-plate splines), Reddy and Chatterji 1996
//! (log-polar phase correlation), Padfield 2012 (masked correlation), Evangelidis and Psarakis 2008 (enhanced
//! correlation).
#![forbid(unsafe_code)]

mod centered;
mod content;
mod coverage;
mod edges;
mod error;
mod linear;
mod model;
mod points;
mod register;
mod transform;
mod warp;

pub use centered::{center_fit, center_shift};
pub use content::{ContentMatch, match_content};
pub use coverage::Coverage;
pub use edges::{Edges, Healing};
pub use error::AlignError;
pub use model::Model;
pub use points::{PointList, PointPair};
pub use register::{Registered, register};
pub use transform::{Projective, Similarity, ThinPlateSpline, Transform};
pub use warp::{Filter, Resampling, warp, warp_extended};
