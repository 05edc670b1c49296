//! Which of its two pictures a hybrid is seen as, from where.
//!
//! The model: an eye sees blurred light as CIE L*a*b*. In each of 11 bands of spatial frequency, half an octave apart, the
//! seen hybrid's lightness is fitted by `near_gain * near + far_gain * far`, both seen from the same distance, and its colours
//! likewise, but for the two highest bands. The gains times the strengths of the pictures are what is seen of either; colours weigh half, and bands as
//! they matter for recognition.
//!
//! It ranks the hybrids of one pair, and the distances of one hybrid, much as people and recognition networks do; between
//! pairs it agrees with what strangers name (see `result.rs`), but knows amplitudes rather than contours: a hybrid with clean
//! outlines looks more like NEAR than it says.

mod face;
mod frequencies;
mod grid;
mod reference;
mod result;
mod switch;
mod view;

pub use face::Face;
pub use frequencies::percept_views;
pub use reference::{PerceptReference, percepts};
pub use result::{Percept, PerceptBand};
pub use switch::PerceptSwitch;
