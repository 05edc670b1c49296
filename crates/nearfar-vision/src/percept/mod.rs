//! Which of its two pictures a hybrid is seen as, from where.
//!
//! The model: an eye sees the lightness L* of blurred light. In each of 11 bands of spatial frequency, half an octave
//! apart, the seen hybrid is fitted by `near_gain * near + far_gain * far`, both seen from the same distance. The gains times
//! the strengths of the pictures are what is seen of either; bands weigh as they matter for recognition.
//!
//! It ranks the hybrids of one pair, and the distances of one hybrid, much as people and recognition networks do; between
//! pairs it says little. It sees lightness alone, and amplitudes rather than contours: a hybrid with NEAR's colours and clean
//! outlines looks more like NEAR than it says. [`color_prominence`] says where colours alone give NEAR away.

mod colors;
mod face;
mod frequencies;
mod grid;
mod reference;
mod result;
mod strengths;
mod switch;
mod view;

pub use colors::color_prominence;
pub use face::Face;
pub use frequencies::percept_views;
pub use reference::{PerceptReference, percepts};
pub use result::{Percept, PerceptBand};
pub use strengths::PerceptStrengths;
pub use switch::PerceptSwitch;
