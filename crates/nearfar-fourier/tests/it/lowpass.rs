//! Filters against sums over pixels.

use std::f64::consts::{PI, TAU};

use nearfar_fourier::{Border, FrequencyResponse, LowPass, ResponseCurve, Workspace};
use nearfar_image::{Channels, Image, Linear, Rect};
use nearfar_kernels::Execution;

use crate::support::{cycles_per_pixel, executions, largest_difference, noise_plane, sigma, size};

const BORDERS: [Border; 2] = [Border::Mirror, Border::Periodic];

fn filter(picture: &Image<Linear>, curve: &ResponseCurve, border: Border, execution: &Execution) -> Image<Linear> {
    let low_pass = LowPass::new(picture.size(), curve, border);
    let mut filtered = Image::filled(picture.size(), Channels::Grey, f32::NAN);
    low_pass.apply(execution, picture.plane(0), filtered.plane_mut(0), &mut Workspace::new());
    filtered
}

fn gaussian(pixels: f64) -> ResponseCurve {
    FrequencyResponse::Gaussian.curve(sigma(pixels)).unwrap()
}

fn butterworth(cycles: f64, order: u32) -> ResponseCurve {
    FrequencyResponse::Butterworth { order }.curve(cycles_per_pixel(cycles)).unwrap()
}

/// The filter by definition, as a sum over frequencies in double precision: over waves for [`Border::Periodic`], over
/// half waves for [`Border::Mirror`].
fn naive_filter(picture: &Image<Linear>, curve: &ResponseCurve, border: Border) -> Vec<f32> {
    let (width, height) = (picture.size().width(), picture.size().height());
    // Orthonormal bases, one row per frequency, and those frequencies in cycles per pixel.
    let basis = |n: usize| -> (Vec<Vec<f64>>, Vec<f64>) {
        let norm = |k: usize| ((if k == 0 { 1.0 } else { 2.0 }) / n as f64).sqrt();
        let waves = (0..n).map(|k| match border {
            Border::Periodic => {
                // cos + sin: real, and equivalent to the complex wave for an even response.
                let value = |i: usize| (TAU * ((k * i) % n) as f64 / n as f64).sin_cos();
                (0..n).map(|i| (value(i).0 + value(i).1) / (n as f64).sqrt()).collect()
            }
            Border::Mirror => {
                (0..n).map(|i| norm(k) * (PI * k as f64 * (i as f64 + 0.5) / n as f64).cos()).collect::<Vec<_>>()
            }
        });
        let frequency = |k: usize| match border {
            Border::Periodic => k.min(n - k) as f64 / n as f64,
            Border::Mirror => k as f64 / (2 * n) as f64,
        };
        (waves.collect(), (0..n).map(frequency).collect())
    };
    let ((along, fx), (down, fy)) = (basis(width), basis(height));
    let plane: Vec<f64> = picture.samples().iter().map(|&v| f64::from(v)).collect();
    let dot = |a: &[f64], b: &mut dyn Iterator<Item = f64>| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    // To coefficients `[ky][kx]`, and back by the transposes.
    let rows: Vec<f64> =
        plane.chunks(width).flat_map(|row| along.iter().map(|wave| dot(wave, &mut row.iter().copied()))).collect();
    let mut coefficients: Vec<f64> = down
        .iter()
        .flat_map(|wave| {
            (0..width).map(|x| dot(wave, &mut rows[x..].iter().copied().step_by(width))).collect::<Vec<_>>()
        })
        .collect();
    for (row, fy) in coefficients.chunks_mut(width).zip(&fy) {
        row.iter_mut().zip(&fx).for_each(|(value, fx)| *value *= curve.at(fx.hypot(*fy)));
    }
    let mut filtered = vec![0.0; width * height];
    let mut rows = vec![0.0; width * height];
    for (wave, coefficients) in down.iter().zip(coefficients.chunks(width)) {
        for (row, &weight) in rows.chunks_mut(width).zip(wave) {
            row.iter_mut().zip(coefficients).for_each(|(to, v)| *to += weight * v);
        }
    }
    for (to, row) in filtered.chunks_mut(width).zip(rows.chunks(width)) {
        for (wave, &v) in along.iter().zip(row) {
            to.iter_mut().zip(wave).for_each(|(to, w)| *to += v * w);
        }
    }
    filtered.into_iter().map(|v| v as f32).collect()
}

