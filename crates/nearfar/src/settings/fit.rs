//! Settings of fitting.

use nearfar_align::PointPair;
use serde::{Deserialize, Serialize};

use super::SettingsError;
use crate::fit::{Edges, Method, Options};

/// What is said of how the pictures are made to fit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FitSettings {
    /// How the map is found: if it is not said, by the points, or else by the first that is sure.
    pub align: Option<Method>,
    /// Where the same things are in both pictures.
    pub points: Vec<PointPair>,
    /// What happens where the far picture does not cover the near one; auto if it is not said.
    pub edges: Option<Edges>,
}

impl FitSettings {
    /// Options of [`fit`](crate::fit::fit).
    ///
    /// # Errors
    ///
    /// [`SettingsError`] if something would have no effect.
    pub fn options(self) -> Result<Options, SettingsError> {
        let Self { align, points, edges } = self;
        let usual = if points.is_empty() { Method::Auto } else { Method::Points };
        let method = align.unwrap_or(usual);
        if !points.is_empty() && !matches!(method, Method::Auto | Method::Points) {
            return Err(SettingsError::Points);
        }
        if edges.is_some() && matches!(method, Method::None | Method::Crop) {
            return Err(SettingsError::Edges);
        }
        Ok(Options { method, points, edges: edges.unwrap_or_default(), ..Options::default() })
    }
}
