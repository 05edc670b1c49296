//! Hybrid images by low-pass plus high-pass in the frequency domain.
#![forbid(unsafe_code)]

mod error;
mod fft;
mod gains;
mod lowpass;
mod mix;
mod options;
mod order;
mod range;
mod response;

pub use error::FourierError;
pub use fft::{Complex32, RealFft2, Workspace};
pub use lowpass::LowPass;
pub use mix::{Outcome, Plan, mix};
pub use options::{Border, Options, OutOfRange};
pub use response::{Cutoff, FrequencyResponse, ResponseCurve};
