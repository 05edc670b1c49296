//! The weights of the network, as `models/weights.py` takes them out of the published model.

/// Numbers in half precision one after another: first the lower bytes of all, then the upper ones.
pub(super) struct Weights<'a> {
    bytes: [&'a [u8]; 2],
}

/// The weights and biases of one convolution, in the order `[outputs, inputs, rows, columns]`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Convolution {
    pub(super) weights: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

impl<'a> Weights<'a> {
    /// Nothing if the bytes are not a whole number of numbers.
    pub(super) fn new(file: &'a [u8]) -> Option<Self> {
        let (low, high) = file.split_at(file.len() / 2);
        (low.len() == high.len()).then_some(Self { bytes: [low, high] })
    }

    /// Whether all have been taken.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes[0].is_empty()
    }

    /// The next convolution, of `inputs` weights for each output; nothing if there are not that many left.
    pub(super) fn convolution(&mut self, outputs: usize, inputs: usize) -> Option<Convolution> {
        Some(Convolution { weights: self.take(outputs * inputs)?, biases: self.take(outputs)? })
    }

    fn take(&mut self, count: usize) -> Option<Vec<f32>> {
        let [low, high] = self.bytes;
        let ((low, low_rest), (high, high_rest)) = (low.split_at_checked(count)?, high.split_at_checked(count)?);
        self.bytes = [low_rest, high_rest];
        Some(low.iter().zip(high).map(|(&low, &high)| half(u16::from_le_bytes([low, high]))).collect())
    }
}

/// A finite number in the half precision of IEEE 754.
fn half(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023));
    let size = if exponent == 0 { fraction } else { fraction + 1024.0 };
    // Both factors are exact.
    let magnitude = size * 2f32.powi(exponent.max(1) - 25);
    if bits >> 15 == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_read_exactly() {
        let cases = [
            (0x0000, 0.0),
            (0x0001, 2f32.powi(-24)),
            (0x03ff, 1023.0 * 2f32.powi(-24)),
            (0x0400, 2f32.powi(-14)),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
        ];
        for (bits, value) in cases {
            assert_eq!(half(bits).to_bits(), f32::to_bits(value), "{bits:#x}");
        }
        assert_eq!(half(0x8000).to_bits(), (-0.0f32).to_bits());
    }
}
