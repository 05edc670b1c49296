//! Filters against sums over pixels.

use nearfar_fourier::{Border, Cutoff, FrequencyResponse, LowPass, Workspace};
use nearfar_image::{Channels, Image, Linear, Rect};
use nearfar_kernels::Execution;

use crate::support::{executions, largest_difference, noise_plane, size};

const BORDERS: [Border; 2] = [Border::Mirror, Border::Periodic];

fn filter(
    picture: &Image<Linear>,
    response: FrequencyResponse,
    border: Border,
    execution: &Execution,
) -> Image<Linear> {
    let low_pass = LowPass::new(picture.size(), &response.curve(picture.size()).unwrap(), border);
    let mut filtered = Image::filled(picture.size(), Channels::Grey, f32::NAN);
    low_pass.apply(execution, picture.plane(0), filtered.plane_mut(0), &mut Workspace::new());
    filtered
}

fn gaussian(sigma: f64) -> FrequencyResponse {
    FrequencyResponse::Gaussian { cutoff: Cutoff::Sigma(sigma) }
}

/// The sample that stands for position `i` of a line of `n`.
fn source(i: isize, n: usize, border: Border) -> usize {
    let n = n as isize;
    let folded = i.rem_euclid(2 * n);
    match border {
        Border::Periodic => i.rem_euclid(n) as usize,
        Border::Mirror => folded.min(2 * n - 1 - folded) as usize,
    }
}

/// A Gaussian blur as a sum over pixels in double precision, cut at 8 sigma, where nothing is left of it.
fn naive_blur(picture: &Image<Linear>, sigma: f64, border: Border) -> Vec<f32> {
    let (width, height) = (picture.size().width(), picture.size().height());
    let radius = (8.0 * sigma).ceil() as isize;
    let weight = |k: isize| (-0.5 * (k as f64 / sigma).powi(2)).exp();
    let sum: f64 = (-radius..=radius).map(weight).sum();
    let line = |n: usize, i: usize, sample: &dyn Fn(usize) -> f64| {
        let terms = (-radius..=radius).map(|k| weight(k) * sample(source(i as isize + k, n, border)));
        terms.sum::<f64>() / sum
    };
    let plane = picture.plane(0);
    let along: Vec<f64> =
        plane.rows().flat_map(|row| (0..width).map(move |x| line(width, x, &|i| f64::from(row[i])))).collect();
    (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| line(height, y, &|i| along[i * width + x]) as f32)
        .collect()
}

#[test]
fn lowpass_gaussian_is_the_spatial_blur_up_to_the_border() {
    for (width, height) in [(48, 40), (37, 41), (64, 5), (1, 30), (29, 1), (2, 3), (1, 1)] {
        let picture = noise_plane(size(width, height), 17);
        for sigma in [1.0, 2.5, 6.0] {
            for border in BORDERS {
                let filtered = filter(&picture, gaussian(sigma), border, &Execution::single_threaded());
                let error = largest_difference(filtered.samples(), &naive_blur(&picture, sigma, border));
                // Sampling a Gaussian of 1 pixel folds exp(-2 pi^2 / 4) = 0.7 % of half a cycle per pixel onto itself,
                // which shows at the finest frequencies; from 2 pixels on nothing does.
                let allowed = if sigma < 2.0 { 0.02 } else { 2e-6 };
                assert!(error < allowed, "{width}x{height} sigma {sigma} {border:?}: {error}");
            }
        }
    }
}

#[test]
fn lowpass_mirror_is_a_plane_four_times_as_large_repeated() {
    let response = FrequencyResponse::Butterworth { cutoff: Cutoff::CyclesPerPixel(0.2), order: 1 };
    for (width, height) in [(8, 8), (9, 7), (1, 5), (6, 1), (16, 3)] {
        let picture = noise_plane(size(width, height), 23);
        let at = |x, y| {
            picture.plane(0).row(source(y as isize, height, Border::Mirror))[source(x as isize, width, Border::Mirror)]
        };
        let doubled = Image::from_fn(size(2 * width, 2 * height), Channels::Grey, |_, x, y| at(x, y));
        let expected = filter(&doubled, response, Border::Periodic, &Execution::single_threaded());
        let filtered = filter(&picture, response, Border::Mirror, &Execution::single_threaded());
        let corner = expected.crop(Rect::whole(picture.size()));
        let error = largest_difference(filtered.samples(), corner.samples());
        assert!(error < 1e-6, "{width}x{height}: {error}");
    }
}

#[test]
fn lowpass_multiplies_a_wave_by_its_response() {
    let (size, cycles) = (size(60, 40), 6.0);
    let curve = FrequencyResponse::Butterworth { cutoff: Cutoff::CyclesPerPixel(0.125), order: 3 };
    let wave = |x: usize| (std::f64::consts::TAU * cycles * x as f64 / 60.0).cos() as f32;
    let picture = Image::from_fn(size, Channels::Grey, |_, x, _| wave(x));
    let filtered = filter(&picture, curve, Border::Periodic, &Execution::single_threaded());
    let gain = curve.curve(size).unwrap().at(0.1) as f32;
    assert!((0.5..0.99).contains(&gain));
    let error = (0..60).map(|x| (filtered.plane(0).row(20)[x] - gain * wave(x)).abs()).fold(0.0, f32::max);
    assert!(error < 1e-6, "{error}");
}

#[test]
fn lowpass_keeps_constants() {
    for border in BORDERS {
        let picture = Image::<Linear>::filled(size(33, 20), Channels::Grey, 0.7);
        let filtered = filter(&picture, gaussian(4.0), border, &Execution::single_threaded());
        assert!(largest_difference(filtered.samples(), picture.samples()) < 1e-6, "{border:?}");
    }
}

#[test]
fn lowpass_is_bit_equal_for_any_number_of_threads() {
    let ideal = FrequencyResponse::Ideal { cutoff: Cutoff::CyclesPerPicture(9.0) };
    for shape in [size(75, 64), size(1, 50), size(50, 1)] {
        let picture = noise_plane(shape, 29);
        for border in BORDERS {
            for response in [gaussian(3.0), ideal] {
                let mut results = executions().map(|execution| filter(&picture, response, border, &execution));
                let first = results.next().unwrap();
                assert!(results.all(|result| result == first), "{shape} {border:?} {response:?}");
            }
        }
    }
}

#[test]
#[should_panic(expected = "planned size")]
fn lowpass_planned_with_another_size_panics() {
    let low_pass = LowPass::new(size(4, 4), &gaussian(2.0).curve(size(4, 4)).unwrap(), Border::Mirror);
    let picture = noise_plane(size(5, 4), 1);
    let mut out = picture.clone();
    low_pass.apply(&Execution::single_threaded(), picture.plane(0), out.plane_mut(0), &mut Workspace::new());
}
