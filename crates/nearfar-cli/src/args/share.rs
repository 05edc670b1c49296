//! How much of the far picture comes through beside its shapes.

use clap::Args;
use nearfar::ShareWish;

/// How much of FAR comes through beside its shapes; what is not said is chosen by what FAR shows.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct ShareArgs {
    /// How much of FAR's colours, from 0 (all colours are NEAR's) to 1.
    #[arg(long, value_name = "PART", allow_negative_numbers = true)]
    far_color: Option<f64>,
    /// How much of FAR's overall light and dark, from 0 (as bright as NEAR everywhere) to 1.
    #[arg(long, value_name = "PART", allow_negative_numbers = true)]
    far_tone: Option<f64>,
    /// How much of FAR beside its face, from 0 (the face alone) to 1.
    #[arg(long, value_name = "PART", allow_negative_numbers = true)]
    beside: Option<f64>,
}

impl ShareArgs {
    /// What was said.
    pub(crate) fn wish(self) -> ShareWish {
        ShareWish { color: self.far_color, tone: self.far_tone, beside: self.beside }
    }
}
