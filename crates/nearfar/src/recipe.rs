//! How to make a hybrid, as data.

use std::ops::Range;

use nearfar_descent::DescentError;
use nearfar_fourier::FourierError;
use nearfar_kernels::KernelError;
use serde::{Deserialize, Serialize};

use crate::{Method, MixError, RecipeError, fit, text_place::Place};

/// How to make a hybrid of two pictures: everything but the pictures. What a text leaves out has its default, and what the
/// defaults leave open is [chosen](Method::choose).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recipe {
    /// How the far picture is made to fit the near one.
    pub align: fit::Options,
    /// How the two are mixed.
    pub method: Method,
}

impl Recipe {
    /// Reads a recipe from TOML.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong and where: what cannot be read, what no picture could be mixed with, and numbers that
    /// are not finite.
    pub fn from_toml(text: &str) -> Result<Self, RecipeError> {
        let recipe: Self = RecipeError::read_toml(text)?;
        recipe.method.check_options().map_err(|error| senseless(text, &error, Place::span))?;
        Ok(recipe)
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
        let recipe: Self = RecipeError::read_json(text)?;
        recipe.method.check_options().map_err(|error| senseless(text, &error, Place::span_in_json))?;
        Ok(recipe)
    }

    /// The recipe as JSON on one line, every setting spelled out; a number that is not finite, which no method takes,
    /// becomes null.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a recipe is plain data that JSON can hold")
    }
}

/// A setting that makes no sense, where `span` finds it in the text.
fn senseless(text: &str, error: &MixError, span: fn(&Place, &str) -> Option<Range<usize>>) -> RecipeError {
    RecipeError::at(text, places(error).iter().find_map(|place| span(place, text)), error.to_string())
}

/// Where in a recipe the setting is that makes no sense, if it is one: the first of these that is there.
fn places(error: &MixError) -> Vec<Place> {
    let descent = |keys: &[&str]| vec![Place::of(&[&["method", "descent"], keys].concat())];
    let fourier = |key: &str| vec![Place::of(&["method", "fourier", key])];
    match error {
        MixError::Descent(error) => match error {
            DescentError::Weight { name, .. } => descent(&[&name.replace(' ', "-")]),
            DescentError::NoWeight => descent(&[]),
            DescentError::Edges { .. } => descent(&["edges"]),
            DescentError::Tolerance { .. } => descent(&["stop", "tolerance"]),
            DescentError::Iterations { .. } => descent(&["stop", "max-iterations"]),
            DescentError::Rate { .. } | DescentError::Momentum { .. } | DescentError::Memory { .. } => {
                descent(&["solver"])
            }
            DescentError::Kernel(KernelError::Sigma { .. }) => descent(&["sigma"]),
            DescentError::Kernel(KernelError::KernelSize { .. }) => descent(&["kernel-size"]),
            DescentError::Kernel(_) => descent(&["share"]),
            _ => Vec::new(),
        },
        MixError::Fourier(error) => match error {
            FourierError::NearGain { .. } | FourierError::MatchedGain { .. } => fourier("near-gain"),
            FourierError::Share(_) => fourier("share"),
            FourierError::Order { .. } | FourierError::Weights { .. } | FourierError::Sigma(_) => fourier("low"),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
