//! How to make a hybrid, as data.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::Execution;
use serde::{Deserialize, Serialize};

use crate::{Choice, Hybrid, MixError, Progress, RecipeError, Report, align, align::Aligned, choose, descent, fourier};

/// How to make a hybrid of two pictures: everything but the pictures. What a text leaves out has its default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recipe {
    /// How the far picture is made to fit the near one.
    pub align: align::Options,
    /// How the two are mixed.
    pub method: Method,
}

/// How two pictures that fit are mixed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By optimising the pixels.
    Descent(descent::Options),
    /// By adding a low-pass and a high-pass.
    Fourier(fourier::Options),
}

impl Default for Method {
    fn default() -> Self {
        Self::Descent(descent::Options::default())
    }
}

impl Method {
    /// The method with a sigma or a crossover, [`choose`]n if it had none; and the choice.
    #[must_use]
    pub fn settled(self, aligned: &Aligned, execution: &Execution) -> (Self, Option<Choice>) {
        let open = match &self {
            Self::Descent(options) => options.sigma.is_none(),
            Self::Fourier(options) => options.crossover.is_none(),
        };
        if open {
            let choice = choose(aligned, execution);
            return (self.crossing_at(choice.crossover), Some(choice));
        }
        (self, None)
    }

    /// Mixes a pair that fits already, from a picture of its size that the optimiser starts from.
    ///
    /// # Errors
    ///
    /// [`MixError`] as [`Self::mix`]; the picture to start from has another size or colours; the method starts from none.
    pub fn mix_from(
        &self,
        start: Image<Encoded>,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Result<(Image<Encoded>, Report), MixError> {
        let Self::Descent(options) = self else { return Err(MixError::NoStart { method: self.name() }) };
        let plan = descent::Plan::new(pair.size(), options)?;
        Ok(optimised(plan.mix_from(start, pair, execution, observer)?))
    }

    /// `descent` or `fourier`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Descent(_) => "descent",
            Self::Fourier(_) => "fourier",
        }
    }

    /// Mixes a pair that fits already. The observer is told of every step of a method that has steps.
    ///
    /// # Errors
    ///
    /// [`MixError`] names the first option that makes no sense.
    pub fn mix(
        &self,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Result<(Image<Encoded>, Report), MixError> {
        match self {
            Self::Descent(options) => Ok(optimised(descent::mix(pair, options, execution, observer)?)),
            Self::Fourier(options) => {
                let outcome = fourier::mix(pair, options, execution)?;
                let report = Report::Fourier {
                    clipped_share: outcome.clipped_share,
                    clipping_energy_lost: outcome.clipping_energy_lost,
                    transforms: outcome.transforms,
                };
                Ok((outcome.hybrid, report))
            }
        }
    }
}

/// A hybrid and what the optimiser says of it.
fn optimised(outcome: descent::Outcome) -> (Image<Encoded>, Report) {
    let descent::Outcome { hybrid, losses, steps, evaluations, stop_reason } = outcome;
    (hybrid, Report::Descent { steps, evaluations, stop_reason, losses })
}

impl Recipe {
    /// Makes the pictures fit and mixes them. A sigma or a crossover that the recipe does not give is [`choose`]n.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit, or an option makes no sense.
    pub fn mix(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        let aligned = align::align(near, far, &self.align, execution)?;
        let method = self.method.clone().settled(&aligned, execution).0;
        let (picture, report) = method.mix(&aligned.pair, execution, observer)?;
        Ok(Hybrid { picture, aligned, report })
    }

    /// The same, from a picture of the hybrid's size that the optimiser starts from.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`], and as [`Method::mix_from`].
    pub fn mix_from(
        &self,
        start: Image<Encoded>,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        let aligned = align::align(near, far, &self.align, execution)?;
        let method = self.method.clone().settled(&aligned, execution).0;
        let (picture, report) = method.mix_from(start, &aligned.pair, execution, observer)?;
        Ok(Hybrid { picture, aligned, report })
    }

    /// Reads a recipe from TOML.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong and where. NaN and infinity are wrong everywhere.
    pub fn from_toml(text: &str) -> Result<Self, RecipeError> {
        RecipeError::read_toml(text)
    }

    /// The recipe as TOML, every setting spelled out.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).expect("a recipe is plain data that TOML can hold")
    }

    /// Reads a recipe from JSON.
    ///
    /// # Errors
    ///
    /// As [`Self::from_toml`].
    pub fn from_json(text: &str) -> Result<Self, RecipeError> {
        RecipeError::read_json(text)
    }

    /// The recipe as JSON on one line, every setting spelled out; a number that is not finite, which no method takes,
    /// becomes null.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a recipe is plain data that JSON can hold")
    }
}
