//! Confidence intervals of mean differences.

/// A mean with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Interval {
    /// Mean of the differences.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Mean of paired differences, one per pair of pictures, with a 95 % confidence interval from 10 000 resamples: the
/// percentile bootstrap (Efron 1979). The same differences and seed give the same interval.
///
/// `None` if there are no differences or one is not finite. With fewer than about five the interval is too narrow.
#[must_use]
pub fn bootstrap_mean(differences: &[f64], seed: u64) -> Option<Interval> {
    const RESAMPLES: usize = 10_000;
    const TAIL: f64 = 0.025;
    if differences.is_empty() || differences.iter().any(|d| !d.is_finite()) {
        return None;
    }
    let n = differences.len();
    let mut random = SplitMix64(seed);
    let mean_of_resample = |_| (0..n).map(|_| differences[random.below(n)]).sum::<f64>() / n as f64;
    let mut means: Vec<_> = (0..RESAMPLES).map(mean_of_resample).collect();
    means.sort_by(f64::total_cmp);
    let quantile = |q: f64| means[(q * (RESAMPLES - 1) as f64).round() as usize];
    Some(Interval { mean: differences.iter().sum::<f64>() / n as f64, low: quantile(TAIL), high: quantile(1.0 - TAIL) })
}

/// Steele, Lea and Flood 2014: small, seeded, identical on all platforms.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n - 1`, from the upper half of a product.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_mix_gives_its_published_numbers() {
        let mut random = SplitMix64(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn interval_of_many_differences_is_the_normal_one() {
        // Uniform on [0, 1): the mean of 400 has a standard error of 1 / sqrt(12 * 400) = 0.01443.
        let mut random = SplitMix64(7);
        let differences: Vec<_> = (0..400).map(|_| random.next() as f64 / 2f64.powi(64)).collect();
        let found = bootstrap_mean(&differences, 1).expect("finite");
        assert!(((found.high - found.low) / (2.0 * 1.96 * 0.01443) - 1.0).abs() < 0.1, "{found:?}");
        assert!((0.5 * (found.low + found.high) - found.mean).abs() < 0.002, "{found:?}");
    }

    #[test]
    fn interval_is_deterministic_and_holds_the_mean() {
        let differences = [0.02, -0.01, 0.05, 0.03, 0.0, 0.01];
        let found = bootstrap_mean(&differences, 42).expect("finite");
        assert_eq!(Some(found), bootstrap_mean(&differences, 42));
        assert!(found.low <= found.mean && found.mean <= found.high);
        assert!(found.low >= -0.01 && found.high <= 0.05);
        let only = bootstrap_mean(&[0.25], 42).expect("finite");
        assert_eq!(only, Interval { mean: 0.25, low: 0.25, high: 0.25 });
    }

    #[test]
    fn interval_of_no_differences_is_none() {
        assert_eq!(bootstrap_mean(&[], 1), None);
        assert_eq!(bootstrap_mean(&[0.1, f64::NAN], 1), None);
    }
}
