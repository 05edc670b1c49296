//! Settings of fitting.

use nearfar_align::PointPair;
use serde::{Deserialize, Serialize};

use super::SettingsError;
use crate::fit::{Edges, Method, Options};

/// How the far picture is brought into register with the near one.
#[cfg_attr(feature = "clap", derive(clap::Args), command(next_help_heading = "Fitting"))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FitSettings {
    /// How FAR is brought into register with NEAR; auto if left out.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Method>(), value_name = "HOW"))]
    pub align: Option<Method>,
    /// Pairs of points that show the same thing in both pictures.
    #[cfg_attr(feature = "clap", arg(skip))]
    pub points: Vec<PointPair>,
    /// What to do where FAR does not cover NEAR.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Edges>(), value_name = "HOW"))]
    pub edges: Option<Edges>,
}

impl FitSettings {
    /// Options of [`fit`](crate::fit::fit).
    ///
    /// # Errors
    ///
    /// [`SettingsError`] if a setting would have no effect.
    pub fn options(self) -> Result<Options, SettingsError> {
        let Self { align, points, edges } = self;
        let usual = if points.is_empty() { Method::Auto } else { Method::Points };
        let method = align.unwrap_or(usual);
        if !points.is_empty() && !matches!(method, Method::Auto | Method::Points) {
            return Err(SettingsError::Points);
        }
        let covers =
            [Method::None, Method::Crop, Method::CenterFit, Method::Portrait, Method::HideFace].contains(&method);
        if edges.is_some() && covers {
            return Err(SettingsError::Edges);
        }
        Ok(Options { method, points, edges: edges.unwrap_or_default(), ..Options::default() })
    }
}
