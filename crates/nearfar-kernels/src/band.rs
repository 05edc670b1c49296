//! A one-dimensional filter, border included, as a banded matrix.

use nearfar_image::{Plane, PlaneMut};

use crate::{
    Border, Execution, Gaussian, Taps,
    rows::{self, GROUP, RowSpan},
};

/// A filter along a line of samples as a banded matrix: output `i` is a weighted sum of neighbouring inputs.
///
/// The border is folded into the weights near the ends, so applying the matrix needs no special case for it. Outputs
/// are computed in groups of [`GROUP`] (see [`rows::combine`](crate::rows::combine)).
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    outputs: usize,
    groups: Vec<Group>,
    weights: Vec<[f32; GROUP]>,
}

/// The matrix rows of one group of outputs: `weights[offset..offset + length]` belong to inputs
/// `start..start + length`.
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
        let radius = taps.radius() as isize;
        Self::from_rows((0..n as isize).map(|i| {
            let weights = taps.weights().iter().map(|&weight| f64::from(weight));
            folded(n, border, i - radius, weights)
        }))
    }

    /// The matrix that blurs a line of `n` samples and samples it at `count` evenly spaced places: the centres of
    /// `count` equal parts of the line, which need not be pixel centres.
    #[must_use]
    pub fn sampled(n: usize, count: usize, gaussian: &Gaussian, border: Border) -> Self {
        let (sigma, radius) = (gaussian.sigma(), gaussian.radius() as f64);
        Self::from_rows((0..count).map(|i| {
            let place = (i as f64 + 0.5) * n as f64 / count as f64 - 0.5;
            let first = (place - radius).ceil();
            let weights: Vec<_> = (0..)
                .map(|k| first + f64::from(k) - place)
                .take_while(|distance| *distance <= radius)
                .map(|distance| (-0.5 * (distance / sigma).powi(2)).exp())
                .collect();
            let sum: f64 = weights.iter().sum();
            folded(n, border, first as isize, weights.iter().map(|weight| weight / sum))
        }))
    }

    /// The transposed matrix, with one output for each of this matrix's `inputs` inputs.
    #[must_use]
    pub fn transposed(&self, inputs: usize) -> Self {
        let mut rows = vec![(0, Vec::new()); inputs];
        for i in 0..self.outputs {
            let (start, weights) = self.group(i / GROUP);
            for (k, weights) in weights.iter().enumerate() {
                let (first, row) = &mut rows[start + k];
                let weight = f64::from(weights[i % GROUP]);
                if weight > 0.0 {
                    if row.is_empty() {
                        *first = i;
                    }
                    row.resize(i - *first, 0.0);
                    row.push(weight);
                }
            }
        }
        Self::from_rows(rows.into_iter())
    }

    /// A matrix from its rows, each given by the index of its first input and the weights from there on.
    fn from_rows(rows: impl Iterator<Item = (usize, Vec<f64>)>) -> Self {
        let rows: Vec<_> = rows.collect();
        let mut band = Self { outputs: rows.len(), groups: Vec::new(), weights: Vec::new() };
        for group in rows.chunks(GROUP) {
            let start = group.iter().map(|(start, _)| *start).min().unwrap_or(0);
            let end = group.iter().map(|(start, weights)| start + weights.len()).max().unwrap_or(0);
            let offset = band.weights.len();
            band.weights.resize(offset + end - start, [0.0; GROUP]);
            for (r, (first, weights)) in group.iter().enumerate() {
                for (target, &weight) in band.weights[offset + first - start..].iter_mut().zip(weights) {
                    target[r] = weight as f32;
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

    /// The first input that outputs `GROUP * g..GROUP * (g + 1)` need, and the weights of each input from there on, one
    /// per output. Outputs beyond the last have weight 0.
    #[must_use]
    pub fn group(&self, g: usize) -> (usize, &[[f32; GROUP]]) {
        let group = self.groups[g];
        (group.start, &self.weights[group.offset..][..group.length])
    }

    /// Filters every column of `source`: its height is the number of inputs, the height of `target` the number of
    /// outputs.
    ///
    /// # Panics
    ///
    /// If the planes differ in width, or have other heights.
    pub fn apply(&self, execution: &Execution, source: Plane<'_>, target: PlaneMut<'_>) {
        let width = source.size().width();
        assert_eq!(target.size().width(), width, "both planes have one width");
        assert_eq!(target.size().height(), self.outputs, "the target has a row for each output");
        let rows_per_strip = execution.rows_per_strip(self.outputs).next_multiple_of(GROUP);
        execution.for_each(target.into_strips(rows_per_strip).collect(), |(first, strip): (usize, &mut [f32])| {
            let mut scratch = vec![0.0; GROUP * width];
            for (g, group) in strip.chunks_mut(GROUP * width).enumerate() {
                let (start, weights) = self.group(first / GROUP + g);
                let source = RowSpan::new([&source.samples()[start * width..], &[]], width);
                // The last group may have fewer rows than are computed; the others go to scratch rows.
                let mut targets = group.chunks_mut(width).chain(scratch.chunks_mut(width));
                let targets = [(); GROUP].map(|()| targets.next().expect("a row or a scratch row"));
                rows::combine(execution.level(), weights, source, targets);
            }
        });
    }

    /// The largest number of inputs that a group of outputs needs: the rows that a sweep must keep available.
    #[must_use]
    pub fn reach(&self) -> usize {
        self.groups.iter().map(|group| group.length).max().unwrap_or(0)
    }
}

/// Folds weights for the positions from `first` on into a line of `n` samples: positions outside move to the sample
/// that stands for them. Returns the index of the first sample that has a weight, and the weights from there on.
fn folded(n: usize, border: Border, first: isize, weights: impl Iterator<Item = f64> + Clone) -> (usize, Vec<f64>) {
    let landed = || weights.clone().zip(first..).filter_map(|(weight, place)| Some((border.source(place, n)?, weight)));
    let start = landed().map(|(j, _)| j).min().unwrap_or(0);
    let end = landed().map(|(j, _)| j + 1).max().unwrap_or(start);
    let mut row = vec![0.0; end - start];
    for (j, weight) in landed() {
        row[j - start] += weight;
    }
    (start, row)
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

    #[test]
    fn sampled_rows_sum_to_one_and_transpose_exactly() {
        for (n, count, sigma) in [(1, 1, 5.0), (7, 2, 9.0), (100, 40, 6.0), (333, 18, 48.0)] {
            let gaussian = Gaussian::new(sigma).unwrap();
            let band = Band::sampled(n, count, &gaussian, Border::Mirror);
            let transposed = band.transposed(n);
            let weight = |band: &Band, i: usize, j: usize| {
                let (start, weights) = band.group(i / GROUP);
                j.checked_sub(start).and_then(|k| weights.get(k)).map_or(0.0, |group| group[i % GROUP])
            };
            for i in 0..count {
                let row = (0..n).map(|j| weight(&band, i, j));
                assert!((row.sum::<f32>() - 1.0).abs() < 1e-5);
                assert!((0..n).all(|j| weight(&band, i, j).to_bits() == weight(&transposed, j, i).to_bits()));
            }
        }
    }
}
