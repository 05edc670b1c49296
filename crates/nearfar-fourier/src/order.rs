//! The order of samples in which a plain FFT gives a cosine transform.

/// The order in which the samples of a line go through an FFT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// As they are.
    Plain,
    /// Even samples forwards, then odd ones backwards (`0 2 4 5 3 1`). The FFT of a line in this order holds its cosine
    /// transform of type II, which continues the line by half-sample mirroring (Makhoul 1980).
    Folded,
}

impl Order {
    /// The place of sample `i` among `n`.
    pub(crate) fn place_of(self, i: usize, n: usize) -> usize {
        match self {
            Self::Plain => i,
            Self::Folded if i.is_multiple_of(2) => i / 2,
            Self::Folded => n - i.div_ceil(2),
        }
    }

    /// The sample at place `p` among `n`.
    pub(crate) fn sample_at(self, p: usize, n: usize) -> usize {
        match self {
            Self::Plain => p,
            Self::Folded if 2 * p < n => 2 * p,
            Self::Folded => 2 * (n - p) - 1,
        }
    }

    /// Puts samples into this order.
    pub(crate) fn arrange(self, samples: &[f32], line: &mut [f32]) {
        match self {
            Self::Plain => line.copy_from_slice(samples),
            Self::Folded => {
                let (evens, odds) = line.split_at_mut(samples.len().div_ceil(2));
                evens.iter_mut().zip(samples.iter().step_by(2)).for_each(|(to, &v)| *to = v);
                odds.iter_mut().rev().zip(samples.iter().skip(1).step_by(2)).for_each(|(to, &v)| *to = v);
            }
        }
    }

    /// Undoes [`Self::arrange`].
    pub(crate) fn restore(self, line: &[f32], samples: &mut [f32]) {
        match self {
            Self::Plain => samples.copy_from_slice(line),
            Self::Folded => {
                let (evens, odds) = line.split_at(samples.len().div_ceil(2));
                samples.iter_mut().step_by(2).zip(evens).for_each(|(to, &v)| *to = v);
                samples.iter_mut().skip(1).step_by(2).zip(odds.iter().rev()).for_each(|(to, &v)| *to = v);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn order_folds_and_unfolds_every_length() {
        for n in 1..20usize {
            let samples: Vec<f32> = (0..n as u16).map(f32::from).collect();
            let (mut line, mut back) = (vec![0.0; n], vec![0.0; n]);
            for order in [Order::Plain, Order::Folded] {
                order.arrange(&samples, &mut line);
                order.restore(&line, &mut back);
                assert_eq!(back, samples);
                for (place, &value) in line.iter().enumerate() {
                    assert_eq!(order.sample_at(place, n), value as usize);
                    assert_eq!(order.place_of(value as usize, n), place);
                }
            }
        }
        let mut line = [0.0; 6];
        Order::Folded.arrange(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], &mut line);
        assert_eq!(line.map(|v| v as u8), [0, 2, 4, 5, 3, 1]);
    }
}
