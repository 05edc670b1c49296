//! Custom losses as closures over tensors, with gradients by automatic differentiation.
//!
//! A [`TensorLoss`] is a [`WholeLoss`](nearfar_descent::WholeLoss): a term like any other, to be weighted, summed and
//! minimised with them. Tensors are those of [candle](https://docs.rs/candle-core); [`ops`] adds what pictures need:
//! blurs, transfer functions and sums in double precision, computed by nearfar's own kernels.
//!
//! ```
//! use nearfar_autodiff::{TensorLoss, ops::{sum, tensor}};
//! use nearfar_descent::{Objective, Parametrization, Solver, StopRule, Term, minimise, no_observer};
//! use nearfar_image::{Channels, Image, Size};
//! use nearfar_kernels::Execution;
//!
//! let (size, channels) = (Size::new(16, 16)?, Channels::Grey);
//! let wanted = tensor(&Image::filled(size, channels, 0.7))?;
//! let loss = TensorLoss::new(size, channels, move |picture| sum(&(picture - &wanted)?.powf(4.0)?))?;
//! let fault = loss.fault();
//! let objective = Objective::new(vec![Term::whole("quartic", 1.0, size, channels, loss)]);
//! let start = Image::filled(size, channels, 0.2);
//! let stop = StopRule { max_iterations: 100, tolerance: 0.0 };
//! let execution = Execution::single_threaded();
//! let found =
//!     minimise(objective, start, Solver::default(), Parametrization::Box, stop, &execution, &mut no_observer)?;
//! assert!(fault.take().is_none());
//! assert!((found.hybrid.samples()[0] - 0.7).abs() < 0.05);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//!
//! - *Shape*: a picture is a tensor of `f32`, channels x height x width; a loss is a tensor with one element, `f32` or `f64`.
//! - *Codes*: pictures are encoded, as everywhere in `nearfar-descent`; [`ops::decode`] converts them to light.
//! - *Threads*: the operations of [`ops`] are bit-equal for any number of threads; candle's own run on one.
#![forbid(unsafe_code)]

mod error;
mod loss;
pub mod ops;

pub use candle_core::{self as candle, Tensor};
pub use error::AutodiffError;
pub use loss::{Fault, TensorLoss};
