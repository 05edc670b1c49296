//! Real transforms of lines, two lines at a time.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_4, PI};

use nearfar_fft::{Complex32, Fft};

use crate::Border;

/// A transform of lines of one length into as many real coefficients, each of a single frequency, planned once.
///
/// For a mirrored line this is its cosine transform (type II), for a periodic one its Hartley transform, the sums over
/// cosine plus sine: in either case an isotropic filter multiplies each coefficient by its response. Both are computed
/// by one FFT whose real and imaginary parts are two lines, by the same formula. With V the FFT of n samples,
///
/// ```text
/// c[k] = w[k] V[k] + conj(w[k]) V[n - k]        V[k] = conj(w[k]) c[k] + w[n - k] c[n - k]        0 < k < n
/// ```
///
/// where `w[k]` is `exp(-i pi k / 2n) / sqrt 2` for the cosine transform, of lines in folded order (Makhoul 1980), and
/// `exp(i pi / 4) / sqrt 2` for the Hartley transform (Bracewell 1983); `c[0]` is `V[0]`.
#[derive(Clone)]
pub(crate) struct Lines {
    border: Border,
    fft: Fft,
    /// The twiddle factors `w`.
    twiddles: Vec<Complex32>,
}

/// The coefficients of a line that are kept: the first `low` and, for a periodic line, whose last coefficients are low
/// frequencies too, the last `high`. They are stored consecutively.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    pub(crate) low: usize,
    pub(crate) high: usize,
}

impl Kept {
    /// Keeps all coefficients of lines of `n` samples for whose frequency, in cycles per pixel, `keeps` returns true;
    /// that must be a range starting at 0. Keeps at least one.
    pub(crate) fn new(border: Border, n: usize, keeps: impl Fn(f64) -> bool) -> Self {
        let low = |most: usize| (0..most).take_while(|&k| keeps(frequency(border, k, n))).count().max(1);
        match border {
            Border::Mirror => Self { low: low(n), high: 0 },
            Border::Periodic => {
                let low = low(n / 2 + 1);
                Self { low, high: (low - 1).min(n - low) }
            }
        }
    }

    /// The two runs of kept coefficients after the first one: their range among all `n`, and the start of each among
    /// the kept.
    fn runs(self, n: usize) -> [(usize, usize, usize); 2] {
        [(1, self.low, 1), (n - self.high, n, self.low)]
    }

    /// Number of kept coefficients.
    pub(crate) fn len(self) -> usize {
        self.low + self.high
    }

    /// Their frequencies in cycles per pixel.
    pub(crate) fn frequencies(self, border: Border, n: usize) -> impl Iterator<Item = f64> {
        (0..self.low).chain(n - self.high..n).map(move |k| frequency(border, k, n))
    }
}

/// The frequency of coefficient `k` of `n`, in cycles per pixel.
fn frequency(border: Border, k: usize, n: usize) -> f64 {
    match border {
        Border::Mirror => k as f64 / (2 * n) as f64,
        Border::Periodic => k.min(n - k) as f64 / n as f64,
    }
}

impl Lines {
    pub(crate) fn new(border: Border, n: usize) -> Self {
        let turn = |k: usize| match border {
            Border::Mirror => -PI * k as f64 / (2 * n) as f64,
            Border::Periodic => FRAC_PI_4,
        };
        let twiddles = (0..n).map(turn).map(|angle| {
            let (sin, cos) = angle.sin_cos();
            Complex32::new((FRAC_1_SQRT_2 * cos) as f32, (FRAC_1_SQRT_2 * sin) as f32)
        });
        Self { border, fft: Fft::new(n), twiddles: twiddles.collect() }
    }

    /// Samples per line.
    pub(crate) fn len(&self) -> usize {
        self.twiddles.len()
    }

    /// Complex numbers that [`Self::forward`] and [`Self::inverse`] need as scratch space.
    pub(crate) fn scratch_len(&self) -> usize {
        self.fft.scratch_len()
    }

