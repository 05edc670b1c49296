//! Arguments of `nearfar layers`.

use std::path::PathBuf;

use clap::Args;
use nearfar::{
    layers::{At, LayersError, Method},
    settings::Word,
};

use super::{FitArgs, InputSettings, OutputArgs, PlanArgs, RunArgs, ShowArgs, SurfaceSettings, choice};

#[derive(Debug, Args)]
pub(crate) struct LayersCommand {
    /// A layer and its distance: a picture, as in 40cm=cat.png, or a text, as in 6m=text:HELLO. Give two or more, in any
    /// order; all take the size and the frame of the nearest picture.
    #[arg(long, value_name = "LENGTH=WHAT", required = true, allow_hyphen_values = true)]
    pub(crate) at: Vec<At>,
    /// The hybrid's file; the extension chooses the format, `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// How the layers are mixed.
    #[arg(long, value_parser = choice(METHODS), value_name = "HOW", default_value = "descent")]
    method: fn() -> Method,
    /// Relative strength of each layer, from the nearest to the farthest, as in 1,1,2; if left out, such that all are seen
    /// equally clearly.
    #[arg(long, value_name = "LIST", value_delimiter = ',', allow_negative_numbers = true)]
    strengths: Vec<f64>,
    /// A font for the texts, OpenType or TrueType, instead of the built-in one.
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) surface: SurfaceSettings,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) plan: PlanArgs,
}

impl LayersCommand {
    pub(crate) fn method(&self) -> Result<Method, LayersError> {
        (self.method)().with_strengths(&self.strengths, self.at.len())
    }
}

const METHODS: &[Word<fn() -> Method>] = &[
    Word { word: "descent", others: &[], value: Method::default, help: "All at once, by optimising the pixels" },
    Word { word: "fourier", others: &[], value: || Method::Fourier, help: "By adding a band of frequencies of each" },
];
