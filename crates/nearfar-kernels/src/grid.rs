//! Wide blurs, on grids no finer than needed.

use nearfar_image::Size;

use crate::{Band, Border, Gaussian};

/// A plan for blurring pictures of one size by a wide Gaussian and sampling the result on a coarse grid, which suffices
/// for a blurred picture. The Gaussian is evaluated at true distances, so the samples are those of the exact blur, and
/// the cost does not grow with sigma.
///
/// The picture is divided into equal cells of [`Self::cell_area`] pixels, sampled at their centres. With mirrored
/// borders the mean of any smooth function of the samples is as good as its mean over all pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct GridBlur {
    size: Size,
    grid: Size,
    columns: Band,
    rows: Band,
    columns_adjoint: Band,
    rows_adjoint: Band,
}

impl GridBlur {
    /// A plan with `samples_per_sigma` samples per sigma, but never more than one per pixel.
    #[must_use]
    pub fn new(size: Size, gaussian: &Gaussian, samples_per_sigma: f64, border: Border) -> Self {
        let count = |n: usize| {
            let count = n as f64 * samples_per_sigma / gaussian.sigma();
            (count.ceil() as usize).clamp(1, n)
        };
        let (width, height) = (size.width(), size.height());
        let grid = Size::new(count(width), count(height)).expect("a part of a size is a size");
        let columns = Band::sampled(height, grid.height(), gaussian, border);
        let rows = Band::sampled(width, grid.width(), gaussian, border);
        let (columns_adjoint, rows_adjoint) = (columns.transposed(height), rows.transposed(width));
        Self { size, grid, columns, rows, columns_adjoint, rows_adjoint }
    }

    /// Size of the pictures that are blurred.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Size of the grid of samples.
    #[must_use]
    pub fn grid(&self) -> Size {
        self.grid
    }

    /// Pixels per sample.
    #[must_use]
    pub fn cell_area(&self) -> f64 {
        self.size.area() as f64 / self.grid.area() as f64
    }

    /// The filter down the columns: pixels in, samples out.
    #[must_use]
    pub fn columns(&self) -> &Band {
        &self.columns
    }

    /// The filter along the rows: pixels in, samples out.
    #[must_use]
    pub fn rows(&self) -> &Band {
        &self.rows
    }

    /// The transpose of [`Self::columns`].
    #[must_use]
    pub fn columns_adjoint(&self) -> &Band {
        &self.columns_adjoint
    }

    /// The transpose of [`Self::rows`].
    #[must_use]
    pub fn rows_adjoint(&self) -> &Band {
        &self.rows_adjoint
    }
}
