//! The surface on which a picture is seen.

use nearfar_image::Size;

use super::{Density, Length};
use crate::VisionError;

/// The surface on which a picture is seen: by default a screen of 96 dpi.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Surface {
    /// A screen or a print of this density.
    Density(Density),
    /// Paper or a screen on which the picture has this width.
    Width(Length),
}

impl Surface {
    /// Pixels per inch of a picture of `size` on this surface.
    ///
    /// # Errors
    ///
    /// [`VisionError::DensityRange`] if that is more than 100 000.
    pub fn density(self, size: Size) -> Result<Density, VisionError> {
        match self {
            Self::Density(density) => Ok(density),
            Self::Width(width) => Density::of_print(width, size.width()),
        }
    }
}

impl Default for Surface {
    fn default() -> Self {
        Self::Density(Density::default())
    }
}
