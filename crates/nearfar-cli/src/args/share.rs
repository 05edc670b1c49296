//! How much of the far picture comes through beside its shapes.

use clap::Args;
use nearfar::kernels::{Focus, Share};

use crate::failure::Failure;

/// How much of FAR comes through beside its shapes; what is not said is chosen by what FAR shows.
#[derive(Clone, Copy, Debug, Default, Args)]
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
    /// Refuses what would have no effect: `chosen` is the share of the method that came of all else, if it has one.
    pub(crate) fn check(self, chosen: Option<Share>) -> Result<(), Failure> {
        let says_any = self.far_color.or(self.far_tone).or(self.beside).is_some();
        match chosen {
            None if says_any => Err(Failure::usage(
                "--far-color, --far-tone and --beside have no effect where channels are mixed alike",
            )
            .fix("leave them out, or say --colors luma")),
            Some(Share { focus: None, .. }) if self.beside.is_some() => {
                Err(Failure::usage("--beside has no effect: no face was found in FAR")
                    .fix("leave it out, or choose how FAR is fitted with --align"))
            }
            _ => Ok(()),
        }
    }

    /// What was chosen, with what was said laid over it.
    pub(crate) fn laid_over(self, chosen: Share) -> Share {
        Share {
            color: self.far_color.unwrap_or(chosen.color),
            tone: self.far_tone.unwrap_or(chosen.tone),
            focus: chosen.focus.map(|focus| Focus { rest: self.beside.unwrap_or(focus.rest), ..focus }),
        }
    }
}
