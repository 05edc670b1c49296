//! Hybrid images by low-pass plus high-pass in the frequency domain.
//!
//! A hybrid shows the near picture's details over the far picture's shapes: `low * far + (near - high * near)`, with
//! filters `low` and `high` of the same [`FrequencyResponse`], each with its crossover. [`mix`] makes one hybrid from
//! [`Options`]; a [`Plan`] makes many of one size. [`LowPass`] filters single planes.
//!
//! ```
//! use nearfar_fourier::{Options, mix};
//! use nearfar_image::{Channels, Image, Pair, Size};
//! use nearfar_kernels::{Crossover, Execution};
//!
//! let size = Size::new(64, 48)?;
//! let near = Image::from_fn(size, Channels::Grey, |_, x, _| if x % 2 == 0 { 0.4 } else { 0.6 });
//! let far = Image::from_fn(size, Channels::Grey, |_, _, y| if y < 24 { 0.3 } else { 0.7 });
//! let options = Options { crossover: Some(Crossover::across(8.0, 48.0)?), ..Options::classic() };
//! let hybrid = mix(&Pair::new(near, far)?, &options, &Execution::parallel())?.hybrid;
//! let (top, bottom) = (hybrid.plane(0).row(4), hybrid.plane(0).row(44));
//! assert!(top[30] < top[31] && top[31] < bottom[30]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//!
//! - *Frequency* is in cycles per pixel. Responses are real, isotropic, and 1/2 at the crossover.
//! - *Border*: [`Border::Mirror`] continues pictures by half-sample mirroring, exactly and without padding.
//! - *Range*: pictures are codes in `[0, 1]`, and so are hybrids; [`OutOfRange`] decides what happens to values
//!   outside.
//! - *Threads*: results are bit-equal for any number of threads.
//! - *Memory*: besides the pair and the hybrid, mixing holds the coefficients of the frequencies that a filter keeps:
//!   for the usual crossovers a small part of a picture, at most one picture, and twice that where the bands are split
//!   separately. [`OutOfRange::LocalGain`] holds one picture more, [`Colors::Luma`](nearfar_kernels::Colors::Luma) and
//!   [`NearGain::Matched`] some grey ones.
//! - *Features*: `threads` (default), `serde`.
//!
//! # References
//!
//! A. Oliva, A. Torralba, P. G. Schyns, "Hybrid images", SIGGRAPH 2006. J. Makhoul, "A fast cosine transform in one and
//! two dimensions", IEEE Trans. ASSP 28(1), 1980. R. N. Bracewell, "Discrete Hartley transform", JOSA 73(12), 1983. R.
//! C. Gonzalez, R. E. Woods, "Digital Image Processing", section 4.8 (the responses).
#![forbid(unsafe_code)]

mod bands;
mod colors;
mod error;
mod lines;
mod local_gain;
mod lowpass;
mod mix;
mod near_gain;
mod options;
mod range;
mod response;
mod spectrum;
mod workspace;

pub use error::FourierError;
pub use lowpass::LowPass;
pub use mix::{Outcome, Plan, mix};
pub use options::{Border, NearGain, Options, OutOfRange};
pub use response::{FrequencyResponse, ResponseCurve};
pub use spectrum::{Ring, Spectrum};
pub use workspace::Workspace;
