//! The weights of the network, as `models/weights.py` takes them out of the published model.

/// Numbers one after another, each of which has its four bytes a quarter of the file apart.
pub(super) struct Weights<'a> {
    bytes: [&'a [u8]; 4],
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
        let (quarter, rest) = (file.len() / 4, file.len() % 4);
        (rest == 0).then(|| Self { bytes: std::array::from_fn(|k| &file[k * quarter..][..quarter]) })
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
        let mut taken: [&[u8]; 4] = [&[]; 4];
        for (taken, bytes) in taken.iter_mut().zip(&mut self.bytes) {
            (*taken, *bytes) = bytes.split_at_checked(count)?;
        }
        Some((0..count).map(|i| f32::from_le_bytes(taken.map(|bytes| bytes[i]))).collect())
    }
}
