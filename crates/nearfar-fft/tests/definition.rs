//! Transforms against their definition, in double precision.

use std::f64::consts::TAU;

use nearfar_fft::{Complex32, Fft};

fn line(n: usize, seed: f32) -> Vec<Complex32> {
    (0..n).map(|i| Complex32::new((i as f32 * 1.7 + seed).sin(), (i as f32 * 0.9 - seed).cos())).collect()
}

/// Coefficient `k` of a line, as its real and imaginary part; `sign` is -1 for the forward transform and 1 for the
/// inverse.
fn naive(line: &[Complex32], k: usize, sign: f64) -> [f64; 2] {
    let n = line.len();
    line.iter().enumerate().fold([0.0; 2], |[re, im], (j, v)| {
        let (sin, cos) = (sign * TAU * ((j * k) % n) as f64 / n as f64).sin_cos();
        let (a, b) = (f64::from(v.re), f64::from(v.im));
        [re + a * cos - b * sin, im + a * sin + b * cos]
    })
}

fn assert_is(found: &[Complex32], line: &[Complex32], sign: f64) {
    for (k, found) in found.iter().enumerate() {
        let [re, im] = naive(line, k, sign);
        let error = (f64::from(found.re) - re).hypot(f64::from(found.im) - im);
        assert!(error < 5e-5, "{k} of {}: {found}, not {re} + {im}i", line.len());
    }
}

/// Primes, their powers, products of these and lengths beyond a vector each use an algorithm of their own.
#[test]
fn transforms_of_any_length_match_the_definition() {
    for n in (1..40).chain([64, 67, 96, 127, 128, 210, 243, 256, 509]) {
        let fft = Fft::new(n);
        assert_eq!(fft.len(), n);
        // Two lines in one call.
        let lines = [line(n, 0.3), line(n, 2.0)];
        let mut scratch = vec![Complex32::default(); fft.scratch_len()];
        for sign in [-1.0, 1.0] {
            let mut found = lines.concat();
            if sign < 0.0 {
                fft.forward(&mut found, &mut scratch);
            } else {
                fft.inverse(&mut found, &mut scratch);
            }
            assert_is(&found[..n], &lines[0], sign);
            assert_is(&found[n..], &lines[1], sign);
        }
    }
}

#[test]
fn empty_lines_are_left_alone() {
    let (fft, line) = (Fft::new(0), line(5, 1.0));
    let mut found = line.clone();
    fft.forward(&mut found, &mut []);
    assert_eq!((fft.scratch_len(), found), (0, line));
}

#[test]
fn inverse_of_a_transform_is_n_times_the_line() {
    for n in [1, 2, 7, 60, 1021] {
        let fft = Fft::new(n);
        let line = line(n, 1.0);
        let (mut found, mut scratch) = (line.clone(), vec![Complex32::default(); fft.scratch_len()]);
        fft.forward(&mut found, &mut scratch);
        fft.inverse(&mut found, &mut scratch);
        for (found, expected) in found.iter().zip(&line) {
            assert!((found / n as f32 - expected).norm() < 1e-6, "{n}");
        }
    }
}
