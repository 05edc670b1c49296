//! Cutoffs in everyday units.

use std::{fmt, str::FromStr};

use nearfar_image::Size;
use nearfar_kernels::{Crossover, HALF_GAIN, KernelError};
use serde::{Deserialize, Serialize};

/// A frequency in the unit it was given in: `16cpi`, `0.03cpp` or `6px`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Cutoff {
    /// Cycles along the shorter side of the picture.
    CyclesPerImage(f64),
    /// Cycles per pixel.
    CyclesPerPixel(f64),
    /// The sigma, in pixels, of the Gaussian blur whose gain at the cutoff is one half.
    Sigma(f64),
}

/// Why a text is not a cutoff.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CutoffError {
    /// It does not start with a number.
    #[error("{text:?} is not a number")]
    Number {
        /// The start of the text.
        text: String,
    },
    /// It is a bare number, without a unit.
    #[error("the unit is missing: cpi (cycles per image), cpp (cycles per pixel) or px (sigma)")]
    NoUnit,
    /// It ends with something other than a unit.
    #[error("{text:?} is no unit; use cpi (cycles per image), cpp (cycles per pixel) or px (sigma)")]
    Unit {
        /// The end of the text.
        text: String,
    },
}

impl Cutoff {
    /// The crossover for pictures of `size`.
    ///
    /// # Errors
    ///
    /// [`KernelError::Crossover`] if the frequency is out of range for a grid of pixels.
    pub fn crossover(self, size: Size) -> Result<Crossover, KernelError> {
        match self {
            Self::CyclesPerImage(cycles) => Crossover::across(cycles, size.shorter_side() as f64),
            Self::CyclesPerPixel(cycles) => Crossover::per_pixel(cycles),
            Self::Sigma(pixels) => Crossover::of_sigma(pixels),
        }
    }

    /// Cycles per pixel in pictures of `size`, even if that is out of range.
    pub(crate) fn cycles_per_pixel(self, size: Size) -> f64 {
        match self {
            Self::CyclesPerImage(cycles) => cycles / size.shorter_side() as f64,
            Self::CyclesPerPixel(cycles) => cycles,
            Self::Sigma(pixels) => HALF_GAIN / pixels,
        }
    }
}

impl FromStr for Cutoff {
    type Err = CutoffError;

    fn from_str(text: &str) -> Result<Self, CutoffError> {
        let text = text.trim();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let value = digits.trim_end().parse().map_err(|_| CutoffError::Number { text: digits.to_owned() })?;
        match &text[digits.len()..] {
            "cpi" => Ok(Self::CyclesPerImage(value)),
            "cpp" => Ok(Self::CyclesPerPixel(value)),
            "px" => Ok(Self::Sigma(value)),
            "" => Err(CutoffError::NoUnit),
            unit => Err(CutoffError::Unit { text: unit.to_owned() }),
        }
    }
}

impl fmt::Display for Cutoff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CyclesPerImage(cycles) => write!(f, "{cycles}cpi"),
            Self::CyclesPerPixel(cycles) => write!(f, "{cycles}cpp"),
            Self::Sigma(pixels) => write!(f, "{pixels}px"),
        }
    }
}

impl TryFrom<String> for Cutoff {
    type Error = CutoffError;

    fn try_from(text: String) -> Result<Self, CutoffError> {
        text.parse()
    }
}

impl From<Cutoff> for String {
    fn from(cutoff: Cutoff) -> Self {
        cutoff.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutoffs_parse_and_print() {
        assert_eq!(" 6 px ".parse::<Cutoff>(), Ok(Cutoff::Sigma(6.0)));
        for text in ["16cpi", "0.03cpp", "6px", "-4cpi"] {
            assert_eq!(text.parse::<Cutoff>().expect(text).to_string(), text);
        }
        assert_eq!("16".parse::<Cutoff>(), Err(CutoffError::NoUnit));
        assert_eq!("16dpi".parse::<Cutoff>(), Err(CutoffError::Unit { text: "dpi".to_owned() }));
        assert!(matches!("wide".parse::<Cutoff>(), Err(CutoffError::Number { .. })));
    }
}
