//! Everything known of a hybrid, in English sentences that all front ends share.

#[cfg(feature = "batch")]
mod batch;
mod choices;
mod event;
mod geometry;
mod layers;
mod note;
mod printable;
mod report;
mod score;
mod sheet;
mod suggest;
mod trial;
mod walk;

#[cfg(feature = "batch")]
pub use batch::{batch_plan, batch_row, batch_tally};
pub use choices::choices;
pub use event::event;
pub use geometry::geometry;
#[cfg(feature = "codec")]
pub(crate) use layers::layers_verdict;
pub use layers::{layer_choices, layers};
pub use printable::{indented, printable};
#[cfg(feature = "codec")]
pub use report::wanted_choices;
pub use report::{losses, report, wanted};
pub use score::{distance, perceived, scores};
pub use sheet::{sheet_best, sheet_title};
pub use suggest::suggested;
pub use trial::suggestion;
pub(crate) use walk::walk;
