//! Colours for drawing.

use std::fmt;

/// A colour in 8-bit sRGB codes: red, green, blue. Shown as `#0072b2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Black.
    pub const BLACK: Self = Self([0; 3]);
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// Codes in `[0, 1]`.
    #[must_use]
    pub fn codes(self) -> [f32; 3] {
        self.0.map(|code| f32::from(code) / 255.0)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}
