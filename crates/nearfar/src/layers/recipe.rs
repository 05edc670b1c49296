//! How a hybrid for several distances was made, as data.

use nearfar_vision::{Length, Surface};
use serde::{Deserialize, Serialize};

use super::{LayersError, Method, fitted::check_distances};
use crate::{Source, fit};

/// How pictures for several distances were mixed, as data: everything but the pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayersRecipe {
    /// What is to be seen, and from where, in the order in which it was given.
    pub seen: Vec<LayerRecipe>,
    /// The font of the texts, if it was a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font: Option<Source>,
    /// How the pictures were made to fit the nearest one.
    pub align: fit::Options,
    /// What the hybrid is seen on.
    pub surface: Surface,
    /// How they were mixed.
    pub method: Method,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayerRecipe {
    /// From where it is to be seen.
    pub at: Length,
    /// What it is.
    pub what: LayerFile<Source>,
}

/// What is to be seen: a picture, or a text that is drawn as one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerFile<P> {
    /// A picture.
    Picture(P),
    /// A text.
    Text(String),
}

impl<P> LayerFile<P> {
    /// The picture, if it is one.
    pub(crate) fn picture(&self) -> Option<&P> {
        match self {
            Self::Picture(picture) => Some(picture),
            Self::Text(_) => None,
        }
    }
}

impl LayersRecipe {
    /// The recipe as TOML, every setting spelled out.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).expect("a recipe is plain data that TOML can hold")
    }

    /// The layers as they were mixed: near to far.
    #[must_use]
    pub fn from_near_to_far(&self) -> Vec<&LayerRecipe> {
        let mut layers: Vec<_> = self.seen.iter().collect();
        layers.sort_by(|a, b| a.at.centimetres().total_cmp(&b.at.centimetres()));
        layers
    }

    /// Checks that there are as many layers as an eye can tell apart, so that nobody opens a million files for nothing.
    pub(crate) fn check(&self) -> Result<(), LayersError> {
        check_distances(self.seen.iter().map(|layer| layer.at).collect())
    }
}
