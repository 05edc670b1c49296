//! Resampling filters.

use std::f64::consts::PI;

/// The resampling filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Filter {
    /// A sinc windowed by a sinc, three lobes: the sharpest.
    #[default]
    Lanczos3,
    /// The interpolating cubic of Catmull and Rom: slightly softer and faster.
    CatmullRom,
}

impl Filter {
    /// Half the width of the filter at scale 1, in pixels.
    pub(crate) fn radius(self) -> f64 {
        match self {
            Self::Lanczos3 => 3.0,
            Self::CatmullRom => 2.0,
        }
    }

    fn value(self, t: f64) -> f64 {
        let t = t.abs();
        match self {
            _ if t >= self.radius() => 0.0,
            Self::Lanczos3 if t == 0.0 => 1.0,
            Self::Lanczos3 => 3.0 * (PI * t).sin() * (PI * t / 3.0).sin() / (PI * PI * t * t),
            Self::CatmullRom if t < 1.0 => (1.5 * t - 2.5) * t * t + 1.0,
            Self::CatmullRom => ((-0.5 * t + 2.5) * t - 4.0) * t + 2.0,
        }
    }
}

/// Table entries per pixel: linear interpolation between them is within 2e-6 of either filter.
const STEPS: f64 = 1024.0;

/// Products are summed in this many lanes, which any processor has.
pub(super) const LANES: usize = 4;

/// A filter as a table, since computing its sines would take longer than the sums of products.
#[derive(Clone, Debug)]
pub(super) struct FilterTable {
    radius: f64,
    values: Vec<f32>,
}

/// The taps along one axis for one position.
#[derive(Debug, Default)]
pub(super) struct Taps {
    /// Index of the sample for the first weight; may lie outside the picture.
    pub(super) first: isize,
    /// Number of taps.
    pub(super) count: usize,
    /// Weights, with sum 1; padded with zeros to whole lanes.
    pub(super) weights: Vec<f32>,
    /// The range of weights for the samples next to the position (within one pixel, at scale 1).
    pub(super) main: std::ops::Range<usize>,
}

impl FilterTable {
    pub(super) fn new(filter: Filter) -> Self {
        let radius = filter.radius();
        // One entry past the end for the last interpolation, one for rounding.
        let count = (radius * STEPS) as usize + 2;
        let values = (0..count).map(|i| filter.value(i as f64 / STEPS) as f32).collect();
        Self { radius, values }
    }

    /// Half the width of the filter stretched by `scale`.
    pub(super) fn reach(&self, scale: f64) -> f64 {
        self.radius * scale
    }

    /// The taps for the position `center`, with the filter stretched by `scale >= 1` so that it averages all the pixels
    /// that fall into one.
    pub(super) fn taps(&self, center: f64, scale: f64, taps: &mut Taps) {
        let reach = self.reach(scale);
        let first = (center - reach).ceil();
        let last = (center + reach).floor();
        let count = (last - first) as usize + 1;
        let step = (STEPS / scale) as f32;
        let offset = (first - center) as f32;
        taps.first = first as isize;
        taps.weights.clear();
        taps.weights.extend((0..count).map(|i| {
            let t = (offset + i as f32).abs() * step;
            let i = (t as usize).min(self.values.len() - 2);
            let (a, b) = (self.values[i], self.values[i + 1]);
            a + (b - a) * (t - i as f32)
        }));
        let norm = 1.0 / taps.weights.iter().sum::<f32>();
        taps.weights.iter_mut().for_each(|w| *w *= norm);
        let begin = (center - scale).ceil() - first;
        let end = (center + scale).floor() - first;
        taps.count = count;
        taps.weights.resize(count.next_multiple_of(LANES), 0.0);
        taps.main = begin as usize..(end as usize + 1).min(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taps_sum_to_one_and_reproduce_straight_lines() {
        for filter in [Filter::Lanczos3, Filter::CatmullRom] {
            let table = FilterTable::new(filter);
            let mut taps = Taps::default();
            for scale in [1.0, 1.3, 7.9, 64.0] {
                for center in [0.0, 0.25, -3.5, 1234.8] {
                    table.taps(center, scale, &mut taps);
                    let moment = |power: i32| -> f64 {
                        let place = |i: usize| taps.first as f64 + i as f64 - center;
                        taps.weights.iter().enumerate().map(|(i, &w)| f64::from(w) * place(i).powi(power)).sum()
                    };
                    assert!((moment(0) - 1.0).abs() < 1e-5, "{filter:?} {scale} {center}");
                    // Lanczos' own ripple: a hundredth of a pixel.
                    assert!(moment(1).abs() < 0.02, "{filter:?} {scale} {center}: {}", moment(1));
                    assert!(taps.main.len() >= 2 && taps.main.end <= taps.weights.len());
                }
            }
        }
    }

    #[test]
    fn taps_on_a_pixel_return_it() {
        let table = FilterTable::new(Filter::Lanczos3);
        let mut taps = Taps::default();
        table.taps(17.0, 1.0, &mut taps);
        for (i, &w) in taps.weights.iter().enumerate() {
            let expected = if taps.first + i as isize == 17 { 1.0 } else { 0.0 };
            assert!((w - expected).abs() < 1e-5);
        }
    }
}
