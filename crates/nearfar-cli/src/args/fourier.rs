//! The Fourier mixer.

use clap::Args;
use nearfar::{ShareOptions, settings::FourierSettings};

/// How the Fourier mixer works.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mixing")]
pub(crate) struct FourierArgs {
    #[command(flatten)]
    settings: FourierSettings,
    /// Near and far weight of the `wiener` response, both above 0; 0.1 and 1 if left out.
    #[arg(long, num_args = 2, value_names = ["NEAR", "FAR"])]
    weights: Option<Vec<f64>>,
    #[command(flatten)]
    pub(crate) share: ShareOptions,
}

impl FourierArgs {
    /// The settings, with the weights.
    pub(crate) fn settings(&self) -> FourierSettings {
        let weights = self.weights.as_deref().and_then(|weights| weights.try_into().ok());
        FourierSettings { weights, ..self.settings }
    }
}
