//! Wide blurs, on grids no finer than they need.

use nearfar_image::Size;

use crate::{Band, Border, Gaussian};

/// A plan for blurring pictures of one size by a wide Gaussian and sampling the result on a coarse grid: what is blurred
/// holds nothing finer. The Gaussian is sampled at its true distances, so the samples are those of the exact blur, and
/// the cost does not grow with sigma.
///
/// The picture is cut into equal cells, [`Self::cell_area`] pixels each, and sampled in their middles. With mirrored
/// borders the mean of any smooth function of the samples is then as good as the mean over all pixels.
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
    /// A plan that samples `samples_per_sigma` times in each sigma, but never more than once in a pixel.
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

    /// Number of samples that come out.
    #[must_use]
    pub fn grid(&self) -> Size {
        self.grid
    }

    /// Pixels that each sample stands for.
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
