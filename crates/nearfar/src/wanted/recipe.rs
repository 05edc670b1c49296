//! How a hybrid was made by an objective, as data.

use std::collections::BTreeMap;

use nearfar_vision::Surface;
use serde::{Deserialize, Serialize};

use super::Wanted;
use crate::{Source, fit};

/// How two pictures were mixed by an objective, as data: everything but the pictures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WantedRecipe {
    /// The objective as written in its file.
    pub toml: String,
    /// How the pictures were brought into register.
    pub align: fit::Options,
    /// The surface on which the hybrid is seen.
    pub surface: Surface,
    /// The masks, by their names in the objective.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub masks: BTreeMap<String, Source>,
    /// The mask of all terms of the near picture without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near_mask: Option<Source>,
    /// The mask of all terms of the far picture without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub far_mask: Option<Source>,
}

impl WantedRecipe {
    /// Checks that the objective is valid and that its masks are the given ones.
    pub(crate) fn check(&self) -> Result<(), String> {
        let wanted = Wanted::from_toml(&self.toml).map_err(|error| format!("its objective: {error}"))?;
        let named = wanted.mask_files();
        match self.masks.keys().find(|name| !named.contains(&name.as_str())) {
            Some(name) => Err(format!("its objective has no mask {name}")),
            None => match named.into_iter().find(|name| !self.masks.contains_key(*name)) {
                Some(name) => Err(format!("the mask {name} of its objective is not in it")),
                None => Ok(()),
            },
        }
    }
}
