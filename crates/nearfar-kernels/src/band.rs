//! A filter along one line, border included, as a banded matrix.

use crate::{Border, Taps};

/// A filter along a line of `inputs` samples as a banded matrix: output `i` is a weighted sum of neighbouring inputs.
///
/// The border is folded into the weights near the ends, so that whoever applies the matrix needs no case for it, and
/// the adjoint is simply the transpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    rows: Vec<BandRow>,
    weights: Vec<f32>,
}

/// One row of the matrix: `weights[offset..offset + length]` belong to inputs `start..start + length`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct BandRow {
    start: usize,
    offset: usize,
    length: usize,
}

impl Band {
    /// The matrix of `taps` on a line of `n` samples.
    #[must_use]
    pub fn new(n: usize, taps: &Taps, border: Border) -> Self {
        let radius = taps.radius();
        let mut band = Self { rows: Vec::with_capacity(n), weights: Vec::with_capacity(n * taps.weights().len()) };
        let mut dense = vec![0.0f64; n];
        for i in 0..n {
            // Where folded weights can land: mirroring maps the part outside onto the part inside.
            let (start, end) = (i.saturating_sub(radius), (i + radius + 1).min(n));
            dense[start..end].fill(0.0);
            for (k, &weight) in taps.weights().iter().enumerate() {
                if let Some(j) = border.source((i + k) as isize - radius as isize, n) {
                    dense[j] += f64::from(weight);
                }
            }
            band.push(start, dense[start..end].iter().map(|&w| w as f32));
        }
        band
    }

    fn push(&mut self, start: usize, weights: impl Iterator<Item = f32>) {
        let offset = self.weights.len();
        self.weights.extend(weights);
        self.rows.push(BandRow { start, offset, length: self.weights.len() - offset });
    }

    /// Number of outputs.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.rows.len()
    }

    /// The first input of output `i`, and the weights from there on.
    #[must_use]
    pub fn row(&self, i: usize) -> (usize, &[f32]) {
        let row = self.rows[i];
        (row.start, &self.weights[row.offset..][..row.length])
    }

    /// The most inputs that one output needs: the rows that a sweep must keep at hand.
    #[must_use]
    pub fn reach(&self) -> usize {
        self.rows.iter().map(|row| row.length).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gaussian;

    /// The matrix is symmetric for every border and size: `G = Gᵀ`.
    #[test]
    fn band_is_its_own_transpose() {
        for n in [1, 2, 3, 5, 14, 15, 16, 40] {
            for border in [Border::Zero, Border::Mirror] {
                let band = Band::new(n, &Gaussian::with_size(3.0, 15).unwrap().taps(), border);
                let mut dense = vec![vec![0.0f32; n]; n];
                for (i, line) in dense.iter_mut().enumerate() {
                    let (start, weights) = band.row(i);
                    line[start..start + weights.len()].copy_from_slice(weights);
                }
                for (i, line) in dense.iter().enumerate() {
                    for (j, &weight) in line.iter().enumerate() {
                        assert!((weight - dense[j][i]).abs() < 1e-7, "{border:?} n={n} ({i},{j})");
                    }
                    let sum: f32 = line.iter().sum();
                    let inside = i >= 7 && i + 7 < n;
                    assert!((sum - 1.0).abs() < 1e-6 || (border == Border::Zero && !inside));
                }
            }
        }
    }
}
