//! The pixels view, along some colour axes.

use std::{borrow::Cow, ops::Range, sync::Arc};

use nearfar_image::{Channels, Encoded, Image};
use nearfar_kernels::Axes;

use super::{At, Sweep, View};
use crate::penalty::squares;

/// Pixels along colour axes, compared with a target.
#[derive(Debug)]
pub(crate) struct Pixels<'a> {
    pub(crate) axes: Vec<Axis<'a>>,
    /// The weight of each pixel.
    pub(crate) mask: Option<Image<Encoded>>,
    pub(crate) height: usize,
}

/// One colour axis and its target: a plane as a grey picture, or one plane of a picture whose channels are its axes.
#[derive(Debug)]
pub(crate) struct Axis<'a> {
    pub(crate) weights: &'static [f32],
    target: Cow<'a, Image<Encoded>>,
    plane: usize,
}

impl<'a> Axis<'a> {
    /// The axes of `picture`, which is the target.
    pub(crate) fn all(
        axes: Axes,
        picture: Cow<'a, Image<Encoded>>,
        execution: &nearfar_kernels::Execution,
    ) -> Vec<Self> {
        let weights = axes.weights(picture.channels());
        if weights.len() == picture.channels().count() {
            let one = |(plane, weights)| Self { weights, target: picture.clone(), plane };
            return weights.into_iter().enumerate().map(one).collect();
        }
        Self::of_planes(axes, picture.channels(), axes.planes(&picture, execution))
    }

    /// The axes of pictures with `channels`, with a target plane for each.
    pub(crate) fn of_planes(axes: Axes, channels: Channels, planes: Vec<Image<Encoded>>) -> Vec<Self> {
        let weights = axes.weights(channels);
        assert_eq!(weights.len(), planes.len(), "there is a target for each axis");
        weights.into_iter().zip(planes).map(|(weights, t)| Self { weights, target: Cow::Owned(t), plane: 0 }).collect()
    }

    /// Row `y` of the target.
    pub(crate) fn target_row(&self, y: usize) -> &[f32] {
        self.target.plane(self.plane).row(y)
    }

    /// The squared norm of the axis' weights.
    pub(crate) fn square_length(&self) -> f64 {
        self.weights.iter().map(|&w| f64::from(w).powi(2)).sum()
    }
}

impl<'a> View<'a> for Pixels<'a> {
    fn partial_losses(&self) -> usize {
        self.height
    }

    fn stiffness(&self) -> f64 {
        self.axes.iter().map(Axis::square_length).fold(0.0, f64::max)
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        self.mask = Some(mask);
    }

    fn sweep(self: Arc<Self>, weight: f64) -> Box<dyn Sweep + 'a> {
        Box::new(PixelsSweep { view: self, slope: 2.0 * weight as f32, first: 0, row: Vec::new(), slopes: Vec::new() })
    }
}

struct PixelsSweep<'a> {
    view: Arc<Pixels<'a>>,
    slope: f32,
    first: usize,
    row: Vec<f32>,
    slopes: Vec<f32>,
}

impl Sweep for PixelsSweep<'_> {
    fn begin(&mut self, at: &At<'_>, strip: Range<usize>) {
        let width = at.picture.size().width();
        self.row.resize(width, 0.0);
        self.slopes.resize(width, 0.0);
        self.first = strip.start;
    }

    fn add_group(&mut self, at: &At<'_>, y: usize, gradient: &mut [&mut [f32]], losses: &mut [f64]) {
        let rows = gradient[0].len() / self.row.len();
        for (row, y) in (y..y + rows).enumerate() {
            let mask = self.view.mask.as_ref().map(|mask| mask.plane(0).row(y));
            losses[y - self.first] = 0.0;
            for axis in &self.view.axes {
                at.project(axis.weights, y, &mut self.row);
                let compared = [&self.row[..], axis.target_row(y)];
                let loss = squares(at.execution.level(), compared, mask, self.slope, &mut self.slopes);
                losses[y - self.first] += loss;
                at.back_project(axis.weights, &self.slopes, row, gradient);
            }
        }
    }
}
