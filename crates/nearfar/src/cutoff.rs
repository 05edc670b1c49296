//! Cutoffs in everyday units.

use std::{fmt, str::FromStr};

use nearfar_image::Size;
use nearfar_kernels::{Crossover, HALF_GAIN, KernelError};
use serde::{Deserialize, Serialize};

/// A frequency in the unit that it was said in: `16cpi`, `0.03cpp` or `6px`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Cutoff {
    /// Cycles along the shorter side of the picture.
    CyclesPerImage(f64),
    /// Cycles in a pixel.
    CyclesPerPixel(f64),
    /// Where a Gaussian blur of so many pixels leaves half.
    Sigma(f64),
}

/// Why a text is no cutoff.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CutoffError {
    /// It does not begin with a number.
    #[error("{text:?} is not a number")]
    Number {
        /// What it begins with.
        text: String,
    },
    /// It is a number alone.
    #[error("the unit is missing: cpi (cycles per image), cpp (cycles per pixel) or px (sigma)")]
    NoUnit,
    /// It ends with something else.
    #[error("{text:?} is no unit; use cpi (cycles per image), cpp (cycles per pixel) or px (sigma)")]
    Unit {
        /// What it ends with.
        text: String,
    },
}

impl Cutoff {
    /// The crossover, for pictures of `size`.
    ///
    /// # Errors
    ///
    /// [`KernelError::Crossover`] if pixels cannot hold it.
    pub fn crossover(self, size: Size) -> Result<Crossover, KernelError> {
        match self {
            Self::CyclesPerImage(cycles) => Crossover::across(cycles, size.shorter_side() as f64),
            Self::CyclesPerPixel(cycles) => Crossover::per_pixel(cycles),
            Self::Sigma(pixels) => Crossover::of_sigma(pixels),
        }
    }

    /// Cycles per pixel of pictures of `size`, also where pixels cannot hold them.
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
