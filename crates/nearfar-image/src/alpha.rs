//! Alpha compositing over an opaque background.

use crate::{ImageError, TransferFunction};

/// Composites one pixel over a background, mixing light rather than codes. An opacity of 1 or more keeps the pixel, 0
/// or less gives the background.
///
/// `pixel` and `background` hold sRGB codes, one per channel; the pixel's are straight, not premultiplied by its
/// opacity.
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

/// Checks that a background is a colour: codes in `[0, 1]`.
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
