//! A two-dimensional FFT of real planes.

use std::{fmt, sync::Arc};

use nearfar_image::{PlaneMut, Size};
use nearfar_kernels::Execution;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::{Fft, FftPlanner};

use crate::order::Order;

use rustfft::num_complex::Complex32;

/// Rows that one thread transforms at a time: in folded order they lie in two runs of 8 in each column, and 8 complex
/// numbers fill a cache line.
const ROW_BATCH: usize = 16;
/// Columns that one thread transforms at a time: 8 complex numbers of a row fill a cache line.
const COLUMN_BATCH: usize = 8;

/// The FFT of real planes of one size, planned once: any size, odd and prime too. Only columns up to half the width are
/// computed, as the others are their conjugates.
#[derive(Clone)]
pub(crate) struct RealFft2 {
    size: Size,
    row_forward: Arc<dyn RealToComplex<f32>>,
    row_inverse: Arc<dyn ComplexToReal<f32>>,
    column_forward: Arc<dyn Fft<f32>>,
    column_inverse: Arc<dyn Fft<f32>>,
}

/// Memory that transforms work in; grows to what is needed and can be used again for any plan.
///
/// What it holds between calls is of no use to anybody.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Spectra of rows, row after row.
    rows: Vec<Complex32>,
    /// The two-dimensional spectrum, column after column.
    columns: Vec<Complex32>,
}

impl Workspace {
    /// An empty workspace.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The first `len` numbers of both buffers, which grow if they must.
    pub(crate) fn sized(&mut self, len: usize) -> (&mut [Complex32], &mut [Complex32]) {
        for buffer in [&mut self.rows, &mut self.columns] {
            if buffer.len() < len {
                buffer.resize(len, Complex32::default());
            }
        }
        (&mut self.rows[..len], &mut self.columns[..len])
    }
}

impl RealFft2 {
    /// Plans the transforms of planes of `size`.
    #[must_use]
    pub(crate) fn new(size: Size) -> Self {
        let mut rows = RealFftPlanner::new();
        let mut columns = FftPlanner::new();
        Self {
            size,
            row_forward: rows.plan_fft_forward(size.width()),
            row_inverse: rows.plan_fft_inverse(size.width()),
            column_forward: columns.plan_fft_forward(size.height()),
            column_inverse: columns.plan_fft_inverse(size.height()),
        }
    }

    /// The size of the planes, in pixels.
    #[must_use]
    pub(crate) fn size(&self) -> Size {
        self.size
    }

    /// Number of columns of a spectrum: `width / 2 + 1`.
    #[must_use]
    pub(crate) fn columns(&self) -> usize {
        self.size.width() / 2 + 1
    }

    /// Transforms the rows that `load` writes, given their number and a second row as scratch. Each of the `height`
    /// rows of `rows` takes the first numbers of a row's spectrum, as many as it has room for.
    pub(crate) fn forward_rows(
        &self,
        execution: &Execution,
        order: Order,
        load: impl Fn(usize, &mut [f32], &mut [f32]) + Sync,
        rows: &mut [Complex32],
    ) {
        let kept = rows.len() / self.size.height();
        let batches = rows.chunks_mut(ROW_BATCH * kept).enumerate().collect();
        execution.for_each(batches, |(batch, spectra)| {
            let mut samples = vec![0.0; self.size.width()];
            let mut line = self.row_forward.make_input_vec();
            let mut spectrum = self.row_forward.make_output_vec();
            let mut scratch = self.row_forward.make_scratch_vec();
            for (i, row) in spectra.chunks_exact_mut(kept).enumerate() {
                load(order.sample_at(batch * ROW_BATCH + i, self.size.height()), &mut samples, &mut line);
                order.arrange(&samples, &mut line);
                self.row_forward
                    .process_with_scratch(&mut line, &mut spectrum, &mut scratch)
                    .expect("every buffer was made by the plan");
                row.copy_from_slice(&spectrum[..kept]);
            }
        });
    }