    /// The kept coefficients of two lines that [`Self::join`] or [`Self::sample_at`] combined in `line`.
    #[inline(always)]
    pub(crate) fn forward(
        &self,
        kept: Kept,
        line: &mut [Complex32],
        scratch: &mut [Complex32],
        [a, b]: [&mut [f32]; 2],
    ) {
        self.fft.forward(line, scratch);
        let n = self.len();
        (a[0], b[0]) = (line[0].re, line[0].im);
        for (from, to, at) in kept.runs(n) {
            let twiddles = &self.twiddles[from..to];
            let (ahead, back) = (&line[from..to], &line[n + 1 - to..n + 1 - from]);
            let (a, b) = (&mut a[at..at + to - from], &mut b[at..at + to - from]);
            for ((((w, v), u), a), b) in twiddles.iter().zip(ahead).zip(back.iter().rev()).zip(a).zip(b) {
                *a = w.re * (v.re + u.re) - w.im * (v.im - u.im);
                *b = w.re * (v.im + u.im) + w.im * (v.re - u.re);
            }
        }
    }

    /// Two lines, scaled by their length, from their kept coefficients; the others count as zero.
    #[inline(always)]
    pub(crate) fn inverse(&self, kept: Kept, [a, b]: [&[f32]; 2], line: &mut [Complex32], scratch: &mut [Complex32]) {
        let n = self.len();
        line.fill(Complex32::default());
        line[0] = Complex32::new(a[0], b[0]);
        for (from, to, at) in kept.runs(n) {
            let twiddles = &self.twiddles[from..to];
            let (a, b) = (&a[at..at + to - from], &b[at..at + to - from]);
            for (((v, w), &a), &b) in line[from..to].iter_mut().zip(twiddles).zip(a).zip(b) {
                v.re += w.re * a + w.im * b;
                v.im += w.re * b - w.im * a;
            }
            for (((v, w), &a), &b) in line[n + 1 - to..n + 1 - from].iter_mut().rev().zip(twiddles).zip(a).zip(b) {
                v.re += w.re * a - w.im * b;
                v.im += w.re * b + w.im * a;
            }
        }
        self.fft.inverse(line, scratch);
    }

    /// Combines two lines into one complex line in the transform's order.
    #[inline(always)]
    pub(crate) fn join(&self, [a, b]: [&[f32]; 2], line: &mut [Complex32]) {
        match self.border {
            Border::Periodic => {
                line.iter_mut().zip(a).zip(b).for_each(|((to, &a), &b)| *to = Complex32::new(a, b));
            }
            // Even samples in ascending, then odd ones in descending order: `0 2 4 5 3 1`.
            Border::Mirror => {
                let (evens, odds) = line.split_at_mut(a.len().div_ceil(2));
                let ((a, last_a), (b, last_b)) = (a.as_chunks::<2>(), b.as_chunks::<2>());
                for (((even, odd), a), b) in evens.iter_mut().zip(odds.iter_mut().rev()).zip(a).zip(b) {
                    *even = Complex32::new(a[0], b[0]);
                    *odd = Complex32::new(a[1], b[1]);
                }
                if let (Some(middle), [a], [b]) = (evens.last_mut(), last_a, last_b) {
                    *middle = Complex32::new(*a, *b);
                }
            }
        }
    }

    /// Undoes [`Self::join`].
    #[inline(always)]
    pub(crate) fn split(&self, line: &[Complex32], [a, b]: [&mut [f32]; 2]) {
        match self.border {
            Border::Periodic => line.iter().zip(a).zip(b).for_each(|((v, a), b)| (*a, *b) = (v.re, v.im)),
            Border::Mirror => {
                let (evens, odds) = line.split_at(a.len().div_ceil(2));
                let ((a, last_a), (b, last_b)) = (a.as_chunks_mut::<2>(), b.as_chunks_mut::<2>());
                for (((even, odd), a), b) in evens.iter().zip(odds.iter().rev()).zip(a).zip(b) {
                    *a = [even.re, odd.re];
                    *b = [even.im, odd.im];
                }
                if let (Some(middle), [a], [b]) = (evens.last(), last_a, last_b) {
                    (*a, *b) = (middle.re, middle.im);
                }
            }
        }
    }

