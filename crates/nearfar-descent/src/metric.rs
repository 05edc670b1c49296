//! How much a difference of colour counts.

use fearless_simd::{Simd, SimdBase, SimdFloat};

/// How much a difference between two colours counts: the sum of squares of its lightness part and its colour part, each
/// with a weight.
///
/// A difference `r` of RGB codes is split into its grey part `l (1, 1, 1)`, `l = (r + g + b) / 3`, and the rest, which is
/// orthogonal to it; the squared length is `luma * |grey part|^2 + chroma * |rest|^2`. With both weights 1 that is the
/// plain sum of squares over the channels. Grey pictures have the grey part only.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct ColorMetric {
    /// Weight of differences in lightness.
    pub luma: f64,
    /// Weight of differences in colour at the same lightness.
    pub chroma: f64,
}

impl Default for ColorMetric {
    fn default() -> Self {
        Self { luma: 1.0, chroma: 1.0 }
    }
}

impl ColorMetric {
    /// The matrix of the form for `C` channels.
    pub(crate) fn matrix<const C: usize>(self) -> MetricMatrix {
        MetricMatrix { each: self.chroma as f32, all: ((self.luma - self.chroma) / C as f64) as f32 }
    }
}

/// The symmetric matrix `M` of the form `rᵀ M r`: `each` on the diagonal, and `all` everywhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MetricMatrix {
    each: f32,
    all: f32,
}

impl MetricMatrix {
    /// `M r` and `rᵀ M r` of residuals `r`, one for each channel.
    #[inline(always)]
    pub(crate) fn weigh<S: Simd, const C: usize, const B: usize>(
        self,
        simd: S,
        residual: &[[S::f32s; B]; C],
    ) -> ([[S::f32s; B]; C], [S::f32s; B]) {
        let (each, all) = (S::f32s::splat(simd, self.each), S::f32s::splat(simd, self.all));
        let (mut weighed, mut form) = (*residual, [S::f32s::splat(simd, 0.0); B]);
        for b in 0..B {
            let mut shared = residual[0][b];
            for channel in &residual[1..] {
                shared += channel[b];
            }
            shared *= all;
            for c in 0..C {
                weighed[c][b] = residual[c][b].mul_add(each, shared);
                form[b] = weighed[c][b].mul_add(residual[c][b], form[b]);
            }
        }
        (weighed, form)
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    /// `M r` and `rᵀ M r` of one residual.
    fn weighed<const C: usize>(metric: ColorMetric, residual: [f32; C]) -> ([f32; C], f32) {
        #[inline(always)]
        fn with<S: Simd, const C: usize>(simd: S, metric: ColorMetric, residual: [f32; C]) -> ([f32; C], f32) {
            let vectors = residual.map(|v| [S::f32s::splat(simd, v)]);
            let (weighed, [form]) = metric.matrix::<C>().weigh(simd, &vectors);
            (weighed.map(|[v]| v.as_slice()[0]), form.as_slice()[0])
        }
        dispatch!(Level::new(), simd => with(simd, metric, residual))
    }

    #[test]
    fn equal_weights_are_the_identity() {
        let residual = [0.3, -0.25, 0.125];
        let (weighed, form) = weighed(ColorMetric::default(), residual);
        assert_eq!(weighed.map(f32::to_bits), residual.map(f32::to_bits));
        assert!((form - (0.09 + 0.0625 + 0.015_625)).abs() < 1e-7);
    }

    #[test]
    fn form_is_that_of_the_grey_part_and_the_rest() {
        let metric = ColorMetric { luma: 2.0, chroma: 0.5 };
        for residual in [[0.3, -0.2, -0.1], [0.5, 0.5, 0.5], [0.9, -0.1, 0.4]] {
            let grey = residual.iter().sum::<f32>() / 3.0;
            let rest: f32 = residual.iter().map(|r| (r - grey).powi(2)).sum();
            let expected = 2.0 * 3.0 * grey * grey + 0.5 * rest;
            let (weighed, form) = weighed(metric, residual);
            assert!((form - expected).abs() < 1e-6, "{form}, not {expected}");
            let product: f32 = weighed.iter().zip(residual).map(|(w, r)| w * r).sum();
            assert!((product - form).abs() < 1e-6);
        }
        let (_, grey) = weighed(metric, [0.5]);
        assert!((grey - 0.5).abs() < 1e-7, "a grey picture has the grey part only: {grey}");
    }
}
