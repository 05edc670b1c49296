//! The transform against its definition.

use std::f64::consts::TAU;

use nearfar_fourier::{Complex32, RealFft2, Workspace};
use nearfar_image::{Channels, Image, Linear};
use nearfar_kernels::Execution;

use crate::support::{executions, largest_difference, noise_plane, size};

fn forward(picture: &Image<Linear>, execution: &Execution) -> Vec<Complex32> {
    let fft = RealFft2::new(picture.size());
    let mut spectrum = vec![Complex32::new(f32::NAN, f32::NAN); fft.spectrum_len()];
    fft.forward(execution, picture.plane(0), &mut spectrum, &mut Workspace::new());
    spectrum
}

fn round_trip(picture: &Image<Linear>, workspace: &mut Workspace) -> Image<Linear> {
    let fft = RealFft2::new(picture.size());
    let execution = Execution::single_threaded();
    let mut spectrum = vec![Complex32::default(); fft.spectrum_len()];
    fft.forward(&execution, picture.plane(0), &mut spectrum, workspace);
    let mut back = Image::filled(picture.size(), Channels::Grey, f32::NAN);
    fft.inverse(&execution, &spectrum, back.plane_mut(0), workspace);
    back
}

/// `X[kx, ky]` as the sum it is, in double precision.
fn naive(picture: &Image<Linear>, kx: usize, ky: usize) -> (f64, f64) {
    let (width, height) = (picture.size().width(), picture.size().height());
    let (mut re, mut im) = (0.0, 0.0);
    for (y, row) in picture.plane(0).rows().enumerate() {
        for (x, &v) in row.iter().enumerate() {
            let cycles = ((kx * x) % width) as f64 / width as f64 + ((ky * y) % height) as f64 / height as f64;
            re += f64::from(v) * (TAU * cycles).cos();
            im -= f64::from(v) * (TAU * cycles).sin();
        }
    }
    (re, im)
}

#[test]
fn fft_is_the_discrete_fourier_transform() {
    for (width, height) in [(1, 1), (1, 9), (12, 1), (8, 8), (7, 5), (16, 13), (15, 24), (31, 37)] {
        let picture = noise_plane(size(width, height), 3);
        let spectrum = forward(&picture, &Execution::single_threaded());
        for kx in 0..=width / 2 {
            for ky in 0..height {
                let (re, im) = naive(&picture, kx, ky);
                let found = spectrum[kx * height + ky];
                let error = (f64::from(found.re) - re).hypot(f64::from(found.im) - im);
                // Rounding of sums of squares: 1e-6 of sqrt(area) is about ten units in the last place.
                assert!(
                    error < 2e-6 * ((width * height) as f64).sqrt().max(4.0),
                    "{width}x{height} ({kx},{ky}): {error}"
                );
            }
        }
    }
}

#[test]
fn fft_inverse_undoes_forward_at_every_size() {
    let mut workspace = Workspace::new();
    for n in (1..=64).chain([67, 97, 101, 127, 131, 251]) {
        for (width, height) in [(n, 1), (1, n), (n, 6), (5, n), (n, n)] {
            let picture = noise_plane(size(width, height), n as u64);
            let back = round_trip(&picture, &mut workspace);
            let error = largest_difference(back.samples(), picture.samples());
            assert!(error < 2e-6, "{width}x{height}: {error}");
        }
    }
}

#[test]
fn fft_keeps_energy() {
    for (width, height) in [(64, 48), (33, 21), (1, 17), (18, 1)] {
        let picture = noise_plane(size(width, height), 5);
        let spectrum = forward(&picture, &Execution::single_threaded());
        let energy: f64 = picture.samples().iter().map(|&v| f64::from(v).powi(2)).sum();
        let mut sum = 0.0;
        for (kx, column) in spectrum.chunks_exact(height).enumerate() {
            // Columns that stand for their conjugates too count twice.
            let count = if kx == 0 || 2 * kx == width { 1.0 } else { 2.0 };
            sum += count * column.iter().map(|v| f64::from(v.norm_sqr())).sum::<f64>();
        }
        let ratio = sum / (width * height) as f64 / energy;
        assert!((ratio - 1.0).abs() < 1e-6, "{width}x{height}: {ratio}");
    }
}

#[test]
fn fft_is_bit_equal_for_any_number_of_threads() {
    for (width, height) in [(96, 70), (61, 53), (1, 40), (40, 1)] {
        let picture = noise_plane(size(width, height), 7);
        let mut spectra = executions().map(|execution| forward(&picture, &execution));
        let first = spectra.next().unwrap();
        assert!(spectra.all(|spectrum| spectrum == first), "{width}x{height}");
    }
}