    /// The index of the sample at each place in the transform's order.
    pub(crate) fn sample_at(&self, place: usize) -> usize {
        let n = self.len();
        match self.border {
            Border::Mirror if 2 * place < n => 2 * place,
            Border::Mirror => 2 * (n - place) - 1,
            Border::Periodic => place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_split_at_every_length() {
        for border in [Border::Mirror, Border::Periodic] {
            for n in 1..20usize {
                let lines = Lines::new(border, n);
                let a: Vec<f32> = (0..n as u16).map(f32::from).collect();
                let b: Vec<f32> = a.iter().map(|v| -v).collect();
                let mut line = vec![Complex32::default(); n];
                lines.join([&a, &b], &mut line);
                for (place, v) in line.iter().enumerate() {
                    assert_eq!((v.re as usize, -v.im as usize), (lines.sample_at(place), lines.sample_at(place)));
                }
                let (mut c, mut d) = (vec![0.0; n], vec![0.0; n]);
                lines.split(&line, [&mut c, &mut d]);
                assert_eq!((c, d), (a, b));
            }
        }
        let order: Vec<usize> = (0..6).map(|place| Lines::new(Border::Mirror, 6).sample_at(place)).collect();
        assert_eq!(order, [0, 2, 4, 5, 3, 1]);
    }

    /// The coefficients by definition, in double precision, up to a factor that is the same for all but the first.
    fn naive(border: Border, line: &[f32], k: usize) -> f64 {
        let n = line.len();
        let wave = |i: usize| match border {
            Border::Mirror => {
                let scale = if k == 0 { 1.0 } else { std::f64::consts::SQRT_2 };
                scale * (PI * k as f64 * (i as f64 + 0.5) / n as f64).cos()
            }
            Border::Periodic => {
                let (sin, cos) = (2.0 * PI * ((k * i) % n) as f64 / n as f64).sin_cos();
                sin + cos
            }
        };
        line.iter().enumerate().map(|(i, &v)| f64::from(v) * wave(i)).sum()
    }

    #[test]
    fn coefficients_match_their_definition() {
        for border in [Border::Mirror, Border::Periodic] {
            for n in (1..33).chain([67, 96, 127]) {
                let lines = Lines::new(border, n);
                let sample = |seed: f32| (0..n).map(|i| (i as f32 * 1.7 + seed).sin()).collect::<Vec<_>>();
                let pair = [sample(0.0), sample(2.0)];
                let mut line = vec![Complex32::default(); n];
                let mut scratch = vec![Complex32::default(); lines.scratch_len()];
                lines.join([&pair[0], &pair[1]], &mut line);
                let kept = Kept::new(border, n, |_| true);
                let (mut a, mut b) = (vec![0.0; n], vec![0.0; n]);
                lines.forward(kept, &mut line, &mut scratch, [&mut a, &mut b]);
                let places: Vec<usize> = (0..kept.low).chain(n - kept.high..n).collect();
                assert_eq!(places.len(), n);
                for (found, line) in [&a, &b].into_iter().zip(&pair) {
                    for (found, &k) in found.iter().zip(&places) {
                        let expected = naive(border, line, k);
                        assert!(
                            (f64::from(*found) - expected).abs() < 2e-5,
                            "{border:?} {k} of {n}: {found} {expected}"
                        );
                    }
                }
                lines.inverse(kept, [&a, &b], &mut line, &mut scratch);
                lines.split(&line, [&mut a, &mut b]);
                for (found, expected) in [&a, &b].into_iter().zip(&pair) {
                    let worst = found.iter().zip(expected).map(|(f, e)| (f / n as f32 - e).abs()).fold(0.0, f32::max);
                    assert!(worst < 1e-6, "{border:?} {n}: {worst}");
                }
            }
        }
    }
}
