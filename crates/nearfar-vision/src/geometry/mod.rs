//! Viewing geometry: lengths, pixel densities, pixels per degree and the eye's blur.

mod density;
mod length;
mod ppd;
mod surface;

pub use density::Density;
pub use length::Length;
pub use ppd::PixelsPerDegree;
pub use surface::Surface;

/// Frequency, in cycles per pixel, at which a Gaussian of one pixel halves the contrast: `sqrt(ln 2 / (2 pi^2))`.
pub(crate) const HALF_GAIN: f64 = 0.187_390_625_129_277_6;

/// Cutoff in cycles per picture of a Gaussian blur: where a sigma of `sigma` pixels (above 0) halves the contrast, in a
/// picture that is `pixels` pixels long.
#[must_use]
pub fn cycles_per_image(sigma: f64, pixels: usize) -> f64 {
    HALF_GAIN * pixels as f64 / sigma
}

/// Sigma in pixels of the Gaussian whose cutoff is `cycles` (above 0) per picture of `pixels` pixels; the inverse of
/// [`cycles_per_image`].
#[must_use]
pub fn sigma_of_cycles_per_image(cycles: f64, pixels: usize) -> f64 {
    HALF_GAIN * pixels as f64 / cycles
}

/// Splits `60 cm` into 60 and `cm`; `None` if the text does not begin with a decimal number, such as `1.5` or `1e-3`.
fn number_and_unit(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[number.len()..];
    Some((number.trim_end().parse().ok()?, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ppd(distance: &str, density: &str) -> PixelsPerDegree {
        let (distance, density) = (distance.parse().expect("length"), density.parse().expect("density"));
        PixelsPerDegree::at(distance, density).expect("in range")
    }

    fn close(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 0.0011, "{found} is not {expected} to three digits");
    }

    #[test]
    fn half_gain_is_where_the_response_is_one_half() {
        assert!((HALF_GAIN - (2f64.ln() / 2.0).sqrt() / std::f64::consts::PI).abs() < 1e-15);
    }

    // Numbers from the design note on viewing geometry.
    #[test]
    fn distances_at_96_dpi_give_the_known_pixels_per_degree() {
        close(ppd("1cm", "96dpi").get(), 0.6597);
        close(ppd("60cm", "96").get(), 39.6);
        close(ppd("2.95m", "96ppi").get(), 194.6);
        close(ppd("24in", "96").get(), 40.2);
    }

    #[test]
    fn sigma_3_is_2_95_metres_at_96_dpi() {
        let ppd = PixelsPerDegree::from_eye_sigma(3.0).expect("in range");
        close(ppd.get(), 194.4);
        close(ppd.distance("96".parse().expect("density")).expect("in range").centimetres(), 294.7);
        close(ppd.eye_sigma(), 3.0);
    }

    #[test]
    fn cutoffs_in_cycles_per_picture() {
        close(cycles_per_image(3.0, 512), 32.0);
        close(cycles_per_image(6.0, 512), 16.0);
        close(cycles_per_image(12.0, 512), 8.0);
        close(sigma_of_cycles_per_image(16.0, 512), 6.0);
        close(sigma_of_cycles_per_image(cycles_per_image(2.5, 640), 640), 2.5);
    }

    #[test]
    fn print_width_sets_the_density() {
        let density = Density::of_print("60cm".parse().expect("length"), 2400).expect("in range");
        close(density.pixels_per_inch(), 101.6);
    }
}
