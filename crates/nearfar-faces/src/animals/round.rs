//! Roundness: a map that is high at the centres of rings.

use crate::view::Grey;

/// Radii of the rings searched for, in pixels.
const RADII: [f32; 8] = [3.0, 4.0, 5.0, 6.0, 7.0, 9.0, 11.0, 13.0];
/// Grey values up to about this are noise rather than shade; above it, equal ratios count equally, since eyes are in
/// shade as often as in light.
const SHADE: f32 = 12.0;
/// Gradients are normalised by their mean over a Gaussian of this many pixels, so that soft fur counts as much as a
/// sharp edge elsewhere ...
const NEIGHBOURHOOD: f32 = 12.0;
/// ... limited to this multiple of the mean ...
const STEEPEST: f32 = 2.0;
/// ... unless there is no more contrast than this at all.
const MIN_GRADIENT: f32 = 0.01;

/// For each pixel, the evidence from rings of all radii that its surroundings are round.
///
/// Every pixel votes for the places at each radius along its gradient and against it (fast radial symmetry: Loy and
/// Zelinsky, IEEE PAMI 25, 2003). Pupil, iris and lid are rings around one centre, dark on bright or bright on dark, so
/// all votes for a place are added. A straight edge votes in one direction alone: the excess of votes in one direction
/// over the others is subtracted.
pub(super) fn roundness(picture: &Grey) -> Grey {
    let (width, height) = (picture.width, picture.height);
    let plane = |samples: Vec<f32>| Grey { width, height, samples };
    let shades = plane(picture.samples.iter().map(|v| (v / SHADE).ln_1p()).collect());
    let gradients = gradients(&blurred(&shades, 1.0));
    let around = blurred(&plane(gradients.iter().map(|g| g.length).collect()), NEIGHBOURHOOD);
    let mut sum = vec![0.0_f32; width * height];
    for radius in RADII {
        for way in [-radius, radius] {
            // All votes, and their directions, with opposite directions counted as equal.
            let mut votes = [(); 3].map(|()| plane(vec![0.0; width * height]));
            for (i, (gradient, around)) in gradients.iter().zip(&around.samples).enumerate() {
                let at = |v: usize, step: f32| (v as f32 + way * step).round();
                let (x, y) = (at(i % width, gradient.x), at(i / width, gradient.y));
                if x < 0.0 || y < 0.0 || x >= width as f32 || y >= height as f32 {
                    continue;
                }
                let weight = (gradient.length / (around + MIN_GRADIENT)).min(STEEPEST);
                let target = y as usize * width + x as usize;
                votes[0].samples[target] += weight;
                votes[1].samples[target] += weight * (gradient.x * gradient.x - gradient.y * gradient.y);
                votes[2].samples[target] += weight * 2.0 * gradient.x * gradient.y;
            }
            // Rings are imperfect: a quarter of the radius is tolerated. A full ring counts equally at any radius.
            let sigma = (0.25 * radius).max(1.0);
            let [all, across, aslant] = votes.map(|votes| blurred(&votes, sigma).samples);
            let share = sigma * sigma / radius;
            for (i, sum) in sum.iter_mut().enumerate() {
                *sum += share * (all[i] - across[i].hypot(aslant[i])).max(0.0);
            }
        }
    }
    plane(sum)
}

/// A gradient: its direction and magnitude.
struct Gradient {
    x: f32,
    y: f32,
    length: f32,
}

/// Sobel gradients, as unit vectors and magnitudes.
fn gradients(plane: &Grey) -> Vec<Gradient> {
    let at = |x: isize, y: isize| {
        let inside = |v: isize, length: usize| v.clamp(0, length as isize - 1) as usize;
        plane.samples[inside(y, plane.height) * plane.width + inside(x, plane.width)]
    };
    let places = (0..plane.height as isize).flat_map(|y| (0..plane.width as isize).map(move |x| (x, y)));
    let gradient = places.map(|(x, y)| {
        let column = |x: isize| at(x, y - 1) + 2.0 * at(x, y) + at(x, y + 1);
        let row = |y: isize| at(x - 1, y) + 2.0 * at(x, y) + at(x + 1, y);
        let (dx, dy) = ((column(x + 1) - column(x - 1)) / 8.0, (row(y + 1) - row(y - 1)) / 8.0);
        let length = dx.hypot(dy);
        if length > 0.0 {
            Gradient { x: dx / length, y: dy / length, length }
        } else {
            Gradient { x: 0.0, y: 0.0, length }
        }
    });
    gradient.collect()
}

