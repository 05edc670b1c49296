//! Hybrid images by optimisation: the picture is changed step by step until, as far as both are possible at once, it
//! matches the near picture pixel by pixel and its blurred light matches the blurred far picture.
//!
//! An [`Objective`] is a sum of [`Term`]s, each of which compares a view of the picture (pixels, details, the view from
//! afar) with a target; [`minimise`] lowers any objective with any [`Solver`]. [`Options`] select the usual terms, a
//! [`Plan`] checks them, and a [`Run`] mixes a [`Pair`](nearfar_image::Pair) from the coarsest size to the finest;
//! [`mix`] does all of that in one call.
//!
//! ```
//! use nearfar_descent::{Options, mix, no_observer};
//! use nearfar_image::{Channels, Image, Pair, Size};
//! use nearfar_kernels::Execution;
//!
//! let size = Size::new(24, 24)?;
//! let stripes = Image::from_fn(size, Channels::Grey, |_, x, _| [0.2, 0.8][x % 2]);
//! let disc = Image::from_fn(size, Channels::Grey, |_, x, y| if x.abs_diff(12) + y.abs_diff(12) < 9 { 0.9 } else { 0.1 });
//! let pair = Pair::new(stripes, disc)?;
//! let outcome = mix(&pair, &Options::article(), &Execution::single_threaded(), &mut no_observer)?;
//! assert_eq!((outcome.evaluations, outcome.iterations), (200, 200));
//! assert!(outcome.hybrid.samples().iter().all(|v| (0.0..=1.0).contains(v)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//!
//! - *Losses* are sums of squares over pixels and channels, not means, so that a learning rate does not depend on size.
//! - *Pictures* are encoded (display codes); blurring is done on light, through a transfer function.
//! - *Range*: the optimiser cannot leave `[0, 1]`: pixels are either sigmoids of free variables or projected onto the
//!   box at every step.
//! - *Wide blurs* (sigma 3 and more, unless a kernel size is given) are compared at the samples of a coarse grid; the
//!   loss is within 1e-3 of that of all pixels, and the gradient is exactly that of the reported loss.
//! - *Threads*: one evaluation is one sweep over the rows. Strips of rows go to threads; partial sums are kept per row
//!   and added in order, so results are bit-equal for any number of threads.
//!
//! # References
//!
//! - "Как можно взять tensorflow и смешать две картинки в одну", <https://habr.com/ru/post/591409/>: the method.
//! - A. Oliva, A. Torralba, P. G. Schyns, "Hybrid images", SIGGRAPH 2006: what a hybrid image is.
#![forbid(unsafe_code)]

mod check;
mod error;
mod field;
mod half;
mod loss;
mod mix;
mod objective;
mod options;
mod penalty;
mod plan;
mod planned_pair;
mod progress;
mod pyramid_level;
mod run;
mod solver;
mod term;
mod view;

pub use check::{GradientCheck, check_gradient};
pub use error::DescentError;
pub use field::{DetailsAfar, Passband, Unlike};
pub use half::{halved, is_worth_halving, refined};
pub use loss::{Loss, Losses};
pub use mix::mix;
pub use objective::{Objective, Workspace};
pub use options::{LIGHT_FLOOR, Options, Start};
pub use penalty::EdgeStop;
pub use plan::Plan;
pub use planned_pair::PlannedPair;
pub use progress::{Progress, no_observer};
pub use pyramid_level::PyramidLevel;
pub use run::Run;
pub use solver::{Minimisation, Outcome, Parametrization, Solver, StopReason, StopRule, minimise};
pub use term::{Target, Term, WholeLoss};
pub use view::afar::{Eye, FarBlur};
