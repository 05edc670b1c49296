//! Views: what a term sees of a picture, and the adjoint path back to the pixels.

pub(crate) mod afar;
pub(crate) mod afar_full;
pub(crate) mod afar_grid;
pub(crate) mod differences;
pub(crate) mod pixels;
mod ring;

use std::{fmt, ops::Range, sync::Arc};

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{Execution, axes::add_scaled};

use afar_grid::GridWorkspace;

/// The part of a picture that a term compares with its target.
pub(crate) trait View<'a>: fmt::Debug + Send + Sync {
    /// Number of partial losses of one evaluation: one per row of the picture, or per column of a grid.
    fn partial_losses(&self) -> usize;

    /// Estimate of the largest curvature of half the view's squared differences with respect to any pixel, for transfer
    /// functions of slope 1.
    fn stiffness(&self) -> f64;

    /// Sets the weight of each pixel: a grey picture of the view's size.
    fn set_mask(&mut self, mask: Image<Encoded>);

    /// The grid on which the view compares before rows are swept, if any.
    fn grid(&self, _execution: &Execution) -> Option<GridWorkspace> {
        None
    }

    /// Compares on the grid: writes the slopes there, for penalties of slope `2 weight`, and the partial losses.
    fn evaluate_grid(
        &self,
        _grid: &mut GridWorkspace,
        _weight: f64,
        _picture: &Image<Encoded>,
        _execution: &Execution,
        _losses: &mut [f64],
    ) {
    }

    /// A sweep over strips of rows, with its line buffers, for penalties of slope `2 weight`.
    fn sweep(self: Arc<Self>, weight: f64) -> Box<dyn Sweep + 'a>;
}

/// A view at work on one strip of rows after the other.
pub(crate) trait Sweep: Send {
    /// Prepares for the rows `strip`, which start with a whole group.
    fn begin(&mut self, at: &At<'_>, strip: Range<usize>);

    /// Adds to the gradient of the rows from `y` on, at most a group, given per channel as consecutive rows. Groups
    /// come in order, from the strip's first. Writes partial losses of the strip's rows as they become known;
    /// `losses[0]` is that of the strip's first row.
    fn add_group(&mut self, at: &At<'_>, y: usize, gradient: &mut [&mut [f32]], losses: &mut [f64]);
}

/// The picture being evaluated, and the means.
pub(crate) struct At<'a> {
    pub(crate) picture: &'a Image<Encoded>,
    pub(crate) execution: &'a Execution,
    pub(crate) grid: Option<&'a GridWorkspace>,
}

impl At<'_> {
    /// `target = sum of weights[c] * row y of channel c`: one colour axis of a row.
    fn project(&self, weights: &[f32], y: usize, target: &mut [f32]) {
        target.fill(0.0);
        for (&weight, plane) in weights.iter().zip(self.picture.planes()) {
            add_scaled(self.execution.level(), weight, plane.row(y), target);
        }
    }

    /// The adjoint of [`Self::project`]: adds a row of slopes along one axis to row `row` of a group of the gradient.
    fn back_project(&self, weights: &[f32], slopes: &[f32], row: usize, gradient: &mut [&mut [f32]]) {
        let width = slopes.len();
        for (&weight, gradient) in weights.iter().zip(gradient) {
            add_scaled(self.execution.level(), weight, slopes, &mut gradient[row * width..][..width]);
        }
    }
}
