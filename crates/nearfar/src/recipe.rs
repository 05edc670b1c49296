//! How to make a hybrid, as data.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use serde::{Deserialize, Serialize};

use crate::{Event, Hybrid, Method, MixError, RecipeError, Request, finite::Place, fit};

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
    /// Makes the pictures fit and mixes them: a [`Request`] that says no more than this recipe.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit, or an option makes no sense.
    pub fn mix(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        Request::from(self.clone()).mix(near, far, execution, observer)
    }

    /// Reads a recipe from TOML.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong and where: what cannot be read, what no picture could be mixed with, and numbers that
    /// are not finite.
    pub fn from_toml(text: &str) -> Result<Self, RecipeError> {
        let recipe: Self = RecipeError::read_toml(text)?;
        recipe.method.check_options().map_err(|error| RecipeError::senseless(text, &error, Place::span))?;
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
        recipe.method.check_options().map_err(|error| RecipeError::senseless(text, &error, Place::span_in_json))?;
        Ok(recipe)
    }

    /// The recipe as JSON on one line, every setting spelled out; a number that is not finite, which no method takes,
    /// becomes null.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a recipe is plain data that JSON can hold")
    }
}
