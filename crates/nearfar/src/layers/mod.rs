//! Any number of pictures in one, each seen from its own distance.
//!
//! The pictures are [fitted](Fitted::new) to the nearest, [planned](Plan::new) for the distances that they are seen from, and
//! mixed: by optimising the pixels of one joint problem, or by adding band-passes. [`seen`] says what an eye makes of it.
//! [`Layered::new`] does all of it, and `LayersJob` from files to a file.
//!
//! The names of the pictures: `layers`, from the nearest to the farthest.

mod at;
mod bands;
mod error;
#[cfg(feature = "codec")]
mod files;
mod fitted;
#[cfg(feature = "codec")]
mod job;
mod joint;
mod mix;
mod plan;
#[cfg(feature = "codec")]
mod recipe;
mod seen;
#[cfg(feature = "codec")]
mod study;
#[cfg(feature = "text")]
pub mod text;
mod whole;

pub use at::{At, What};
pub use error::LayersError;
pub use fitted::{Fitted, Layer, Source};
#[cfg(feature = "codec")]
pub use job::{Font, LayersJob, LayersMade, LayersPictures, LayersPlan, LayersPlanSummary};
pub use joint::Joint;
pub use mix::{Method, Mixed};
pub use plan::Plan;
#[cfg(feature = "codec")]
pub use recipe::{LayerFile, LayerRecipe, LayersRecipe};
pub(crate) use seen::hardly_seen;
pub use seen::{Seen, SeenCurves, seen};
#[cfg(feature = "codec")]
pub use study::LayersStudy;
pub use whole::{Layered, LayeredSummary};
