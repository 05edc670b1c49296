//! How much a difference of colour counts.

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
    /// The symmetric matrix `M` of the form `rᵀ M r`.
    pub(crate) fn matrix<const C: usize>(self) -> [[f32; C]; C] {
        let grey = self.luma / C as f64;
        std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let identity = if i == j { 1.0 } else { 0.0 };
                (grey + self.chroma * (identity - 1.0 / C as f64)) as f32
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ColorMetric;

    #[test]
    fn equal_weights_are_the_identity() {
        let matrix = ColorMetric::default().matrix::<3>();
        for (i, row) in matrix.iter().enumerate() {
            for (j, &v) in row.iter().enumerate() {
                assert!((v - if i == j { 1.0 } else { 0.0 }).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn luma_alone_sees_no_colour() {
        let matrix = ColorMetric { luma: 1.0, chroma: 0.0 }.matrix::<3>();
        let form =
            |r: [f32; 3]| -> f32 { (0..3).map(|i| r[i] * (0..3).map(|j| matrix[i][j] * r[j]).sum::<f32>()).sum() };
        assert!(form([0.3, -0.2, -0.1]).abs() < 1e-7);
        assert!((form([0.5, 0.5, 0.5]) - 0.75).abs() < 1e-6);
    }
}
