//! The knobs of a hybrid, in units that mean the same for pictures of every size.

use nearfar_descent::{self as descent, StopRule};
use nearfar_fourier as fourier;
use nearfar_kernels::Crossover;
use serde::{Deserialize, Serialize};

use crate::{Choice, Method, ShareOptions, choose::MOST_CROSSOVER, fit::Aligned};

/// The settings of a hybrid, apart from the two pictures and their size. Anything left out is [chosen](Method::choose): the
/// default gives the same result as [`Recipe::default`](crate::Recipe).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Knobs {
    /// How the pictures are mixed.
    pub mixer: Mixer,
    /// The crossover, in octaves above the chosen one; the higher it is, the closer is the distance from which the far
    /// picture is seen.
    pub octaves: f64,
    /// How much of the far picture comes through beside its shapes; values without effect are ignored.
    pub share: ShareOptions,
    /// The optimiser's [`detail_weight`](descent::Options::detail_weight).
    pub detail_weight: Option<f64>,
}

/// A way to mix, with every option settled that has no knob.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mixer {
    /// The optimiser's defaults.
    #[default]
    Descent,
    /// The Fourier mixer's defaults.
    Fourier,
    /// The article's loss and solver, but with the crossover of the knobs instead of the article's sigma.
    Article,
}

/// How good a hybrid is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fidelity {
    /// The final hybrid.
    #[default]
    Full,
    /// A quick one, while a knob is turned.
    Preview,
}

/// The steps of a preview of the article's method: it is then within 5 % of the result of all 200 steps.
const PREVIEW_OF_ARTICLE: usize = 60;

impl Knobs {
    /// The method for two pictures in register, and the choice behind it.
    #[must_use]
    pub fn method(&self, aligned: &Aligned, fidelity: Fidelity) -> (Method, Choice) {
        let (open, strength) = (self.mixer.method(fidelity), self.share.strength());
        let choice = open.choose(aligned, strength);
        let mut method = open.settled(aligned, strength);
        if self.octaves != 0.0 {
            method = method.crossing_at(raised(choice.crossover, self.octaves));
        }
        if let (Method::Descent(options), Mixer::Descent, Some(weight)) = (&mut method, self.mixer, self.detail_weight)
        {
            options.detail_weight = weight;
        }
        match method.share() {
            Some(share) => (method.with_share(self.share.laid_over(share)), choice),
            None => (method, choice),
        }
    }
}

impl Mixer {
    /// The method with its crossover left open.
    fn method(self, fidelity: Fidelity) -> Method {
        let quick = fidelity == Fidelity::Preview;
        match self {
            Self::Descent if quick => Method::Descent(descent::Options::draft()),
            Self::Descent => Method::Descent(descent::Options::default()),
            Self::Fourier => Method::Fourier(fourier::Options::default()),
            Self::Article => {
                let article = descent::Options::article();
                let most = if quick { PREVIEW_OF_ARTICLE } else { article.stop.max_iterations };
                let stop = StopRule { max_iterations: most, ..article.stop };
                // The 15 taps belong to the article's own sigma.
                Method::Descent(descent::Options { sigma: None, kernel_size: None, stop, ..article })
            }
        }
    }
}

/// A crossover raised by `octaves`, up to the highest one.
fn raised(crossover: Crossover, octaves: f64) -> Crossover {
    let cycles = crossover.cycles_per_pixel();
    let most = MOST_CROSSOVER.max(cycles);
    Crossover::per_pixel((cycles * octaves.exp2()).clamp(f64::MIN_POSITIVE, most)).unwrap_or(crossover)
}
