//! Wide Gaussian blurs at full resolution, at a cost that does not grow with sigma.

use nearfar_image::{Channels, Encoded, Image, Plane, PlaneMut, Size};

use crate::{Band, Border, Execution, Gaussian, GridBlur, KernelError, rows::transpose};

/// A plan for blurring planes of one size by a wide Gaussian: down to a coarse grid by a Gaussian of `sigma / sqrt(2)`,
/// and back up by its transpose, a Gaussian of the same width. Like [`SeparableBlur`](crate::SeparableBlur) it is its
/// own adjoint.
///
/// For mirrored borders, light in `[0, 1]` and sigma from 2 on, it is within 5e-5 of the Gaussian truncated at 6 sigma.
#[derive(Clone, Debug, PartialEq)]
pub struct WideBlur {
    grid: GridBlur,
}

/// Truncation of both Gaussians, in their sigmas: the steps there are 2e-6 of the whole.
const TRUNCATION: f64 = 5.0;

/// Grid samples per sigma of either Gaussian: frequencies that alias on the grid are attenuated to at most exp(-(1.1
/// pi)^2), 7e-6.
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

    /// `target = G source`. Allocates a few planes that are as coarse as the grid along one axis.
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
        self.grid.columns_adjoint().apply(execution, plane(&low, width), target);
    }
}

/// A grey picture blurred by a Gaussian of `sigma` pixels, with a mirrored border.
///
/// # Panics
///
/// If `sigma` is not finite and above 0.
#[must_use]
pub fn blurred(grey: &Image<Encoded>, sigma: f64, execution: &Execution) -> Image<Encoded> {
    // A picture of a few pixels may be smaller than its own blur: any wider blur gives the mean.
    let most = 4.0 * grey.size().width().max(grey.size().height()) as f64;
    let blur = WideBlur::new(grey.size(), sigma.min(most), Border::Mirror).expect("sigma is finite and above 0");
    let mut blurred = Image::filled(grey.size(), Channels::Grey, 0.0);
    blur.apply(execution, grey.plane(0), blurred.plane_mut(0));
    blurred
}

/// A plane with rows of `width` samples.
fn plane(samples: &[f32], width: usize) -> Plane<'_> {
    let size = Size::new(width, samples.len() / width).expect("no larger than the blur's own planes");
    Plane::new(size, samples)
}

/// `band` applied down the columns of `source`, whose rows are `width` samples long.
fn filtered(execution: &Execution, band: &Band, source: &[f32], width: usize) -> Vec<f32> {
    let mut target = vec![0.0; band.outputs() * width];
    let size = Size::new(width, band.outputs()).expect("no larger than the blur's own planes");
    band.apply(execution, plane(source, width), PlaneMut::new(size, &mut target));
    target
}

/// The transpose of `source`, whose rows are `width` samples long.
fn transposed(execution: &Execution, source: &[f32], width: usize) -> Vec<f32> {
    let mut target = vec![0.0; source.len()];
    let size = Size::new(source.len() / width, width).expect("no larger than the blur's own planes");
    transpose(execution, plane(source, width), PlaneMut::new(size, &mut target));
    target
}
