//! Layers: any number of pictures in one, each seen from its own distance.
//!
//! The pictures are [fitted](Fitted::new) to the nearest one, [planned](Plan::new) for the distances from which they are to
//! be seen, and mixed: by optimising the pixels in one joint problem, or by adding band-passes. [`seen`] tells what an eye
//! sees. [`Layered::new`] does all of this, and `LayersJob` does it from files to a file.
//!
//! Throughout, `layers` are the pictures from the nearest to the farthest.

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

pub use at::{At, Content};
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
