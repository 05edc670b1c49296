//! How a hybrid of layers was made, as data.

use nearfar_vision::{Length, Surface};
use serde::{Deserialize, Serialize};

use super::{LayersError, Method, fitted::check_distances};
use crate::{Source, fit};

/// How layers were mixed, as data: everything but the pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayersRecipe {
    /// The layers and their distances, in the order in which they were given.
    pub seen: Vec<LayerRecipe>,
    /// The font of the texts, if it came from a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font: Option<Source>,
    /// How the pictures were brought into register with the nearest one.
    pub align: fit::Options,
    /// The surface on which the hybrid is seen.
    pub surface: Surface,
    /// How they were mixed.
    pub method: Method,
}

/// One of the layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayerRecipe {
    /// The distance from which it is to be seen.
    pub at: Length,
    /// The picture or text.
    pub what: LayerFile<Source>,
}

/// A layer: a picture, or a text drawn as a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerFile<P> {
    /// A picture.
    Picture(P),
    /// A text.
    Text(String),
}

impl<P> LayerFile<P> {
    /// The picture, unless the layer is a text.
    pub(crate) fn picture(&self) -> Option<&P> {
        match self {
            Self::Picture(picture) => Some(picture),
            Self::Text(_) => None,
        }
    }
}

impl LayersRecipe {
    /// The recipe as TOML, with every setting written out.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).expect("a recipe is plain data that TOML can hold")
    }

    /// The layers in the order of mixing: near to far.
    #[must_use]
    pub fn from_near_to_far(&self) -> Vec<&LayerRecipe> {
        let mut layers: Vec<_> = self.seen.iter().collect();
        layers.sort_by(|a, b| a.at.centimetres().total_cmp(&b.at.centimetres()));
        layers
    }

    /// The distances from which they should be seen, near to far.
    #[must_use]
    pub fn distances(&self) -> Vec<Length> {
        self.from_near_to_far().iter().map(|layer| layer.at).collect()
    }

    /// Checks the number of layers, so that no recipe makes the program open a million files.
    pub(crate) fn check(&self) -> Result<(), LayersError> {
        check_distances(self.seen.iter().map(|layer| layer.at).collect())
    }
}
