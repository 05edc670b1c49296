//! Pictures that one can see through, laid on a background.

use crate::{ImageError, TransferFunction};

/// Lets the background through a pixel: light mixes, not codes. Opacity 1 and more leaves the pixel, 0 and less leaves the
/// background.
///
/// `pixel` and `background` are sRGB codes, one a channel; the pixel's are not multiplied by its opacity.
///
/// ```
/// let mut pixel = [0.0];
/// nearfar_image::composite(&mut pixel, 0.5, &[1.0]);
/// assert!((pixel[0] - 0.7354).abs() < 1e-4); // half of white's light, far more than half its code
/// ```
pub fn composite(pixel: &mut [f32], opacity: f32, background: &[f32]) {
    if opacity >= 1.0 {
        return;
    }
    let srgb = TransferFunction::Srgb;
    for (code, &behind) in pixel.iter_mut().zip(background) {
        *code = if opacity <= 0.0 {
            behind
        } else {
            srgb.encode(opacity * srgb.decode(*code) + (1.0 - opacity) * srgb.decode(behind))
        };
    }
}

/// Whether a background is a colour: codes in `[0, 1]`.
///
/// # Errors
///
/// [`ImageError::Background`] if not.
pub fn check_background(background: [f32; 3]) -> Result<(), ImageError> {
    if background.iter().all(|code| (0.0..=1.0).contains(code)) {
        Ok(())
    } else {
        Err(ImageError::Background { background })
    }
}