/// A Gaussian blur of width `sigma`, with edge pixels repeated.
pub(super) fn blurred(plane: &Grey, sigma: f32) -> Grey {
    let reach = (3.0 * sigma).ceil() as isize;
    let weights: Vec<f32> = (-reach..=reach).map(|d| (-0.5 * (d as f32 / sigma).powi(2)).exp()).collect();
    let total: f32 = weights.iter().sum();
    let weights: Vec<f32> = weights.into_iter().map(|weight| weight / total).collect();
    let (width, height) = (plane.width, plane.height);
    let along =
        |length: usize, at: usize, d: usize| (at as isize + d as isize - reach).clamp(0, length as isize - 1) as usize;
    let mut half = vec![0.0; width * height];
    for (target, row) in half.chunks_exact_mut(width).zip(plane.samples.chunks_exact(width)) {
        let padded: Vec<f32> = (0..width + weights.len() - 1).map(|i| row[along(width, 0, i)]).collect();
        for (weight, d) in weights.iter().zip(0..) {
            for (sum, v) in target.iter_mut().zip(&padded[d..]) {
                *sum += weight * v;
            }
        }
    }
    let mut samples = vec![0.0; width * height];
    for (y, target) in samples.chunks_exact_mut(width).enumerate() {
        for (weight, d) in weights.iter().zip(0..) {
            let row = &half[along(height, y, d) * width..][..width];
            for (sum, v) in target.iter_mut().zip(row) {
                *sum += weight * v;
            }
        }
    }
    Grey { width, height, samples }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 60 x 60 pixels.
    fn picture(shade: impl Fn(f32, f32) -> f32) -> Grey {
        let samples = (0..60).flat_map(|y| (0..60).map(move |x| (x as f32, y as f32))).map(|(x, y)| shade(x, y));
        Grey { width: 60, height: 60, samples: samples.collect() }
    }

    /// Falls from 1 to 0 within a pixel and a half at `radius`.
    fn inside(distance: f32, radius: f32) -> f32 {
        (0.5 + (radius - distance) / 1.5).clamp(0.0, 1.0)
    }

    fn highest(map: &Grey) -> (usize, usize, f32) {
        let (at, value) = map.samples.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
        (at % map.width, at / map.width, *value)
    }

    #[test]
    fn roundness_peaks_at_the_centre_of_eyes() {
        // A pupil in an iris in fur: dark on bright and bright on dark, in light and in shade.
        for (pupil, iris, fur) in [(20.0, 180.0, 90.0), (200.0, 40.0, 120.0), (10.0, 25.0, 18.0)] {
            let eye = picture(|x, y| {
                let distance = (x - 33.0).hypot(y - 27.0);
                fur + (iris - fur) * inside(distance, 10.0) + (pupil - iris) * inside(distance, 4.0)
            });
            let (x, y, _) = highest(&roundness(&eye));
            assert!(x.abs_diff(33) <= 1 && y.abs_diff(27) <= 1, "{x} {y}");
        }
    }

    #[test]
    fn roundness_of_edges_and_bars_is_low() {
        let disc = highest(&roundness(&picture(|x, y| 200.0 - 150.0 * inside((x - 30.0).hypot(y - 30.0), 8.0)))).2;
        let edge = highest(&roundness(&picture(|x, y| 200.0 - 150.0 * inside(0.8 * x + 0.6 * y, 42.0)))).2;
        let bar = highest(&roundness(&picture(|x, _| 200.0 - 150.0 * inside((x - 30.0).abs(), 5.0)))).2;
        assert!(edge < 0.25 * disc && bar < 0.25 * disc, "disc {disc}, edge {edge}, bar {bar}");
        assert!(highest(&roundness(&picture(|_, _| 77.0))).2 <= 0.0);
    }

    #[test]
    fn blurred_keeps_the_mean_and_spreads_by_sigma() {
        let spot = picture(|x, y| if (x, y) == (30.0, 30.0) { 1.0 } else { 0.0 });
        let blurred = blurred(&spot, 2.0);
        let moment = |of: fn(f32) -> f32| {
            blurred.samples.iter().enumerate().map(|(i, v)| v * of((i % 60) as f32 - 30.0)).sum::<f32>()
        };
        assert!((moment(|_| 1.0) - 1.0).abs() < 1e-5);
        assert!((moment(|x| x * x) - 4.0).abs() < 0.15, "{}", moment(|x| x * x));
    }
}
