//! The gain that the near picture's details need against the far picture.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{Crossover, Execution, blurred, sums::update};

/// Lower end of the far picture's band that masks details, as a fraction of the crossover.
const BAND_FROM: f64 = 1.0 / 2.5;
/// Sigma of the Gaussian for local contrasts, in wavelengths of the crossover: about a third of a wave.
const REACH: f64 = 0.35;

/// The gain of the near picture's details at every pixel: `strength` times the far picture's contrast between
/// [`BAND_FROM`] of the crossover and the crossover, divided by the contrast of the near picture's details, clamped to
/// 1 to `most`, and smoothed. A contrast is the root mean square under a Gaussian of [`REACH`]; both pictures are grey.
/// Bands are split by Gaussians, whatever the response of the mix.
pub(crate) fn map(
    [near, far]: [&Image<Encoded>; 2],
    crossover: Crossover,
    strength: f64,
    most: f64,
    execution: &Execution,
) -> Image<Encoded> {
    let blur = |picture: &Image<Encoded>, sigma: f64| blurred(picture, sigma, execution);
    let reach = REACH / crossover.cycles_per_pixel();
    let energy = |mut fine: Image<Encoded>, coarse: &Image<Encoded>| {
        update(execution, fine.samples_mut(), [coarse.samples()], |fine, [coarse]| (fine - coarse) * (fine - coarse));
        blur(&fine, reach)
    };
    let near = energy(near.clone(), &blur(near, crossover.sigma()));
    let far = energy(blur(far, crossover.sigma()), &blur(far, crossover.sigma() / BAND_FROM));
    let (strength, most) = (strength as f32, most as f32);
    let mut gains = far;
    update(execution, gains.samples_mut(), [near.samples()], |far, [near]| {
        // Rounding may leave either slightly below 0; where the far picture has no contrast, details stay as they are.
        (strength * (far.max(0.0) / near.max(f32::MIN_POSITIVE)).sqrt()).clamp(1.0, most)
    });
    blur(&gains, reach)
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Size};

    use super::*;

    /// A Gaussian blur as a sum over pixels in double precision, with mirrored borders.
    fn blurred(samples: &[f64], size: Size, sigma: f64) -> Vec<f64> {
        let (width, height) = (size.width(), size.height());
        let radius = (8.0 * sigma).ceil() as isize;
        let weights: Vec<f64> = (-radius..=radius).map(|k| (-0.5 * (k as f64 / sigma).powi(2)).exp()).collect();
        let sum: f64 = weights.iter().sum();
        let place = |i: isize, n: usize| {
            let folded = i.rem_euclid(2 * n as isize) as usize;
            folded.min(2 * n - 1 - folded)
        };
        let line = |n: usize, i: usize, sample: &dyn Fn(usize) -> f64| {
            let terms = weights.iter().zip(i as isize - radius..).map(|(weight, k)| weight * sample(place(k, n)));
            terms.sum::<f64>() / sum
        };
        let along: Vec<f64> =
            (0..samples.len()).map(|i| line(width, i % width, &|x| samples[i / width * width + x])).collect();
        (0..samples.len()).map(|i| line(height, i / width, &|y| along[y * width + i % width])).collect()
    }

    fn picture(size: Size, waves: impl Fn(f64, f64) -> f64) -> Image<Encoded> {
        Image::from_fn(size, Channels::Grey, |_, x, y| waves(x as f64, y as f64) as f32)
    }

    #[test]
    fn near_gain_is_the_ratio_of_local_contrasts() {
        for (width, height) in [(61, 44), (40, 1), (1, 37), (5, 3)] {
            let size = Size::new(width, height).unwrap();
            // Details that grow to the right and shapes that grow downwards: ratios below, within and above the bounds.
            let near = picture(size, |x, y| 0.5 + (0.02 + 0.004 * x) * (2.1 * x + 1.3 * y).sin());
            let far = picture(size, |x, y| 0.5 + (0.02 + 0.006 * y) * ((0.31 * x).cos() + (0.37 * y).sin()));
            let crossover = Crossover::per_pixel(0.08).unwrap();
            let found = map([&near, &far], crossover, 1.3, 1.8, &Execution::single_threaded());

            let exact = |picture: &Image<Encoded>| picture.samples().iter().map(|&v| f64::from(v)).collect::<Vec<_>>();
            let contrast = |fine: &[f64], coarse: &[f64]| {
                let energy: Vec<f64> = fine.iter().zip(coarse).map(|(a, b)| (a - b).powi(2)).collect();
                blurred(&energy, size, 0.35 / 0.08).into_iter().map(f64::sqrt).collect::<Vec<_>>()
            };
            let (near, far) = (exact(&near), exact(&far));
            let details = contrast(&near, &blurred(&near, size, crossover.sigma()));
            let shapes = contrast(
                &blurred(&far, size, crossover.sigma()),
                &blurred(&far, size, Crossover::per_pixel(0.08 / 2.5).unwrap().sigma()),
            );
            let ratios = shapes.iter().zip(&details).map(|(far, near)| (1.3 * far / near).clamp(1.0, 1.8));
            let expected = blurred(&ratios.collect::<Vec<_>>(), size, 0.35 / 0.08);
            if width > 60 {
                let (least, most) = expected.iter().fold((2.0f64, 0.0f64), |(l, m), &g| (l.min(g), m.max(g)));
                assert!(least < 1.05 && most > 1.6, "the test means little between {least} and {most}");
            }
            for (found, expected) in found.samples().iter().zip(expected) {
                assert!((f64::from(*found) - expected).abs() < 2e-3, "{size}: {found}, not {expected}");
            }
        }
    }

    #[test]
    fn near_gain_of_flat_pictures_is_finite() {
        let size = Size::new(30, 20).unwrap();
        let (flat, wavy) = (picture(size, |_, _| 0.4), picture(size, |x, _| 0.5 + 0.3 * (0.4 * x).sin()));
        let crossover = Crossover::per_pixel(0.1).unwrap();
        let map = |near, far| map([near, far], crossover, 1.3, 1.8, &Execution::single_threaded());
        for (near, far) in [(&flat, &flat), (&flat, &wavy), (&wavy, &flat)] {
            assert!(map(near, far).samples().iter().all(|gain| (0.999..1.801).contains(gain)));
        }
        assert!(map(&wavy, &flat).samples().iter().all(|gain| (gain - 1.0).abs() < 1e-3));
    }
}
