//! Borders: how a picture continues outside itself.

/// What a filter sees outside the picture. With either choice a symmetric filter is its own adjoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Border {
    /// Zeros; the taps are not renormalised, so edges darken (TensorFlow's `SAME`).
    Zero,
    /// The picture mirrored at its outer edge (`c b a | a b c`), which preserves constants and the mean.
    #[default]
    Mirror,
}

impl Border {
    /// The sample that stands for position `i` of a line of `n` samples, if any does.
    #[must_use]
    pub fn source(self, i: isize, n: usize) -> Option<usize> {
        let length = n as isize;
        match self {
            _ if (0..length).contains(&i) => Some(i as usize),
            Self::Zero => None,
            Self::Mirror => {
                let folded = i.rem_euclid(2 * length);
                Some(folded.min(2 * length - 1 - folded) as usize)
            }
        }
    }

    /// Fills the padding of `line`, which holds its samples in the middle and `radius` places on either side.
    ///
    /// # Panics
    ///
    /// If `line` is not longer than `2 * radius`.
    pub fn pad(self, line: &mut [f32], radius: usize) {
        let n = line.len() - 2 * radius;
        assert!(n > 0, "a padded line holds at least one sample");
        for k in 1..=radius as isize {
            let before = self.source(-k, n).map_or(0.0, |i| line[radius + i]);
            let after = self.source(n as isize - 1 + k, n).map_or(0.0, |i| line[radius + i]);
            line[radius - k as usize] = before;
            line[radius + n - 1 + k as usize] = after;
        }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "samples are copied, not computed")]
mod tests {
    use super::Border;

    #[test]
    fn mirror_repeats_the_outer_sample_and_folds_more_than_once() {
        let seen: Vec<_> = (-5..6).map(|i| Border::Mirror.source(i, 2).unwrap()).collect();
        assert_eq!(seen, [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]);
        assert!((-9..9).all(|i| Border::Mirror.source(i, 1) == Some(0)));
    }

    #[test]
    fn zero_has_nothing_outside() {
        assert_eq!(Border::Zero.source(-1, 3), None);
        assert_eq!(Border::Zero.source(2, 3), Some(2));
        assert_eq!(Border::Zero.source(3, 3), None);
    }

    #[test]
    fn pad_writes_both_ends() {
        let mut line = [9.0, 9.0, 9.0, 1.0, 2.0, 9.0, 9.0, 9.0];
        Border::Mirror.pad(&mut line, 3);
        assert_eq!(line, [2.0, 2.0, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0]);
        Border::Zero.pad(&mut line, 3);
        assert_eq!(line, [0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 0.0, 0.0]);
    }
}
