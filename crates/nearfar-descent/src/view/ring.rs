//! A ring buffer of rows.

use nearfar_kernels::rows::RowSpan;

/// Holds the last `capacity` rows of a stream, addressed by their index in the stream.
#[derive(Debug)]
pub(crate) struct Ring {
    samples: Vec<f32>,
    width: usize,
    capacity: usize,
}

impl Ring {
    pub(crate) fn new(capacity: usize, width: usize) -> Self {
        Self { samples: vec![0.0; capacity * width], width, capacity }
    }

    fn start(&self, y: usize) -> usize {
        y % self.capacity * self.width
    }

    /// The rows from `y` on, as many as the ring holds.
    pub(crate) fn rows_from(&self, y: usize) -> RowSpan<'_> {
        let (tail, head) = self.samples.split_at(self.start(y));
        RowSpan::new([head, tail], self.width)
    }

    pub(crate) fn row_mut(&mut self, y: usize) -> &mut [f32] {
        let start = self.start(y);
        &mut self.samples[start..][..self.width]
    }
}
