//! Amounts of memory and pixels with units, as people write them.

/// Units of memory; a bare number is in gibibytes.
const MEMORY: [(&str, f64); 7] =
    [("", GIBI), ("GiB", GIBI), ("GB", 1e9), ("MiB", 1024.0 * 1024.0), ("MB", 1e6), ("kB", 1e3), ("B", 1.0)];
const GIBI: f64 = 1024.0 * 1024.0 * 1024.0;
/// Units of picture size; a bare number is in megapixels.
const PIXELS: [(&str, f64); 3] = [("", 1e6), ("MP", 1e6), ("GP", 1e9)];

/// The number of bytes in a text such as `2GB`; a bare number is in gibibytes.
///
/// # Errors
///
/// A sentence that describes a valid amount.
pub fn memory(text: &str) -> Result<u64, String> {
    amount(text, &MEMORY)
        .ok_or_else(|| "an amount of memory is a number above 0 and a unit, such as 500MB or 2GiB".to_owned())
}

/// The number of pixels in a text such as `0.5MP`; a bare number is in megapixels.
///
/// # Errors
///
/// A sentence that describes a valid number of pixels.
pub fn pixels(text: &str) -> Result<u64, String> {
    amount(text, &PIXELS).ok_or_else(|| "a number of pixels is a number above 0 and a unit, such as 0.5MP".to_owned())
}

fn amount(text: &str, units: &[(&str, f64)]) -> Option<u64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (_, unit) = units.iter().find(|(name, _)| *name == &text[digits.len()..])?;
    let number: f64 = digits.trim_end().parse().ok()?;
    let whole = (number * unit).round();
    // The cast saturates: an amount too large for a `u64` is no limit.
    (whole >= 1.0).then_some(whole as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_units() {
        assert_eq!(memory("4"), Ok(4 << 30));
        assert_eq!(memory("0.5GB"), Ok(500_000_000));
        assert_eq!(memory("3 MiB"), Ok(3 << 20));
        assert_eq!(pixels("268"), Ok(268_000_000));
        assert_eq!(pixels("0.5MP"), Ok(500_000));
        for text in ["", "GB", "-1", "2 gb", "0", "NaN", "1e400x"] {
            assert!(memory(text).is_err() && pixels(text).is_err(), "{text:?}");
        }
    }
}
