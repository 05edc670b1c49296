//! How pictures are read, and the limits on their size.

use nearfar_codec::DecodeOptions;

use crate::{Work, memory_for_work, most_pixels};

/// How pictures are read.
#[cfg_attr(feature = "clap", derive(clap::Args), command(next_help_heading = "Reading"))]
#[derive(Clone, Debug)]
pub struct InputSettings {
    /// The colour behind transparent places, as RRGGBB.
    #[cfg_attr(feature = "clap", arg(long, value_name = "HEX", default_value = "ffffff", value_parser = color))]
    pub background: [f32; 3],
    /// The limits on what is read.
    #[cfg_attr(feature = "clap", command(flatten))]
    pub limits: LimitSettings,
}

/// Limits on what is read.
#[cfg_attr(feature = "clap", derive(clap::Args), command(next_help_heading = "Reading"))]
#[derive(Clone, Copy, Debug)]
pub struct LimitSettings {
    /// Most pixels of a picture, such as 0.5MP or 268MP; a number alone is in megapixels.
    #[cfg_attr(
        feature = "clap",
        arg(long, value_name = "PIXELS", default_value = "268MP", value_parser = crate::amount::pixels)
    )]
    pub max_pixels: u64,
    /// Most memory for reading one picture, such as 500MB or 4GiB; a number alone is in GiB.
    #[cfg_attr(feature = "clap", arg(long, value_name = "SIZE", default_value = "4GiB", value_parser = crate::amount::memory))]
    pub max_memory: u64,
    /// Most memory for all the work, such as 2GiB (a number alone is in GiB): larger pictures are refused before they are
    /// read. If left out, four fifths of the free memory, or of the address space if that is limited (ulimit -v).
    #[cfg_attr(
        feature = "clap",
        arg(id = "work_memory", long = "memory", value_name = "SIZE", value_parser = crate::amount::memory)
    )]
    pub memory: Option<u64>,
}

impl InputSettings {
    /// The decode options for this work.
    #[must_use]
    pub fn decode_options(&self, work: Work) -> DecodeOptions {
        self.limits.decode_options(self.background, work)
    }
}

impl LimitSettings {
    /// The decode options for this work, with a colour behind transparent places: red, green and blue codes in `[0, 1]`.
    #[must_use]
    pub fn decode_options(&self, background: [f32; 3], work: Work) -> DecodeOptions {
        let memory = memory_for_work(self.memory);
        DecodeOptions {
            background,
            max_pixels: self.max_pixels.min(most_pixels(memory, work)),
            max_bytes: self.max_memory.min(memory),
            ..DecodeOptions::default()
        }
    }
}

/// The codes of a colour such as `ffffff`.
///
/// # Errors
///
/// A sentence that describes a valid colour.
pub fn color(text: &str) -> Result<[f32; 3], String> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    match u32::from_str_radix(digits, 16) {
        Ok(rgb) if digits.len() == 6 => Ok([16, 8, 0].map(|shift| f32::from((rgb >> shift) as u8) / 255.0)),
        _ => Err("a colour is six hexadecimal digits, such as ffffff".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_six_digits() {
        assert_eq!(color("#ff0033"), Ok([1.0, 0.0, 0.2]));
        for text in ["", "fff", "12345g", "1234567"] {
            assert!(color(text).is_err(), "{text}");
        }
    }
}
