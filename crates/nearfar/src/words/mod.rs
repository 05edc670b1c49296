//! English: what is known of a hybrid, in sentences. All front ends say the same.

mod choices;
mod geometry;
mod layers;
mod note;
mod report;
mod score;
mod sheet;
mod suggest;

pub use choices::choices;
pub use geometry::geometry;
pub use layers::layers;
pub use report::{losses, report, wanted};
pub use score::{distance, perceived, scores};
pub use sheet::{sheet_best, sheet_title};
pub use suggest::{suggested, suggestion};
