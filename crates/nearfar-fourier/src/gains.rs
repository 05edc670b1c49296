//! A frequency response spread out over the spectrum of a plane.

use std::f64::consts::PI;

use nearfar_image::Size;

use rustfft::num_complex::Complex32;

use crate::ResponseCurve;

/// Gains this small are taken for zero: they change samples in `[0, 1]` by less than rounding does.
pub(crate) const NEGLIGIBLE: f64 = 1.0 / (1 << 26) as f64;

/// What every number of a spectrum is multiplied by, column after column.
#[derive(Clone)]
pub(crate) enum Gains {
    /// For lines in plain order: numbers of the Fourier transform have one gain each.
    Fourier(Vec<f32>),
    /// For lines in folded order: coefficients of the cosine transform have one gain each.
    Cosine(CosineGains),
}

impl Gains {
    /// Gains of the first `kept` columns of a periodic plane: number `k` of `n` has `k / n` cycles per pixel, or
    /// `(n - k) / n` if that is less.
    pub(crate) fn fourier(size: Size, curve: &ResponseCurve, kept: usize) -> Self {
        let (width, height) = (size.width() as f64, size.height());
        let mut table = table(kept, height, |kx, ky| {
            let (fx, fy) = (kx as f64 / width, ky as f64 / height as f64);
            curve.at_squared(fx * fx + fy * fy)
        });
        for column in table.chunks_exact_mut(height) {
            for ky in height / 2 + 1..height {
                column[ky] = column[height - ky];
            }
        }
        Self::Fourier(table)
    }

    /// Gains of the first `kept` columns of a mirrored plane: coefficient `k` of `n` has `k / 2n` cycles per pixel.
    pub(crate) fn cosine(size: Size, curve: &ResponseCurve, kept: usize) -> Self {
        let (width, height) = (size.width(), size.height());
        let gain = |kx: usize, ky: usize| {
            let (fx, fy) = (kx as f64 / (2 * width) as f64, ky as f64 / (2 * height) as f64);
            curve.at_squared(fx * fx + fy * fy)
        };
        Self::Cosine(CosineGains {
            low: table(kept, height, gain),
            high: table(kept, height, |kx, ky| gain(width - kx, ky)),
            turns_x: turns(kept, width),
            turns_y: turns(height, height),
        })
    }

    /// Multiplies column `kx` of the spectrum.
    pub(crate) fn apply(&self, kx: usize, column: &mut [Complex32]) {
        match self {
            Self::Fourier(gains) => {
                let gains = &gains[kx * column.len()..];
                column.iter_mut().zip(gains).for_each(|(value, &gain)| *value *= gain);
            }
            Self::Cosine(gains) => gains.apply(kx, column),
        }
    }
}

/// Gains of cosine coefficients, and what turns the Fourier transform of folded lines into them.
#[derive(Clone)]
pub(crate) struct CosineGains {
    /// Of the coefficients `(kx, ky)`.
    low: Vec<f32>,
    /// Of the coefficients `(width - kx, ky)`.
    high: Vec<f32>,
    turns_x: Vec<Complex32>,
    turns_y: Vec<Complex32>,
}

impl CosineGains {
    /// For a folded real line, `exp(-i pi k / 2n) V[k] = C[k] - i C[n - k]`, where V is its Fourier and C its cosine
    /// transform, and `C[n]` counts as zero (Makhoul 1980). Along x this makes the real and the imaginary part of
    /// a column two real lines, the coefficients `kx` and (negated) `width - kx`. Doing the same along y leaves in numbers
    /// `k` and `height - k` of the column two coefficients of either line, mixed:
    ///
    /// ```text
    /// Z[k] = (P[k] + Q[h - k]) + i (Q[k] - P[h - k])
    /// ```
    fn apply(&self, kx: usize, column: &mut [Complex32]) {
        let height = column.len();
        let low = &self.low[kx * height..][..height];
        let high = &self.high[kx * height..][..height];
        let turn_x = self.turns_x[kx];
        // Gains never rise along a column, nor from `low` to `high`: the rest is zero.
        let reach = low.partition_point(|&gain| gain > 0.0).max(1);
        let pairs = height / 2 + 1;

        let first = turn_x * column[0];
        column[0] = turn_x.conj() * Complex32::new(first.re * low[0], first.im * high[0]);
        for k in 1..pairs.min(reach) {
            let m = height - k;
            let (turn_k, turn_m) = (turn_x * self.turns_y[k], turn_x * self.turns_y[m]);
            let (zk, zm) = (turn_k * column[k], turn_m * column[m]);
            let (pk, qm) = (0.5 * low[k] * (zk.re - zm.im), 0.5 * high[m] * (zk.re + zm.im));
            let (pm, qk) = (0.5 * low[m] * (zm.re - zk.im), 0.5 * high[k] * (zm.re + zk.im));
            column[k] = turn_k.conj() * Complex32::new(pk + qm, qk - pm);
            column[m] = turn_m.conj() * Complex32::new(pm + qk, qm - pk);
        }
        if reach < pairs {
            column[reach..=height - reach].fill(Complex32::default());
        }
    }
}

/// `gain(kx, ky)`, which never rises along a column, for every number of `kept` columns. Negligible gains are zero, not
/// least because subnormal products would take a processor many times as long.
fn table(kept: usize, height: usize, gain: impl Fn(usize, usize) -> f64) -> Vec<f32> {
    let mut table = vec![0.0; kept * height];
    for (kx, column) in table.chunks_exact_mut(height).enumerate() {
        let gains = (0..height).map(|ky| gain(kx, ky)).take_while(|&gain| gain > NEGLIGIBLE);
        column.iter_mut().zip(gains).for_each(|(to, gain)| *to = gain as f32);
    }
    table
}

/// `exp(-i pi k / 2n)` for `k` below `count`.
fn turns(count: usize, n: usize) -> Vec<Complex32> {
    let angle = |k: usize| -PI * k as f64 / (2 * n) as f64;
    (0..count).map(|k| Complex32::new(angle(k).cos() as f32, angle(k).sin() as f32)).collect()
}
