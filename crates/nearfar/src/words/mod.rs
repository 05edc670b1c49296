//! English: what is known of a hybrid, in sentences. All front ends say the same.

mod geometry;
mod note;
mod report;
mod score;
mod suggest;

pub use geometry::geometry;
pub use report::{losses, report};
pub use score::{distance, perceived, scores};
pub use suggest::suggestion;
