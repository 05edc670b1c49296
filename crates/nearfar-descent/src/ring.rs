//! The last few rows of a stream of rows.

/// Holds the last `capacity` rows of a stream, addressed by their number in the stream.
#[derive(Debug)]
pub(crate) struct Ring {
    samples: Vec<f32>,
    width: usize,
}

impl Ring {
    pub(crate) fn new(capacity: usize, width: usize) -> Self {
        Self { samples: vec![0.0; capacity * width], width }
    }

    fn start(&self, y: usize) -> usize {
        y * self.width % self.samples.len()
    }

    pub(crate) fn row(&self, y: usize) -> &[f32] {
        &self.samples[self.start(y)..][..self.width]
    }

    pub(crate) fn row_mut(&mut self, y: usize) -> &mut [f32] {
        let start = self.start(y);
        &mut self.samples[start..][..self.width]
    }
}
