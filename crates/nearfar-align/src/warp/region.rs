//! A decoded part of the far picture.

use nearfar_image::{Encoded, Image, TransferFunction};
use nearfar_kernels::{Border, Execution, transfer::decode_row};

use super::filter::{LANES, Taps};

/// A rectangle of the far picture as light, mirrored beyond its edges.
#[derive(Debug, Default)]
pub(super) struct Region {
    low: [isize; 2],
    width: usize,
    area: usize,
    codes: Vec<f32>,
    light: Vec<f32>,
}

impl Region {
    /// Decodes the samples from `low` to `high`, inclusive, and enough to their right for whole vectors of taps.
    pub(super) fn load(
        &mut self,
        far: &Image<Encoded>,
        transfer: TransferFunction,
        [low, high]: [[isize; 2]; 2],
        execution: &Execution,
    ) {
        let size = far.size();
        let high = [high[0] + LANES as isize - 1, high[1]];
        let height = (high[1] - low[1] + 1) as usize;
        self.low = low;
        self.width = (high[0] - low[0] + 1) as usize;
        self.area = self.width * height;
        self.light.resize(self.area * far.channels().count(), 0.0);
        let mut rows = self.light.chunks_exact_mut(self.width);
        for plane in far.planes() {
            for y in low[1]..=high[1] {
                let row = plane.row(mirror(y, size.height()));
                self.codes.clear();
                // Light cannot be negative.
                self.codes.extend((low[0]..=high[0]).map(|x| row[mirror(x, size.width())].max(0.0)));
                let light = rows.next().expect("there is a row for each");
                decode_row(execution.level(), transfer, &self.codes, light);
            }
        }
    }

    /// The filtered light of one channel, clamped to the range of the samples next to the position.
    pub(super) fn sample(&self, channel: usize, horizontal: &Taps, vertical: &Taps) -> f32 {
        let light = &self.light[channel * self.area..][..self.area];
        let left = (horizontal.first - self.low[0]) as usize;
        let top = (vertical.first - self.low[1]) as usize;
        let (mut lanes, mut low, mut high) = ([0.0; LANES], f32::INFINITY, f32::NEG_INFINITY);
        for (j, weight) in vertical.weights[..vertical.count].iter().enumerate() {
            let row = &light[(top + j) * self.width + left..][..horizontal.weights.len()];
            let mut products = [0.0; LANES];
            for (v, w) in row.chunks_exact(LANES).zip(horizontal.weights.chunks_exact(LANES)) {
                for i in 0..LANES {
                    products[i] += v[i] * w[i];
                }
            }
            for i in 0..LANES {
                lanes[i] += weight * products[i];
            }
            if vertical.main.contains(&j) {
                for &v in &row[horizontal.main.clone()] {
                    low = low.min(v);
                    high = high.max(v);
                }
            }
        }
        lanes.iter().sum::<f32>().clamp(low, high)
    }
}

/// The index of the sample at `index` when a row of `length` samples is mirrored at its ends.
pub(super) fn mirror(index: isize, length: usize) -> usize {
    Border::Mirror.source(index, length).expect("a mirrored row has no end")
}

/// [`mirror`] for a position between samples.
pub(super) fn mirror_place(at: f64, length: usize) -> f64 {
    let length = length as f64;
    let v = (at + 0.5).rem_euclid(2.0 * length);
    v.min(2.0 * length - v) - 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirror_agrees_between_samples() {
        for i in -20_i16..20 {
            let index = mirror(isize::from(i), 5);
            assert!((mirror_place(f64::from(i), 5) - index as f64).abs() < 1e-12);
            assert_eq!(mirror(isize::from(i), 1), 0);
        }
    }
}
