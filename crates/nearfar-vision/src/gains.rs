//! Band gains: what a hybrid took from each picture, band by band.

use nearfar_kernels::Execution;

use crate::field::{Field, square, sum_rows};

/// What a hybrid took from the two pictures in one band of spatial frequency: the least-squares fit
/// `hybrid = near_gain * near + far_gain * far` over all pixels of the band, in lightness.
///
/// Over all bands the gains are the effective high-pass and low-pass of the method, whatever the method is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BandGain {
    /// Sigmas in pixels: the band is the picture blurred by the first less the picture blurred by the second.
    pub sigmas: [f64; 2],
    /// Centre of the band, where its response peaks.
    pub cycles_per_pixel: f64,
    /// Gain of the near picture, nominally 0 to 1; 0 if the near picture is empty in this band.
    pub near_gain: f64,
    /// Gain of the far picture, nominally 0 to 1; 0 if the far picture is empty in this band.
    pub far_gain: f64,
    /// Strength of the near picture in the band: root mean square, as a fraction of the lightness range.
    pub near_rms: f64,
    /// Strength of the far picture in the band.
    pub far_rms: f64,
    /// Strength of the hybrid in the band.
    pub hybrid_rms: f64,
    /// Strength of the residual, which no constant gains explain: artefacts, clipping, and gains that vary over the
    /// picture. Mixing light rather than lightness leaves some by itself, since its gains follow local brightness.
    pub residual_rms: f64,
}

/// Strengths below this are rounding noise: a hundred-thousandth of the lightness range.
pub(crate) const NOTHING: f64 = 1e-5;

/// Cosine between two bands beyond which they count as one picture, whose parts cannot be told apart.
const SAME: f64 = 0.999_9;

impl BandGain {
    /// The fit in one band.
    pub(crate) fn fit(execution: &Execution, sigmas: [f64; 2], hybrid: &Field, near: &Field, far: &Field) -> Self {
        let size = hybrid.size();
        let products = sum_rows(execution, size, |y| {
            let mut sums = [0.0; 6];
            for ((&h, &a), &b) in hybrid.row(y).iter().zip(near.row(y)).zip(far.row(y)) {
                let [h, a, b] = [h, a, b].map(f64::from);
                for (sum, product) in sums.iter_mut().zip([a * a, b * b, h * h, a * b, h * a, h * b]) {
                    *sum += product;
                }
            }
            sums
        });
        let [aa, bb, hh, ab, ha, hb] = products.map(|sum| sum / size.area() as f64);
        let [near_gain, far_gain] = least_squares([aa, bb, ab], [ha, hb]);
        let [residual] = sum_rows(execution, size, |y| {
            let pixels = hybrid.row(y).iter().zip(near.row(y)).zip(far.row(y));
            [pixels.map(|((&h, &a), &b)| square(h - near_gain as f32 * a - far_gain as f32 * b)).sum()]
        });
        Self {
            sigmas,
            cycles_per_pixel: peak_frequency(sigmas),
            near_gain,
            far_gain,
            near_rms: aa.sqrt(),
            far_rms: bb.sqrt(),
            hybrid_rms: hh.sqrt(),
            residual_rms: (residual / size.area() as f64).sqrt(),
        }
    }
}

/// Solves the normal equations of `h = x a + y b` from the mean products `[aa, bb, ab]` and `[ha, hb]`. A picture that
/// is empty in the band gets 0; two equal ones share the gain.
fn least_squares([aa, bb, ab]: [f64; 3], [ha, hb]: [f64; 2]) -> [f64; 2] {
    let floor = NOTHING * NOTHING;
    match (aa > floor, bb > floor) {
        (false, false) => [0.0, 0.0],
        (true, false) => [ha / aa, 0.0],
        (false, true) => [0.0, hb / bb],
        (true, true) if ab * ab > SAME * SAME * aa * bb => {
            // far = ratio * near: the shortest of all solutions.
            let ratio = ab / aa;
            let gain = ha / aa / (1.0 + ratio * ratio);
            [gain, ratio * gain]
        }
        (true, true) => {
            let determinant = aa * bb - ab * ab;
            [(ha * bb - hb * ab) / determinant, (hb * aa - ha * ab) / determinant]
        }
    }
}

/// Where the difference of two Gaussians responds most, in cycles per pixel. The finest band, from sigma 0, rises up to
/// the end of the spectrum; it is treated as if its finer sigma were half a pixel, so that bands are one octave apart.
fn peak_frequency([fine, coarse]: [f64; 2]) -> f64 {
    let fine = if fine > 0.0 { fine } else { coarse / 2.0 };
    let (fine, coarse) = (fine * fine, coarse * coarse);
    ((coarse / fine).ln() / (2.0 * (coarse - fine))).sqrt() / std::f64::consts::PI
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peak_frequency_is_a_maximum() {
        let response = |f: f64, sigma: f64| (-2.0 * (std::f64::consts::PI * sigma * f).powi(2)).exp();
        let band = |f| response(f, 2.0) - response(f, 4.0);
        let peak = peak_frequency([2.0, 4.0]);
        assert!((peak - 0.1530 / 2.0).abs() < 1e-4, "{peak}");
        assert!(band(peak) > band(0.99 * peak) && band(peak) > band(1.01 * peak));
        assert!((peak_frequency([0.0, 1.0]) / peak - 4.0).abs() < 1e-12);
    }

    #[test]
    fn least_squares_solves_and_degrades() {
        let close = |found: [f64; 2], expected: [f64; 2]| {
            assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-6), "{found:?} is not {expected:?}");
        };
        // h = 0.3 a + 0.8 b with aa = 4, bb = 1, ab = 0.5.
        close(least_squares([4.0, 1.0, 0.5], [1.6, 0.95]), [0.3, 0.8]);
        close(least_squares([4.0, 0.0, 0.0], [1.2, 0.0]), [0.3, 0.0]);
        close(least_squares([0.0, 0.0, 0.0], [0.0, 0.0]), [0.0, 0.0]);
        // a = b = h: half of each. b = -a / 2, h = a: the shortest of all solutions of x - y / 2 = 1.
        close(least_squares([1.0, 1.0, 1.0], [1.0, 1.0]), [0.5, 0.5]);
        close(least_squares([1.0, 0.25, -0.5], [1.0, -0.5]), [0.8, -0.4]);
    }
}
