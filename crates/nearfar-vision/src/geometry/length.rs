//! Distances and widths.

use std::{fmt, str::FromStr};

use super::number_and_unit;
use crate::VisionError;

/// A distance or a width: above 0, at most 100 km.
///
/// Parsed from a number and a unit, as in `60cm`, `3m`, `2.5in`, `120mm` or `6 ft`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Length {
    centimetres: f64,
}

/// Farther than anybody looks at a picture; a guard against typos.
const MAX_CENTIMETRES: f64 = 1e7;

/// Units by name, and their lengths in centimetres.
const UNITS: [(&str, f64); 5] = [("cm", 1.0), ("m", 100.0), ("mm", 0.1), ("in", 2.54), ("ft", 30.48)];

impl Length {
    /// A length in centimetres.
    ///
    /// # Errors
    ///
    /// [`VisionError::LengthRange`] unless it is above 0 and at most 100 km.
    pub fn from_centimetres(centimetres: f64) -> Result<Self, VisionError> {
        if centimetres > 0.0 && centimetres <= MAX_CENTIMETRES {
            Ok(Self { centimetres })
        } else {
            Err(VisionError::LengthRange { centimetres, max: MAX_CENTIMETRES })
        }
    }

    /// The length in centimetres.
    #[must_use]
    pub fn centimetres(self) -> f64 {
        self.centimetres
    }

    /// The length in inches.
    #[must_use]
    pub fn inches(self) -> f64 {
        self.centimetres / 2.54
    }
}

impl FromStr for Length {
    type Err = VisionError;

    fn from_str(text: &str) -> Result<Self, VisionError> {
        let (number, unit) = number_and_unit(text).ok_or(VisionError::LengthSyntax)?;
        let (_, scale) = UNITS.iter().find(|(name, _)| *name == unit).ok_or(VisionError::LengthSyntax)?;
        Self::from_centimetres(number * scale)
    }
}

/// Centimetres below a metre, metres from there on, with as many digits as the formatter asks for (`{:.1}`).
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) =
            if self.centimetres < 100.0 { (self.centimetres, "cm") } else { (self.centimetres / 100.0, "m") };
        fmt::Display::fmt(&value, f)?;
        f.write_str(unit)
    }
}

#[cfg(feature = "serde")]
impl TryFrom<String> for Length {
    type Error = VisionError;

    fn try_from(text: String) -> Result<Self, VisionError> {
        text.parse()
    }
}

#[cfg(feature = "serde")]
impl From<Length> for String {
    /// As it is displayed, or in centimetres if that would not parse to exactly the same length.
    fn from(length: Length) -> Self {
        let text = length.to_string();
        if text.parse() == Ok(length) { text } else { format!("{}cm", length.centimetres) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_parses() {
        for (text, expected) in [
            ("60cm", 60.0),
            ("3m", 300.0),
            ("2.5in", 6.35),
            ("120mm", 12.0),
            ("6ft", 182.88),
            (" 1.5 m ", 150.0),
            ("1e-3m", 0.1),
        ] {
            let length: Length = text.parse().expect(text);
            assert!((length.centimetres() - expected).abs() < 1e-9, "{text}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "60", "cm", "3 km", "1ecm", "--3m", "NaNm", "infm", "3m3", "3cmm"] {
            assert_eq!(text.parse::<Length>(), Err(VisionError::LengthSyntax), "{text:?}");
        }
        for text in ["0cm", "-3m", "100001m", "1e30m", "1e999m"] {
            assert!(matches!(text.parse::<Length>(), Err(VisionError::LengthRange { .. })), "{text:?}");
        }
        assert!(Length::from_centimetres(f64::NAN).is_err());
    }

    #[test]
    fn display_chooses_the_unit_and_parses_again() {
        for text in ["60cm", "3m", "2.95m", "0.5cm"] {
            assert_eq!(text.parse::<Length>().expect(text).to_string(), text);
        }
        assert_eq!(format!("{:.1}", "294.7cm".parse::<Length>().expect("length")), "2.9m");
    }

    #[cfg(feature = "serde")]
    #[test]
    fn stored_lengths_round_trip() {
        // In double precision, 1.1 metres are not 110 centimetres.
        for text in ["110cm", "1.1m", "40cm", "6ft", "5.8m", "0.001mm"] {
            let length: Length = text.parse().expect(text);
            assert_eq!(String::from(length).parse(), Ok(length), "{text}");
        }
        assert_eq!(String::from("2m".parse::<Length>().expect("length")), "2m");
    }
}
