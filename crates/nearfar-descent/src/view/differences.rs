//! The details view: differences between neighbouring pixels, along some colour axes.

use std::{ops::Range, sync::Arc};

use fearless_simd::{Level, Simd, SimdBase, dispatch};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::{axes::add_scaled, math::load_block, math::store_block, rows};

use super::{At, Sweep, View, pixels::Axis};
use crate::{EdgeStop, penalty::squares};

/// Differences to the right and down, compared with a target's. None crosses the edge of the picture.
///
/// A picture that differs from the target by a smooth change of tone costs little; amplified noise costs much.
#[derive(Debug)]
pub(crate) struct Differences<'a> {
    pub(crate) axes: Vec<Axis<'a>>,
    /// Where details may jump.
    pub(crate) edges: Option<EdgeStop>,
    /// The weight of the differences from each pixel, to the right and down.
    pub(crate) mask: Option<Image<Encoded>>,
    pub(crate) height: usize,
}

impl<'a> View<'a> for Differences<'a> {
    fn partial_losses(&self) -> usize {
        self.height
    }

    fn stiffness(&self) -> f64 {
        /// The squared differences of a checkerboard of plus and minus 1, to the right and down, per pixel.
        const CHECKERBOARD: f64 = 8.0;
        CHECKERBOARD * self.axes.iter().map(Axis::square_length).fold(0.0, f64::max)
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        self.mask = Some(mask);
    }

    fn sweep(self: Arc<Self>, weight: f64) -> Box<dyn Sweep + 'a> {
        let axes = self.axes.iter().map(|_| Lines::default()).collect();
        Box::new(DifferencesSweep { view: self, slope: 2.0 * weight as f32, first: 0, axes })
    }
}

struct DifferencesSweep<'a> {
    view: Arc<Differences<'a>>,
    slope: f32,
    first: usize,
    axes: Vec<Lines>,
}

/// Line buffers of one axis.
#[derive(Default)]
struct Lines {
    /// The residuals of two neighbouring rows, each at its row number modulo 2.
    residual: [Vec<f32>; 2],
    /// Slopes by the differences down from a row and from the one above it, likewise.
    down: [Vec<f32>; 2],
    /// Slopes by the differences from each pixel's left neighbour to it, with zeros at both ends.
    right: Vec<f32>,
    weights: Vec<f32>,
    slopes: Vec<f32>,
}

impl Lines {
    fn resize(&mut self, width: usize) {
        let lines = self.residual.iter_mut().chain(&mut self.down);
        for line in lines.chain([&mut self.weights, &mut self.slopes]) {
            line.resize(width, 0.0);
        }
        self.right.resize(width + 1, 0.0);
    }

    /// Computes the residual of row `y`.
    fn residual_row(&mut self, at: &At<'_>, axis: &Axis<'_>, y: usize) {
        let row = &mut self.residual[y % 2];
        at.project(axis.weights, y, row);
        add_scaled(at.execution.level(), -1.0, axis.target_row(y), row);
    }

    /// Compares the differences down from row `y`: writes their slopes and returns their loss.
    fn compare_down(&mut self, at: &At<'_>, view: &Differences<'_>, axis: &Axis<'_>, slope: f32, y: usize) -> f64 {
        let slopes = &mut self.down[y % 2];
        if y + 1 == view.height {
            slopes.fill(0.0);
            return 0.0;
        }
        let level = at.execution.level();
        let weights = view.weigh(level, [axis.target_row(y + 1), axis.target_row(y)], y, &mut self.weights);
        squares(level, [&self.residual[(y + 1) % 2], &self.residual[y % 2]], weights, slope, slopes)
    }

    /// Compares the differences along row `y`, likewise.
    fn compare_right(&mut self, at: &At<'_>, view: &Differences<'_>, axis: &Axis<'_>, slope: f32, y: usize) -> f64 {
        let (row, target, last) = (&self.residual[y % 2], axis.target_row(y), self.slopes.len() - 1);
        let level = at.execution.level();
        let weights = view.weigh(level, [&target[1..], &target[..last]], y, &mut self.weights[..last]);
        squares(level, [&row[1..], &row[..last]], weights, slope, &mut self.right[1..=last])
    }
}

impl Differences<'_> {
    /// The weights of the differences `next - here` of target rows; `here` starts with the first pixel of row `y`.
    fn weigh<'w>(&self, level: Level, rows: [&[f32]; 2], y: usize, weights: &'w mut [f32]) -> Option<&'w [f32]> {
        match (self.edges, &self.mask) {
            (None, None) => return None,
            (Some(edges), _) => edges.weigh(level, rows, weights),
            (None, Some(_)) => weights.fill(1.0),
        }
        if let Some(mask) = &self.mask {
            weights.iter_mut().zip(mask.plane(0).row(y)).for_each(|(weight, mask)| *weight *= mask);
        }
        Some(weights)
    }
}

impl Sweep for DifferencesSweep<'_> {
    fn begin(&mut self, at: &At<'_>, strip: Range<usize>) {
        self.first = strip.start;
        for (lines, axis) in self.axes.iter_mut().zip(&self.view.axes) {
            lines.resize(at.picture.size().width());
            lines.residual_row(at, axis, strip.start);
            // The differences from the row above contribute slopes to this strip, while their loss belongs to another
            // one.
            if let Some(above) = strip.start.checked_sub(1) {
                lines.residual_row(at, axis, above);
                lines.compare_down(at, &self.view, axis, self.slope, above);
            } else {
                lines.down[1].fill(0.0);
            }
        }
    }

    fn add_group(&mut self, at: &At<'_>, y: usize, gradient: &mut [&mut [f32]], losses: &mut [f64]) {
        let width = at.picture.size().width();
        for (row, y) in (y..y + gradient[0].len() / width).enumerate() {
            let loss = &mut losses[y - self.first];
            *loss = 0.0;
            for (lines, axis) in self.axes.iter_mut().zip(&self.view.axes) {
                if y + 1 < self.view.height {
                    lines.residual_row(at, axis, y + 1);
                }
                *loss += lines.compare_down(at, &self.view, axis, self.slope, y);
                *loss += lines.compare_right(at, &self.view, axis, self.slope, y);
                let [here, above] = [&lines.down[y % 2], &lines.down[(y + 1) % 2]];
                gather(at.execution.level(), &lines.right, [above, here], &mut lines.slopes);
                at.back_project(axis.weights, &lines.slopes, row, gradient);
            }
        }
    }
}

/// The adjoint of taking differences: each pixel receives the slopes of the differences that lead to it, less those of
/// the differences that start at it.
fn gather(level: Level, right: &[f32], down: [&[f32]; 2], slopes: &mut [f32]) {
    dispatch!(level, simd => gather_with(simd, right, down, slopes));
}

#[inline(always)]
fn gather_with<S: Simd>(simd: S, right: &[f32], [above, here]: [&[f32]; 2], slopes: &mut [f32]) {
    for x in rows::blocks(slopes.len(), S::f32s::LEN) {
        let at = |row: &[f32], x| -> S::f32s { load_block::<S, 1>(simd, row, x)[0] };
        let sum = (at(right, x) - at(right, x + 1)) + (at(above, x) - at(here, x));
        store_block(simd, slopes, x, [sum]);
    }
}
