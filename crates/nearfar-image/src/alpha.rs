//! Pictures that one can see through, laid on a background.

use crate::TransferFunction;

/// How colours are stored beside their opacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alpha {
    /// As they are.
    Straight,
    /// Multiplied by the opacity already.
    Premultiplied,
}

impl Alpha {
    /// Lets the background through a pixel: light mixes, not codes. Opacity 1 and more leaves the pixel, 0 and less leaves
    /// the background.
    ///
    /// `pixel` and `background` are sRGB codes, one a channel.
    ///
    /// ```
    /// use nearfar_image::Alpha;
    ///
    /// let mut pixel = [0.0];
    /// Alpha::Straight.composite(&mut pixel, 0.5, &[1.0]);
    /// assert!((pixel[0] - 0.7354).abs() < 1e-4); // half of white's light, far more than half its code
    /// ```
    pub fn composite(self, pixel: &mut [f32], opacity: f32, background: &[f32]) {
        if opacity >= 1.0 {
            return;
        }
        let srgb = TransferFunction::Srgb;
        for (code, &behind) in pixel.iter_mut().zip(background) {
            *code = if opacity <= 0.0 {
                behind
            } else {
                let straight = if self == Self::Premultiplied { *code / opacity } else { *code };
                srgb.encode(opacity * srgb.decode(straight) + (1.0 - opacity) * srgb.decode(behind))
            };
        }
    }
}
