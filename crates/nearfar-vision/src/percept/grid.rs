//! Blurred pictures on grids as coarse as the blur allows.

use nearfar_image::Size;
use nearfar_kernels::{Band, Border, Execution, Gaussian, SeparableBlur, rows::transpose};

use crate::{blur::Blur, field::Field};

/// Equal cells that tile a picture: its pixels, or cells about two times, four times, ... as wide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    picture: Size,
    cells: Size,
    halvings: u32,
}

impl Grid {
    /// The pixels themselves.
    pub(super) fn pixels(picture: Size) -> Self {
        Self { picture, cells: picture, halvings: 0 }
    }

    /// The coarsest grid, no finer than this one, whose cells are at most `spacing` pixels wide. A picture that is only
    /// a few pixels wide ends up one cell wide.
    pub(super) fn at_most(self, spacing: f64) -> Self {
        let longer = self.picture.width().max(self.picture.height());
        let halvings =
            spacing.log2().clamp(f64::from(self.halvings), f64::from(longer.ilog2().max(self.halvings))) as u32;
        let count = |n: usize| n.div_ceil(1 << halvings);
        let cells = Size::new(count(self.picture.width()), count(self.picture.height()));
        Self { picture: self.picture, cells: cells.expect("a part of a size is a size"), halvings }
    }

    /// Number of cells.
    pub(super) fn size(&self) -> Size {
        self.cells
    }

    /// Width of a cell in pixels; exact if the cells tile a power of two of pixels, otherwise slightly less.
    pub(super) fn spacing(&self) -> f64 {
        f64::from(self.halvings).exp2()
    }

    /// Width and height of a cell in pixels.
    fn steps(&self) -> [f64; 2] {
        let step = |pixels: usize, cells: usize| pixels as f64 / cells as f64;
        [step(self.picture.width(), self.cells.width()), step(self.picture.height(), self.cells.height())]
    }

    /// Position in the picture of a cell's centre, x and y; pixel centres are integers.
    pub(super) fn middle(&self, cell: [usize; 2]) -> [f64; 2] {
        let steps = self.steps();
        [0, 1].map(|axis| (cell[axis] as f64 + 0.5) * steps[axis] - 0.5)
    }
}

/// A plan for blurring a plane on one grid and sampling the result on another, at the centres of its cells, which need
/// not coincide. The border mirrors. From a grid to itself it is its own adjoint.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum BlurOnto {
    Itself(Blur),
    Coarser { rows: Band, columns: Band },
}

impl BlurOnto {
    /// A Gaussian of `sigma` pixels (of the picture, not cells), truncated at 4 sigma. If the target is coarser, sigma
    /// must be at least the width of the source's cells.
    pub(super) fn new(source: &Grid, target: &Grid, sigma: f64) -> Self {
        let gaussians = source.steps().map(|step| {
            let narrow = source.halvings > 0 && source == target;
            let cells = if narrow { unsampled(sigma / step) } else { sigma / step };
            Gaussian::new(cells).expect("a sigma of a view, a face or a picture")
        });
        if source == target {
            let [across, down] = gaussians.map(|gaussian| gaussian.taps());
            let blur = SeparableBlur::with_axes(source.cells, [&across, &down], Border::Mirror);
            return Self::Itself(Blur::Narrow(blur));
        }
        let band = |from: usize, to: usize, gaussian: &Gaussian| Band::sampled(from, to, gaussian, Border::Mirror);
        Self::Coarser {
            rows: band(source.cells.width(), target.cells.width(), &gaussians[0]),
            columns: band(source.cells.height(), target.cells.height(), &gaussians[1]),
        }
    }

    /// The blurred plane.
    pub(super) fn apply(&self, execution: &Execution, source: &Field) -> Field {
        let (rows, columns) = match self {
            Self::Itself(blur) => return source.blurred(execution, blur),
            Self::Coarser { rows, columns } => (rows, columns),
        };
        let filtered = |band: &Band, source: &Field| {
            let size = Size::new(source.size().width(), band.outputs()).expect("between the two grids' sizes");
            let mut target = Field::new(size);
            band.apply(execution, source.plane(), target.plane_mut());
            target
        };
        let transposed = |source: &Field| {
            let size = Size::new(source.size().height(), source.size().width()).expect("as large as the source");
            let mut target = Field::new(size);
            transpose(execution, source.plane(), target.plane_mut());
            target
        };
        let upright = transposed(&filtered(columns, source));
        transposed(&filtered(rows, &upright))
    }
}

/// The sigma, in cells, of the Gaussian whose samples have a variance of `sigma^2`. Samples of a narrow Gaussian have
/// too small a variance: where all but the centre and its neighbours vanish, it is `2 q / (1 + 2 q)` with
/// `q = exp(-1 / (2 sigma^2))`.
fn unsampled(sigma: f64) -> f64 {
    const NARROW: f64 = 0.5;
    if sigma > NARROW { sigma } else { (-2.0 * (0.5 / (sigma.powi(-2) - 1.0)).ln()).sqrt().recip() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_gaussians_have_their_variance_on_the_grid() {
        for sigma in [0.05, 0.2, 0.4, 0.5] {
            let found = Gaussian::new(unsampled(sigma)).expect("a sigma").taps().variance();
            assert!((found / (sigma * sigma) - 1.0).abs() < 0.02, "sigma {sigma}: {found}");
        }
    }

    #[test]
    fn cells_tile_the_picture() {
        let pixels = Grid::pixels(Size::new(37, 3).expect("not empty"));
        assert_eq!(pixels.at_most(0.3), pixels);
        let coarse = pixels.at_most(5.0);
        assert_eq!((coarse.size().width(), coarse.size().height()), (10, 1));
        // The first and the last centre are equally far from the edges.
        let [first, last] = [coarse.middle([0, 0]), coarse.middle([9, 0])];
        assert!((first[0] + last[0] - 36.0).abs() < 1e-12 && (first[1] - 1.0).abs() < 1e-12);
        // A grid never becomes finer again, and the coarsest has a cell or two.
        assert_eq!(coarse.at_most(1.0), coarse);
        assert_eq!(pixels.at_most(1e9).size().area(), 2);
    }
}
