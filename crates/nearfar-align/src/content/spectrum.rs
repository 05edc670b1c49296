//! Small square Fourier transforms.

use nearfar_fft::{Complex32, Fft};

pub(super) type Spectrum = Vec<Complex32>;

/// Transforms of `side` x `side` samples, unnormalised in both directions.
pub(super) struct SquareFft {
    fft: Fft,
}

impl SquareFft {
    pub(super) fn new(side: usize) -> Self {
        Self { fft: Fft::new(side) }
    }

    pub(super) fn side(&self) -> usize {
        self.fft.len()
    }

    pub(super) fn forward(&self, data: &mut Spectrum) {
        self.along_both(data, Fft::forward);
    }

    pub(super) fn inverse(&self, data: &mut Spectrum) {
        self.along_both(data, Fft::inverse);
    }

    fn along_both(&self, data: &mut Spectrum, transform: fn(&Fft, &mut [Complex32], &mut [Complex32])) {
        let mut scratch = vec![Complex32::default(); self.fft.scratch_len()];
        for _ in 0..2 {
            transform(&self.fft, data, &mut scratch);
            transpose(data, self.side());
        }
    }

    /// Spectra of two real pictures by one transform: `a` and `b` are packed as `a + ib`.
    pub(super) fn forward_pair(&self, a: &[f32], b: &[f32]) -> [Spectrum; 2] {
        let mut packed: Spectrum = a.iter().zip(b).map(|(&a, &b)| Complex32::new(a, b)).collect();
        self.forward(&mut packed);
        let opposite = |i: usize| {
            let (side, y, x) = (self.side(), i / self.side(), i % self.side());
            packed[(side - y) % side * side + (side - x) % side].conj()
        };
        let split = |f: fn(Complex32, Complex32) -> Complex32| {
            packed.iter().enumerate().map(|(i, &z)| f(z, opposite(i)) * 0.5).collect()
        };
        [split(|z, w| z + w), split(|z, w| (z - w) * Complex32::new(0.0, -1.0))]
    }

    /// Two circular correlations by one transform: the real part is that of `a` (near, far), the imaginary part that of
    /// `b`. Sample `s` is the sum over `x` of `near(x) far(x + s)`, times the number of samples.
    pub(super) fn correlate_pair(&self, a: (&Spectrum, &Spectrum), b: (&Spectrum, &Spectrum)) -> Spectrum {
        let i = Complex32::new(0.0, 1.0);
        let product = |(near, far): (&Spectrum, &Spectrum), k: usize| near[k].conj() * far[k];
        let mut packed: Spectrum = (0..self.side() * self.side()).map(|k| product(a, k) + i * product(b, k)).collect();
        self.inverse(&mut packed);
        packed
    }
}

fn transpose(data: &mut [Complex32], side: usize) {
    for y in 0..side {
        for x in 0..y {
            data.swap(y * side + x, x * side + y);
        }
    }
}

/// The signed frequency or shift that index `i` of `side` stands for.
pub(super) fn signed(i: usize, side: usize) -> f64 {
    if 2 * i < side { i as f64 } else { i as f64 - side as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlations_match_their_definition() {
        let side = 8;
        let fft = SquareFft::new(side);
        let picture =
            |k: usize| -> Vec<f32> { (0..side * side).map(|i| ((i * k + i * i) % 13) as f32 - 6.0).collect() };
        let pictures = [picture(3), picture(5), picture(7), picture(11)];
        let [a, b] = fft.forward_pair(&pictures[0], &pictures[1]);
        let [c, d] = fft.forward_pair(&pictures[2], &pictures[3]);
        let found = fft.correlate_pair((&a, &c), (&b, &d));
        for sy in 0..side {
            for sx in 0..side {
                let sum = |near: &[f32], far: &[f32]| -> f32 {
                    let at = |x: usize, y: usize| (y + sy) % side * side + (x + sx) % side;
                    (0..side * side).map(|i| near[i] * far[at(i % side, i / side)]).sum()
                };
                let value = found[sy * side + sx] / (side * side) as f32;
                assert!((value.re - sum(&pictures[0], &pictures[2])).abs() < 1e-2, "{value}");
                assert!((value.im - sum(&pictures[1], &pictures[3])).abs() < 1e-2, "{value}");
            }
        }
    }
}