    /// Works on columns, which lie one after the other. `fill` writes a block of columns, given the number of the
    /// first; `work` then takes each column with its number and scratch for [`Self::forward_column`].
    pub(crate) fn transform_columns(
        &self,
        execution: &Execution,
        columns: &mut [Complex32],
        fill: impl Fn(usize, &mut [Complex32]) + Sync,
        work: impl Fn(usize, &mut [Complex32], &mut [Complex32]) + Sync,
    ) {
        let height = self.size.height();
        let scratch_len =
            self.column_forward.get_inplace_scratch_len().max(self.column_inverse.get_inplace_scratch_len());
        let blocks = columns.chunks_mut(COLUMN_BATCH * height).enumerate().collect();
        execution.for_each(blocks, |(block, columns)| {
            let mut scratch = vec![Complex32::default(); scratch_len];
            let first = block * COLUMN_BATCH;
            fill(first, columns);
            for (i, column) in columns.chunks_exact_mut(height).enumerate() {
                work(first + i, column, &mut scratch);
            }
        });
    }

    /// Transforms one column in place.
    pub(crate) fn forward_column(&self, column: &mut [Complex32], scratch: &mut [Complex32]) {
        self.column_forward.process_with_scratch(column, scratch);
    }

    /// Undoes [`Self::forward_column`], but for a factor of `height`.
    pub(crate) fn inverse_column(&self, column: &mut [Complex32], scratch: &mut [Complex32]) {
        self.column_inverse.process_with_scratch(column, scratch);
    }

    /// Transforms rows back from the first columns of a spectrum; columns that are not given count as zero. `store`
    /// takes the number of each row, its samples, a second row as scratch, and the row of `out` they belong to.
    pub(crate) fn inverse_rows(
        &self,
        execution: &Execution,
        order: Order,
        columns: &[Complex32],
        out: PlaneMut<'_>,
        store: impl Fn(usize, &[f32], &mut [f32], &mut [f32]) + Sync,
    ) {
        let (width, height) = (self.size.width(), self.size.height());
        let bins = self.columns();
        let scale = 1.0 / self.size.area() as f32;
        execution.for_each(out.into_strips(ROW_BATCH).collect(), |(first, strip)| {
            let mut samples = vec![0.0; width];
            let mut line = self.row_inverse.make_output_vec();
            let mut scratch = self.row_inverse.make_scratch_vec();
            let places: Vec<usize> = (0..strip.len() / width).map(|i| order.place_of(first + i, height)).collect();
            let mut spectra = vec![Complex32::default(); places.len() * bins];
            for (kx, column) in columns.chunks_exact(height).enumerate() {
                for (i, &place) in places.iter().enumerate() {
                    spectra[i * bins + kx] = column[place] * scale;
                }
            }
            for (i, (spectrum, row)) in spectra.chunks_exact_mut(bins).zip(strip.chunks_exact_mut(width)).enumerate() {
                // Rounding leaves a little where a real line has nothing; the inverse insists on exact zeros.
                spectrum[0].im = 0.0;
                if width.is_multiple_of(2) {
                    spectrum[bins - 1].im = 0.0;
                }
                self.row_inverse
                    .process_with_scratch(spectrum, &mut line, &mut scratch)
                    .expect("every buffer was made by the plan, and the imaginary parts are zero");
                order.restore(&line, &mut samples);
                store(first + i, &samples, &mut line, row);
            }
        });
    }
}

/// Copies columns `first..` of `rows`, which holds `kept` numbers for each of `height` rows, one after the other into
/// `block`.
pub(crate) fn transpose(rows: &[Complex32], kept: usize, first: usize, block: &mut [Complex32], height: usize) {
    let count = block.len() / height;
    for (y, row) in rows.chunks_exact(kept).enumerate() {
        for (i, &value) in row[first..first + count].iter().enumerate() {
            block[i * height + y] = value;
        }
    }
}

/// The size; what the planner chose is its own affair.
impl fmt::Debug for RealFft2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RealFft2({})", self.size)
    }
}
