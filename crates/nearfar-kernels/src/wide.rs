//! Wide Gaussian blurs at full resolution, at a cost that does not grow with sigma.

use nearfar_image::{Plane, PlaneMut, Size};

use crate::{
    Band, Border, Execution, Gaussian, GridBlur, KernelError,
    rows::{self, GROUP, RowSpan},
};

/// A plan for blurring planes of one size by a wide Gaussian: down to a coarse grid by a Gaussian of `sigma / sqrt(2)`, and
/// back up by the transpose, which is another one of the same width. Like [`SeparableBlur`](crate::SeparableBlur) it is its
/// own adjoint.
///
/// For mirrored borders and light in `[0, 1]` it is within 5e-5 of the Gaussian cut at 6 sigma, from sigma 2 on.
#[derive(Clone, Debug, PartialEq)]
pub struct WideBlur {
    grid: GridBlur,
}

/// Where both Gaussians are cut, in their sigmas: the steps at the cut are 2e-6 of the whole.
const TRUNCATION: f64 = 5.0;

/// Samples in each of the two narrower sigmas: waves that the grid cannot tell apart come out at most exp(-(1.1 pi)^2),
/// 7e-6 of their strength.
const SAMPLES_PER_SIGMA: f64 = 1.1;

impl WideBlur {
    /// A plan for planes of `size` and a Gaussian of `sigma` pixels.
    ///
    /// # Errors
    ///
    /// [`KernelError::Sigma`] or [`KernelError::KernelSize`] if there is no such Gaussian.
    pub fn new(size: Size, sigma: f64, border: Border) -> Result<Self, KernelError> {
        let half = Gaussian::with_truncation(sigma * std::f64::consts::FRAC_1_SQRT_2, TRUNCATION)?;
        Ok(Self { grid: GridBlur::new(size, &half, SAMPLES_PER_SIGMA, border) })
    }

    /// Size of the planes that this plan blurs.
    #[must_use]
    pub fn size(&self) -> Size {
        self.grid.size()
    }

    /// `target = G source`. Allocates a few planes as coarse as the grid in one direction.
    ///
    /// # Panics
    ///
    /// If either plane is not of the plan's size.
    pub fn apply(&self, execution: &Execution, source: Plane<'_>, target: PlaneMut<'_>) {
        assert_eq!(source.size(), self.size(), "the source has the plan's size");
        assert_eq!(target.size(), self.size(), "the target has the plan's size");
        let (width, height) = (self.size().width(), self.grid.grid().height());
        let low = filtered(execution, self.grid.columns(), source.samples(), width);
        let upright = transposed(execution, &low, width);
        let samples = filtered(execution, self.grid.rows(), &upright, height);
        let upright = filtered(execution, self.grid.rows_adjoint(), &samples, height);
        let mut low = transposed(execution, &upright, height);
        let cell_area = self.grid.cell_area() as f32;
        low.iter_mut().for_each(|sample| *sample *= cell_area);
        let strips = target.into_strips(rows_per_strip(execution, self.size().height())).collect();
        filter(execution, self.grid.columns_adjoint(), &low, width, strips);
    }
}

/// Rows of a strip: whole groups.
fn rows_per_strip(execution: &Execution, height: usize) -> usize {
    execution.rows_per_strip(height).next_multiple_of(GROUP)
}

/// The rows that `band` makes of the rows of `source`, each `width` samples long.
fn filtered(execution: &Execution, band: &Band, source: &[f32], width: usize) -> Vec<f32> {
    let mut target = vec![0.0; band.outputs() * width];
    let rows = rows_per_strip(execution, band.outputs());
    let strips = target.chunks_mut(rows * width).enumerate().map(|(i, strip)| (i * rows, strip)).collect();
    filter(execution, band, source, width, strips);
    target
}

/// Writes the rows that `band` makes of the rows of `source` to strips of rows, each given with its first row.
fn filter(execution: &Execution, band: &Band, source: &[f32], width: usize, strips: Vec<(usize, &mut [f32])>) {
    execution.for_each(strips, |(first, strip)| {
        let mut spare = vec![0.0; GROUP * width];
        for (g, group) in strip.chunks_mut(GROUP * width).enumerate() {
            let (start, weights) = band.group(first / GROUP + g);
            let source = RowSpan::new([&source[start * width..], &[]], width);
            // The last group may have fewer rows than are computed.
            let mut targets = group.chunks_mut(width).chain(spare.chunks_mut(width));
            let targets = [(); GROUP].map(|()| targets.next().expect("a row or a spare one"));
            rows::combine(execution.level(), weights, source, targets);
        }
    });
}

/// Rows and columns exchanged; rows of `source` are `width` samples long.
fn transposed(execution: &Execution, source: &[f32], width: usize) -> Vec<f32> {
    let height = source.len() / width;
    let mut target = vec![0.0; source.len()];
    let columns = execution.rows_per_strip(width);
    let strips = target.chunks_mut(columns * height).enumerate().collect();
    execution.for_each(strips, |(i, strip): (usize, &mut [f32])| {
        for (x, column) in (i * columns..).zip(strip.chunks_exact_mut(height)) {
            for (sample, row) in column.iter_mut().zip(source.chunks_exact(width)) {
                *sample = row[x];
            }
        }
    });
    target
}
