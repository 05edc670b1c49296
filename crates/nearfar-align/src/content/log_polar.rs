//! Rotation and scale from the magnitudes of spectra (Reddy and Chatterji, "An FFT-based technique for translation,
//! rotation and scale-invariant image registration", IEEE TIP 1996).
//!
//! The magnitude of a spectrum is invariant to shifts; rotating the picture rotates it, and scaling scales it
//! inversely. On a grid of angle and logarithm of the radius both become shifts, which phase correlation finds.

use nearfar_fft::Complex32;
use nearfar_image::Plane;

use super::spectrum::{Spectrum, SquareFft, signed};

/// Side of the spectra and of the grid.
pub(super) const SIDE: usize = 256;
/// Radii of the grid in cycles per `SIDE` pixels.
const INNER: f64 = 5.0;
const OUTER: f64 = 110.0;
/// The largest scale of one picture relative to the other.
const LARGEST_SCALE: f64 = 2.5;

/// A guess: the number of far pixels per near pixel, and the angle, in `-pi/2..pi/2`; the opposite angle is equally
/// likely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    pub(super) scale: f64,
    pub(super) radians: f64,
}

/// The likeliest guesses, best first.
pub(super) fn guesses(fft: &SquareFft, near: Plane<'_>, far: Plane<'_>, count: usize) -> Vec<Guess> {
    let [near, far] = fft.forward_pair(&window(near), &window(far));
    let [near, far] = fft.forward_pair(&grid(&near), &grid(&far));
    let mut surface: Spectrum = near
        .iter()
        .zip(&far)
        .map(|(n, f)| {
            let product = n.conj() * f;
            let length = product.norm();
            if length > 0.0 { product / length } else { product }
        })
        .collect();
    // Fine ripples of the surface are noise.
    for (i, value) in surface.iter_mut().enumerate() {
        let (u, v) = (signed(i % SIDE, SIDE), signed(i / SIDE, SIDE));
        *value *= (-(u * u + v * v) / (2.0 * 40.0 * 40.0)).exp() as f32;
    }
    fft.inverse(&mut surface);
    let mut surface: Vec<f32> = surface.iter().map(|z| z.re).collect();
    let mut found = Vec::with_capacity(count);
    for _ in 0..count {
        let allowed = |i: &usize| signed(i % SIDE, SIDE).abs() * radius_step() <= LARGEST_SCALE.ln();
        let Some(best) = (0..surface.len()).filter(allowed).max_by(|&a, &b| surface[a].total_cmp(&surface[b])) else {
            break;
        };
        let (dr, da) = (signed(best % SIDE, SIDE), signed(best / SIDE, SIDE));
        // A larger far picture has its spectrum contracted.
        found.push(Guess { scale: (-dr * radius_step()).exp(), radians: da * angle_step() });
        for y in -4..=4_isize {
            for x in -4..=4_isize {
                let wrap = |v: usize, d: isize| (v as isize + d).rem_euclid(SIDE as isize) as usize;
                surface[wrap(best / SIDE, y) * SIDE + wrap(best % SIDE, x)] = f32::NEG_INFINITY;
            }
        }
    }
    found
}

fn radius_step() -> f64 {
    (OUTER / INNER).ln() / SIDE as f64
}

fn angle_step() -> f64 {
    std::f64::consts::PI / SIDE as f64
}

/// The picture centred in a square and faded to its mean at the edges, so that they leave no cross in the spectrum.
fn window(plane: Plane<'_>) -> Vec<f32> {
    let size = plane.size();
    let mean = plane.samples().iter().sum::<f32>() / size.area() as f32;
    let hann = |i: usize, n: usize| (std::f32::consts::PI * (i as f32 + 0.5) / n as f32).sin().powi(2);
    let mut square = vec![0.0; SIDE * SIDE];
    for (y, row) in plane.rows().enumerate() {
        let target = &mut square[y * SIDE..][..size.width()];
        for (x, (t, v)) in target.iter_mut().zip(row).enumerate() {
            *t = (v - mean) * hann(x, size.width()) * hann(y, size.height());
        }
    }
    square
}

/// Logarithms of magnitudes over angle (rows, half a turn) and logarithm of the radius (columns), less their mean at
/// each radius, faded at the inner and outer ends.
fn grid(spectrum: &[Complex32]) -> Vec<f32> {
    let magnitude = |x: isize, y: isize| {
        let wrap = |v: isize| v.rem_euclid(SIDE as isize) as usize;
        spectrum[wrap(y) * SIDE + wrap(x)].norm()
    };
    let read = |x: f64, y: f64| {
        let (x0, y0) = (x.floor(), y.floor());
        let (fx, fy) = ((x - x0) as f32, (y - y0) as f32);
        let (x0, y0) = (x0 as isize, y0 as isize);
        let row = |y| magnitude(x0, y) * (1.0 - fx) + magnitude(x0 + 1, y) * fx;
        row(y0) * (1.0 - fy) + row(y0 + 1) * fy
    };
    let mut grid = vec![0.0; SIDE * SIDE];
    for (a, row) in grid.chunks_exact_mut(SIDE).enumerate() {
        let (sin, cos) = (a as f64 * angle_step()).sin_cos();
        for (r, value) in row.iter_mut().enumerate() {
            let radius = INNER * (r as f64 * radius_step()).exp();
            *value = (read(radius * cos, radius * sin) + 1e-3).ln();
        }
    }
    for r in 0..SIDE {
        let mean = (0..SIDE).map(|a| grid[a * SIDE + r]).sum::<f32>() / SIDE as f32;
        let fade = (std::f32::consts::PI * (r as f32 + 0.5) / SIDE as f32).sin();
        for a in 0..SIDE {
            grid[a * SIDE + r] = (grid[a * SIDE + r] - mean) * fade;
        }
    }
    grid
}
