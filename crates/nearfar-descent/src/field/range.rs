//! The range term: samples stay within a range.

use nearfar_image::{Channels, Encoded, Image};
use nearfar_kernels::{Axes, Execution, sums::sum, sums::update};

use super::{Field, back_project, square_length};

/// `sum of mask * (excess over the range)^2` along colour axes.
#[derive(Debug)]
pub(crate) struct Range {
    pub(crate) axes: Axes,
    pub(crate) channels: Channels,
    pub(crate) low: f32,
    pub(crate) high: f32,
    pub(crate) mask: Option<Image<Encoded>>,
}

impl Field for Range {
    fn add(&self, picture: &Image<Encoded>, weight: f64, gradient: &mut Image<Encoded>, execution: &Execution) -> f64 {
        let (low, high) = (self.low, self.high);
        let mut loss = 0.0;
        for (weights, mut plane) in
            self.axes.weights(picture.channels()).into_iter().zip(self.axes.planes(picture, execution))
        {
            update(execution, plane.samples_mut(), [], |v, []| v - v.clamp(low, high));
            loss += match &self.mask {
                None => sum(execution, [plane.samples()], |[v]| v * v),
                Some(mask) => {
                    let loss = sum(execution, [plane.samples(), mask.samples()], |[v, mask]| mask * v * v);
                    update(execution, plane.samples_mut(), [mask.samples()], |v, [mask]| mask * v);
                    loss
                }
            };
            back_project(weights, 2.0 * weight, plane.samples(), gradient, execution);
        }
        loss
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        self.mask = Some(mask);
    }

    fn stiffness(&self) -> f64 {
        square_length(self.axes, self.channels)
    }
}
