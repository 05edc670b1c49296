//! Linear filtering of planar pictures, and the few vector operations that mixers and vision models are built from.
//!
//! A [`Gaussian`] gives [`Taps`]; with a [`Border`] and a size they make a [`SeparableBlur`], a plan that is applied to
//! any number of planes. Every heavy call takes an [`Execution`], which says which vector instructions and how many
//! threads to use. A [`WideBlur`] does the same for wide Gaussians at a cost that does not grow with sigma.
//!
//! ```
//! use nearfar_image::{Channels, Image, Linear, Size};
//! use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur};
//!
//! let size = Size::new(32, 20)?;
//! let light = Image::<Linear>::from_fn(size, Channels::Grey, |_, x, _| if x < 16 { 0.0 } else { 1.0 });
//! let blur = SeparableBlur::new(size, &Gaussian::new(2.0)?.taps(), Border::Mirror);
//! let mut seen = Image::<Linear>::filled(size, Channels::Grey, 0.0);
//! blur.apply(&Execution::parallel(), light.plane(0), seen.plane_mut(0));
//! let edge = seen.plane(0).row(10);
//! assert!((edge[15] + edge[16] - 1.0).abs() < 1e-6 && edge[8] < 0.001);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//!
//! - *Sigma* is in pixels. A Gaussian is cut at a stated multiple of sigma and its taps sum to 1.
//! - *Border*: [`Border`] says what lies outside the picture; [`Border::Zero`] is not renormalised.
//! - *Adjoint*: `<G x, y> = <x, Gᵀ y>` holds for every operator here, borders included, up to rounding.
//! - *Threads*: results are bit-equal for any number of threads. Instruction sets differ by rounding.
//! - *Vector code* is generic over the instruction set: each operation has one body, and its baseline instance is the
//!   reference for the others. It is shared with dependent crates but hidden, because it uses the types of another
//!   crate (fearless_simd), which are not part of the stable API.
#![forbid(unsafe_code)]

pub mod axes;
mod band;
mod blur;
mod border;
mod busyness;
mod crossover;
mod error;
mod execution;
mod gaussian;
mod grid;
mod halve;
#[doc(hidden)]
pub mod math;
#[doc(hidden)]
pub mod rows;
mod share;
pub mod sums;
pub mod transfer;
mod wide;

#[doc(hidden)]
pub use nearfar_image as __image;

pub use axes::Axes;
pub use band::Band;
pub use blur::SeparableBlur;
pub use border::Border;
pub use busyness::busyness;
pub use crossover::{Crossover, HALF_GAIN};
pub use error::KernelError;
pub use execution::{Execution, InstructionSet};
pub use gaussian::{Gaussian, Taps};
pub use grid::GridBlur;
pub use halve::{halve, halved, mean_of_four};
pub use share::{Colors, Focus, Share};
pub use transfer::Curve;
pub use wide::{WideBlur, blurred};
