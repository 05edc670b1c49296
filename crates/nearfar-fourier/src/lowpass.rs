//! Low-pass filtering of planes in the frequency domain.

use std::fmt;

use nearfar_image::{Plane, PlaneMut, Size};
use nearfar_kernels::Execution;

use crate::{
    Border, ResponseCurve, Workspace,
    fft::{RealFft2, transpose},
    gains::{Gains, NEGLIGIBLE},
    order::Order,
};

/// A low-pass filter of planes of one size, by one forward and one inverse transform.
///
/// With [`Border::Mirror`] the plane is filtered in the discrete cosine transform, which an FFT of the same size gives
/// if the samples of each line are sorted first; there is no padding. Columns of the spectrum in which the response is
/// below `2^-26` throughout are neither computed nor stored.
#[derive(Clone)]
pub struct LowPass {
    fft: RealFft2,
    order: Order,
    gains: Gains,
    kept: usize,
}

impl LowPass {
    /// Plans a filter of planes of `size` pixels.
    #[must_use]
    pub fn new(size: Size, curve: &ResponseCurve, border: Border) -> Self {
        let fft = RealFft2::new(size);
        let width = size.width() as f64;
        let kept =
            |cycle: f64| (0..fft.columns()).take_while(|&k| curve.at(k as f64 * cycle) > NEGLIGIBLE).count().max(1);
        let (order, gains, kept) = match border {
            Border::Periodic => {
                let kept = kept(1.0 / width);
                (Order::Plain, Gains::fourier(size, curve, kept), kept)
            }
            Border::Mirror => {
                let kept = kept(0.5 / width);
                (Order::Folded, Gains::cosine(size, curve, kept), kept)
            }
        };
        Self { fft, order, gains, kept }
    }

    /// The size of the planes, in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.fft.size()
    }

    /// Filters a plane.
    ///
    /// # Panics
    ///
    /// If a plane has not the planned size.
    pub fn apply(&self, execution: &Execution, from: Plane<'_>, to: PlaneMut<'_>, workspace: &mut Workspace) {
        assert_eq!(from.size(), self.size(), "the plane to read has the planned size");
        let load = |y, row: &mut [f32], _: &mut [f32]| row.copy_from_slice(from.row(y));
        self.run(execution, load, to, |_, row, _, out| out.copy_from_slice(row), workspace);
    }

    /// Filters the plane whose rows `load` writes, given their number and a second row as scratch. `store` takes the
    /// number of each row, the filtered row, scratch, and the row of `to` it belongs to.
    pub(crate) fn run(
        &self,
        execution: &Execution,
        load: impl Fn(usize, &mut [f32], &mut [f32]) + Sync,
        to: PlaneMut<'_>,
        store: impl Fn(usize, &[f32], &mut [f32], &mut [f32]) + Sync,
        workspace: &mut Workspace,
    ) {
        assert_eq!(to.as_plane().size(), self.size(), "the plane to write has the planned size");
        let height = self.size().height();
        let (rows, columns) = workspace.sized(self.kept * height);
        self.fft.forward_rows(execution, self.order, load, rows);
        self.fft.transform_columns(
            execution,
            columns,
            |first, block| transpose(rows, self.kept, first, block, height),
            |kx, column, scratch| {
                self.fft.forward_column(column, scratch);
                self.gains.apply(kx, column);
                self.fft.inverse_column(column, scratch);
            },
        );
        self.fft.inverse_rows(execution, self.order, columns, to, store);
    }
}

/// The size and how much of the spectrum there is to do.
impl fmt::Debug for LowPass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LowPass({}, {} of {} columns)", self.size(), self.kept, self.fft.columns())
    }
}
