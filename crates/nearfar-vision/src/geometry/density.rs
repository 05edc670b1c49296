//! Pixel densities of screens and prints.

use std::{fmt, str::FromStr};

use super::{Length, number_and_unit};
use crate::VisionError;

/// Pixels per inch of a screen or a print: above 0, at most 100 000.
///
/// Parsed from a number with or without a unit, as in `96`, `96dpi` or `220 ppi`. The default is 96, the pixel of CSS.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "f64", into = "f64"))]
pub struct Density {
    pixels_per_inch: f64,
}

/// Finer than the finest film; a guard against typos.
const MAX_PIXELS_PER_INCH: f64 = 1e5;

impl Density {
    /// A density in pixels per inch.
    ///
    /// # Errors
    ///
    /// [`VisionError::DensityRange`] unless it is above 0 and at most 100 000.
    pub fn from_pixels_per_inch(pixels_per_inch: f64) -> Result<Self, VisionError> {
        if pixels_per_inch > 0.0 && pixels_per_inch <= MAX_PIXELS_PER_INCH {
            Ok(Self { pixels_per_inch })
        } else {
            Err(VisionError::DensityRange { pixels_per_inch, max: MAX_PIXELS_PER_INCH })
        }
    }

    /// The density of a picture of `pixels` columns that is printed or shown `width` wide.
    ///
    /// # Errors
    ///
    /// [`VisionError::DensityRange`] if that is more than 100 000 pixels per inch or there are no pixels.
    pub fn of_print(width: Length, pixels: usize) -> Result<Self, VisionError> {
        Self::from_pixels_per_inch(pixels as f64 / width.inches())
    }

    /// Pixels per inch.
    #[must_use]
    pub fn pixels_per_inch(self) -> f64 {
        self.pixels_per_inch
    }

    /// Pixels per centimetre.
    #[must_use]
    pub fn pixels_per_centimetre(self) -> f64 {
        self.pixels_per_inch / 2.54
    }
}

impl Default for Density {
    fn default() -> Self {
        Self { pixels_per_inch: 96.0 }
    }
}

impl FromStr for Density {
    type Err = VisionError;

    fn from_str(text: &str) -> Result<Self, VisionError> {
        match number_and_unit(text) {
            Some((number, "" | "dpi" | "ppi")) => Self::from_pixels_per_inch(number),
            _ => Err(VisionError::DensitySyntax),
        }
    }
}

/// `96dpi`, with as many digits as the formatter asks for.
impl fmt::Display for Density {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.pixels_per_inch, f)?;
        f.write_str("dpi")
    }
}

#[cfg(feature = "serde")]
impl TryFrom<f64> for Density {
    type Error = VisionError;

    fn try_from(pixels_per_inch: f64) -> Result<Self, VisionError> {
        Self::from_pixels_per_inch(pixels_per_inch)
    }
}

#[cfg(feature = "serde")]
impl From<Density> for f64 {
    fn from(density: Density) -> Self {
        density.pixels_per_inch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn densities_parse_and_print() {
        for (text, expected) in [("96", "96dpi"), ("220ppi", "220dpi"), ("300 dpi", "300dpi"), ("95.5", "95.5dpi")] {
            assert_eq!(text.parse::<Density>().expect(text).to_string(), expected);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "dpi", "96cm", "96 dp i"] {
            assert_eq!(text.parse::<Density>(), Err(VisionError::DensitySyntax), "{text:?}");
        }
        for text in ["0", "-96dpi", "1000000", "1e9", "1e9dpi"] {
            assert!(matches!(text.parse::<Density>(), Err(VisionError::DensityRange { .. })), "{text:?}");
        }
        assert!(Density::of_print("1cm".parse().expect("length"), 0).is_err());
    }
}
