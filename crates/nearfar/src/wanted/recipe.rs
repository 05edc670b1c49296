//! How a hybrid by an objective was made, as data.

use std::collections::BTreeMap;

use nearfar_vision::Surface;
use serde::{Deserialize, Serialize};

use super::Wanted;
use crate::{Source, fit};

/// How two pictures were mixed by an objective, as data: everything but the pictures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WantedRecipe {
    /// The objective, as its file says it.
    pub toml: String,
    /// How the far picture was made to fit the near one.
    pub align: fit::Options,
    /// What the hybrid is seen on.
    pub surface: Surface,
    /// The masks, by the names that the objective calls them by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub masks: BTreeMap<String, Source>,
    /// The mask of all terms of the near picture that have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near_mask: Option<Source>,
    /// The same of the far picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub far_mask: Option<Source>,
}

impl WantedRecipe {
    /// Checks that the objective makes sense and that its masks are those that are there.
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
