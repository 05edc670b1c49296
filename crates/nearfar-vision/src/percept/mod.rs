//! Percepts: which of its two pictures a hybrid is seen as, at each distance.
//!
//! The model: an eye sees blurred light as CIE L*a*b*. In each of 11 bands of spatial frequency, half an octave apart,
//! the lightness of the hybrid as seen is fitted by `near_gain * near + far_gain * far`, both seen from the same
//! distance, and likewise its colours, except in the two highest bands. The gains times the strengths of the pictures
//! are what is seen of each; colours count half, and bands are weighted by their importance for recognition.
//!
//! It ranks the hybrids of one pair, and the distances of one hybrid, much as people and recognition networks do.
//! Across pairs it agrees with what strangers name (see `result.rs`), but it measures amplitudes rather than contours:
//! a hybrid with clean outlines looks more like NEAR than the model says.

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
