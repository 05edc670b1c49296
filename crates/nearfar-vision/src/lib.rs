//! Seeing a hybrid image: how it looks from a distance, and how good it is.
//!
//! [`PixelsPerDegree`] says from how far a picture is seen; [`FarView`] and [`shrink`] render it as seen from there.
//! [`score`] measures how well a hybrid shows its near picture up close and its far picture from afar, [`percepts`]
//! which of the two is seen from where, and [`NaturalnessReference`] how natural a hybrid looks up close.
//! [`bootstrap_mean`] compares methods of making hybrids.
//!
//! ```
//! use nearfar_image::{Channels, Image, Pair, Size};
//! use nearfar_kernels::Execution;
//! use nearfar_vision::{Density, PixelsPerDegree, Viewing, score};
//!
//! let far_ppd = PixelsPerDegree::at("3m".parse()?, Density::default())?;
//! let viewing = Viewing { far_ppd, ..Viewing::default() };
//! let grating = |step: usize| Image::from_fn(Size::new(64, 64).unwrap(), Channels::Grey, move |_, x, _| {
//!     if x / step % 2 == 0 { 0.3 } else { 0.7 }
//! });
//! let pair = Pair::new(grating(2), grating(16))?;
//! let scores = score(pair.far(), &pair, &viewing, &Execution::parallel())?;
//! assert!(scores.far_fidelity > 0.999 && scores.near_fidelity < 0.4);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//!
//! - *Distance* enters as pixels per degree of the visual field. The eye is a Gaussian of 0.01543 degrees.
//! - *Codes* are sRGB. The eye blurs light, so every view decodes first; differences are then taken in lightness L*.
//! - *Blur*: sigma in pixels, mirrored border. Gaussians are truncated at 4 sigma; from sigma 4 on they are computed on
//!   coarse grids, within 5e-5 of a Gaussian truncated at 6 sigma.
//! - *Percept* is p from +1 (only the near picture is seen) to -1 (only the far one).
//! - *Scores* are of decoded files: 8-bit codes divided by 255.
//! - *Threads*: results are bit-equal for any number of threads.
//!
//! # References
//!
//! - A. Oliva, A. Torralba, P. Schyns, "Hybrid images", SIGGRAPH 2006.
//! - P. Andersson et al., "FLIP: a difference evaluator for alternating images", HPG 2020: the eye's blur.
//! - Z. Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004: the
//!   contrast-structure term on which every similarity is based.
//! - J. Mannos, D. Sakrison, "The effects of a visual fidelity criterion on the encoding of images", 1974.
//! - T. Brady, A. Oliva, "Spatial frequency integration during active perception", 2012.
#![forbid(unsafe_code)]

mod bands;
mod blur;
mod bootstrap;
mod error;
mod far_view;
mod field;
mod gains;
mod geometry;
mod light;
mod naturalness;
mod percept;
mod receding;
mod scorer;
mod scores;
mod shrink;
mod switch;
mod viewing;

pub use bootstrap::{Interval, bootstrap_mean};
pub use error::VisionError;
pub use far_view::FarView;
pub use gains::BandGain;
pub use geometry::{Density, Length, PixelsPerDegree, Surface, cycles_per_image, sigma_of_cycles_per_image};
pub use naturalness::{Naturalness, NaturalnessReference};
pub use percept::{Face, Percept, PerceptBand, PerceptReference, PerceptSwitch, percept_views, percepts};
pub use receding::Receding;
pub use scorer::{Reference, Scorer, band_gains, score, score_watched};
pub use scores::{FarFidelity, Scores};
pub use shrink::{shrink, shrink_on};
pub use switch::{Switch, contrast_sensitivity};
pub use viewing::Viewing;