#[test]
fn lowpass_multiplies_each_frequency_by_the_response_at_every_size() {
    // One response reaches every frequency, the other keeps only low ones.
    for curve in [butterworth(0.3, 1), gaussian(2.5)] {
        for n in (1..=40).chain([48, 60, 64, 67, 96, 97, 101, 127, 131, 251]) {
            for (width, height) in [(n, 1), (1, n), (n, 6), (5, n), (n, n.min(40))] {
                let picture = noise_plane(size(width, height), n as u64);
                for border in BORDERS {
                    let filtered = filter(&picture, &curve, border, &Execution::single_threaded());
                    let error = largest_difference(filtered.samples(), &naive_filter(&picture, &curve, border));
                    assert!(error < 2e-6, "{width}x{height} {border:?}: {error}");
                }
            }
        }
    }
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

/// A Gaussian blur as a sum over pixels in double precision, truncated at 8 sigma, where it is negligible.
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
                let filtered = filter(&picture, &gaussian(sigma), border, &Execution::single_threaded());
                let error = largest_difference(filtered.samples(), &naive_blur(&picture, sigma, border));
                // Sampling a Gaussian of 1 pixel aliases exp(-2 pi^2 / 4) = 0.7 % at half a cycle per pixel, which
                // shows at the finest frequencies; from 2 pixels on it is negligible.
                let allowed = if sigma < 2.0 { 0.02 } else { 2e-6 };
                assert!(error < allowed, "{width}x{height} sigma {sigma} {border:?}: {error}");
            }
        }
    }
}

#[test]
fn lowpass_mirror_is_a_plane_four_times_as_large_repeated() {
    let curve = butterworth(0.2, 1);
    for (width, height) in [(8, 8), (9, 7), (1, 5), (6, 1), (16, 3)] {
        let picture = noise_plane(size(width, height), 23);
        let at = |x, y| {
            picture.plane(0).row(source(y as isize, height, Border::Mirror))[source(x as isize, width, Border::Mirror)]
        };
        let doubled = Image::from_fn(size(2 * width, 2 * height), Channels::Grey, |_, x, y| at(x, y));
        let expected = filter(&doubled, &curve, Border::Periodic, &Execution::single_threaded());
        let filtered = filter(&picture, &curve, Border::Mirror, &Execution::single_threaded());
        let corner = expected.crop(Rect::whole(picture.size()));
        let error = largest_difference(filtered.samples(), corner.samples());
        assert!(error < 1e-6, "{width}x{height}: {error}");
    }
}

#[test]
fn lowpass_multiplies_a_wave_by_its_response() {
    let (size, cycles) = (size(60, 40), 6.0);
    let curve = butterworth(0.125, 3);
    let wave = |x: usize| (std::f64::consts::TAU * cycles * x as f64 / 60.0).cos() as f32;
    let picture = Image::from_fn(size, Channels::Grey, |_, x, _| wave(x));
    let filtered = filter(&picture, &curve, Border::Periodic, &Execution::single_threaded());
    let gain = curve.at(0.1) as f32;
    assert!((0.5..0.99).contains(&gain));
    let error = (0..60).map(|x| (filtered.plane(0).row(20)[x] - gain * wave(x)).abs()).fold(0.0, f32::max);
    assert!(error < 1e-6, "{error}");
}

#[test]
fn lowpass_keeps_constants() {
    for border in BORDERS {
        let picture = Image::<Linear>::filled(size(33, 20), Channels::Grey, 0.7);
        let filtered = filter(&picture, &gaussian(4.0), border, &Execution::single_threaded());
        assert!(largest_difference(filtered.samples(), picture.samples()) < 1e-6, "{border:?}");
    }
}

#[test]
fn lowpass_is_bit_equal_for_any_number_of_threads() {
    let ideal = FrequencyResponse::Ideal.curve(cycles_per_pixel(0.15)).unwrap();
    for shape in [size(75, 64), size(1, 50), size(50, 1)] {
        let picture = noise_plane(shape, 29);
        for border in BORDERS {
            for curve in [gaussian(3.0), ideal] {
                let mut results = executions().map(|execution| filter(&picture, &curve, border, &execution));
                let first = results.next().unwrap();
                assert!(results.all(|result| result == first), "{shape} {border:?} {curve:?}");
            }
        }
    }
}

#[test]
#[should_panic(expected = "planned size")]
fn lowpass_planned_with_another_size_panics() {
    let low_pass = LowPass::new(size(4, 4), &gaussian(2.0), Border::Mirror);
    let picture = noise_plane(size(5, 4), 1);
    let mut out = picture.clone();
    low_pass.apply(&Execution::single_threaded(), picture.plane(0), out.plane_mut(0), &mut Workspace::new());
}
