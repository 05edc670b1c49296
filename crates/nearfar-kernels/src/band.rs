//! A filter along one line, border included, as a banded matrix.

use crate::{Border, Taps, rows::GROUP};

/// A filter along a line of samples as a banded matrix: output `i` is a weighted sum of neighbouring inputs.
///
/// The border is folded into the weights near the ends, so that whoever applies the matrix needs no case for it. Outputs
/// come in groups of [`GROUP`], which are computed together (see [`rows::combine`](crate::rows::combine)).
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    outputs: usize,
    groups: Vec<Group>,
    weights: Vec<[f32; GROUP]>,
}

/// Some rows of the matrix: `weights[offset..offset + length]` belong to inputs `start..start + length`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Group {
    start: usize,
    offset: usize,
    length: usize,
}

impl Band {
    /// The matrix of `taps` on a line of `n` samples.
    #[must_use]
    pub fn new(n: usize, taps: &Taps, border: Border) -> Self {
        let radius = taps.radius();
        let mut band = Self { outputs: n, groups: Vec::new(), weights: Vec::new() };
        for first in (0..n).step_by(GROUP) {
            let last = (first + GROUP - 1).min(n - 1);
            // Where folded weights can land: mirroring maps the part outside onto the part inside.
            let (start, end) = (first.saturating_sub(radius), (last + radius + 1).min(n));
            let offset = band.weights.len();
            band.weights.resize(offset + end - start, [0.0; GROUP]);
            let group = &mut band.weights[offset..];
            for i in first..=last {
                for (k, &weight) in taps.weights().iter().enumerate() {
                    if let Some(j) = border.source((i + k) as isize - radius as isize, n) {
                        group[j - start][i - first] += weight;
                    }
                }
            }
            band.groups.push(Group { start, offset, length: end - start });
        }
        band
    }

    /// Number of outputs.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The first input that outputs `GROUP * g..GROUP * (g + 1)` need, and the weights from there on, for each of them.
    /// Outputs beyond the last have no weight.
    #[must_use]
    pub fn group(&self, g: usize) -> (usize, &[[f32; GROUP]]) {
        let group = self.groups[g];
        (group.start, &self.weights[group.offset..][..group.length])
    }

    /// The most inputs that a group of outputs needs: the rows that a sweep must keep at hand.
    #[must_use]
    pub fn reach(&self) -> usize {
        self.groups.iter().map(|group| group.length).max().unwrap_or(0)
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
                    let (start, weights) = band.group(i / GROUP);
                    for (weight, group) in line[start..].iter_mut().zip(weights) {
                        *weight = group[i % GROUP];
                    }
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
