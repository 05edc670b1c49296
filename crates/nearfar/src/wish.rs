//! What somebody wants of a hybrid while they turn its knobs: said so that it means the same for pictures of every size.

use nearfar_descent::{self as descent, StopRule};
use nearfar_fourier as fourier;
use nearfar_kernels::Crossover;
use serde::{Deserialize, Serialize};

use crate::{Choice, Method, ShareWish, choose::MOST_CROSSOVER, fit::Aligned};

/// What somebody wants of a hybrid, apart from the two pictures and their size. What is left out is
/// [chosen](Method::choose), so that the default wish is what [`Recipe::default`](crate::Recipe) makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wish {
    /// How the pictures are mixed.
    pub mixer: Mixer,
    /// The crossover, in octaves above the one that is chosen: higher, and the far picture is seen from closer.
    pub octaves: f64,
    /// How much of the far picture comes through beside its shapes; what would have no effect is let pass.
    pub share: ShareWish,
    /// The optimiser's [`detail_weight`](descent::Options::detail_weight).
    pub detail_weight: Option<f64>,
}

/// A way to mix, with everything about it that no knob turns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mixer {
    /// The optimiser's defaults.
    #[default]
    Descent,
    /// The Fourier mixer's defaults.
    Fourier,
    /// The article's loss and solver, at the crossover that is wished for instead of the article's own sigma.
    Article,
}

/// How long somebody waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Patience {
    /// For the real thing.
    #[default]
    Whole,
    /// For a glance, while a knob is turned.
    Glance,
}

/// The article's steps of a glance: by then it is within 5 % of what its 200 steps make.
const GLANCE_OF_ARTICLE: usize = 60;

impl Wish {
    /// The method for two pictures that fit, and what would be chosen for it.
    #[must_use]
    pub fn method(&self, aligned: &Aligned, patience: Patience) -> (Method, Choice) {
        let (open, strength) = (self.mixer.method(patience), self.share.strength());
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
    /// The method, with its crossover left open.
    fn method(self, patience: Patience) -> Method {
        let quick = patience == Patience::Glance;
        match self {
            Self::Descent if quick => Method::Descent(descent::Options::draft()),
            Self::Descent => Method::Descent(descent::Options::default()),
            Self::Fourier => Method::Fourier(fourier::Options::default()),
            Self::Article => {
                let article = descent::Options::article();
                let most = if quick { GLANCE_OF_ARTICLE } else { article.stop.max_iterations };
                let stop = StopRule { max_iterations: most, ..article.stop };
                // Its 15 taps belong to its own sigma.
                Method::Descent(descent::Options { sigma: None, kernel_size: None, stop, ..article })
            }
        }
    }
}

/// A crossover, so many octaves higher, as far as pixels hold it.
fn raised(crossover: Crossover, octaves: f64) -> Crossover {
    let cycles = crossover.cycles_per_pixel();
    let most = MOST_CROSSOVER.max(cycles);
    Crossover::per_pixel((cycles * octaves.exp2()).clamp(f64::MIN_POSITIVE, most)).unwrap_or(crossover)
}
