//! One plane of any quantity, and loops over its rows.

use nearfar_image::{Plane, PlaneMut, Size};
use nearfar_kernels::{Execution, halve};

use crate::blur::Blur;

/// One owned plane: lightness, a band, a local mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    size: Size,
    samples: Vec<f32>,
}

impl Field {
    /// A plane of zeros.
    pub(crate) fn new(size: Size) -> Self {
        Self { size, samples: vec![0.0; size.area()] }
    }

    /// A plane filled row by row: `row(y, target)` writes row `y`.
    pub(crate) fn from_rows(execution: &Execution, size: Size, row: impl Fn(usize, &mut [f32]) + Sync) -> Self {
        Self::new(size).map_rows(execution, row)
    }

    /// The plane after `row(y, samples)` has changed every row.
    pub(crate) fn map_rows(mut self, execution: &Execution, row: impl Fn(usize, &mut [f32]) + Sync) -> Self {
        let size = self.size;
        let strips = self.plane_mut().into_strips(execution.rows_per_strip(size.height())).collect();
        execution.for_each(strips, |(first, strip): (usize, &mut [f32])| {
            for (y, samples) in strip.chunks_exact_mut(size.width()).enumerate() {
                row(first + y, samples);
            }
        });
        self
    }

    /// A plane computed pixel by pixel from two others of its size.
    pub(crate) fn zip(execution: &Execution, a: &Self, b: &Self, f: impl Fn(f32, f32) -> f32 + Sync) -> Self {
        Self::from_rows(execution, a.size, |y, target| {
            for ((target, &a), &b) in target.iter_mut().zip(a.row(y)).zip(b.row(y)) {
                *target = f(a, b);
            }
        })
    }

    /// The blurred plane.
    pub(crate) fn blurred(&self, execution: &Execution, blur: &Blur) -> Self {
        let mut target = Self::new(self.size);
        blur.apply(execution, self.plane(), target.plane_mut());
        target
    }

    /// The plane at half the resolution: means of 2x2 pixels, with an odd last row or column counted twice.
    pub(crate) fn halved(&self, execution: &Execution) -> Self {
        let mut half = Self::new(self.size.halved());
        halve(self.plane(), half.plane_mut(), execution);
        half
    }

    pub(crate) fn size(&self) -> Size {
        self.size
    }

    pub(crate) fn row(&self, y: usize) -> &[f32] {
        self.plane().row(y)
    }

    pub(crate) fn plane(&self) -> Plane<'_> {
        Plane::new(self.size, &self.samples)
    }

    pub(crate) fn samples_mut(&mut self) -> &mut [f32] {
        &mut self.samples
    }

    pub(crate) fn plane_mut(&mut self) -> PlaneMut<'_> {
        PlaneMut::new(self.size, &mut self.samples)
    }

    /// Root mean square.
    pub(crate) fn rms(&self, execution: &Execution) -> f64 {
        let [sum] = sum_rows(execution, self.size, |y| [self.row(y).iter().map(|&v| square(v)).sum()]);
        (sum / self.size.area() as f64).sqrt()
    }
}

/// The sum over all rows of what `row` returns for each: in double precision and from top to bottom, so that it is the
/// same for any number of threads.
pub(crate) fn sum_rows<const N: usize>(
    execution: &Execution,
    size: Size,
    row: impl Fn(usize) -> [f64; N] + Sync,
) -> [f64; N] {
    let mut rows = vec![[0.0; N]; size.height()];
    let strips = rows.chunks_mut(execution.rows_per_strip(size.height())).enumerate();
    let strips = strips.map(|(i, strip)| (i * execution.rows_per_strip(size.height()), strip)).collect();
    execution.for_each(strips, |(first, strip): (usize, &mut [[f64; N]])| {
        for (y, sums) in strip.iter_mut().enumerate() {
            *sums = row(first + y);
        }
    });
    rows.into_iter().fold([0.0; N], |total, sums| std::array::from_fn(|i| total[i] + sums[i]))
}

/// The square in double precision.
pub(crate) fn square(value: f32) -> f64 {
    f64::from(value) * f64::from(value)
}
