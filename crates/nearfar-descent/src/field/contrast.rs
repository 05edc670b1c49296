//! The contrast term: the picture has a given standard deviation.

use nearfar_image::{Channels, Encoded, Image};
use nearfar_kernels::{Axes, Execution, sums::sum, sums::update};

use super::{Field, back_project, square_length};

/// `pixels * (standard deviation - contrast)^2` along colour axes, with mean and deviation weighted by the mask, and
/// `pixels` the sum of the mask.
#[derive(Debug)]
pub(crate) struct Contrast {
    pub(crate) axes: Axes,
    pub(crate) channels: Channels,
    pub(crate) contrast: f64,
    pub(crate) mask: Option<Image<Encoded>>,
}

/// Added to the variance, so that a flat picture, which has no direction to go in, causes no division by zero.
const MIN_VARIANCE: f64 = 1e-10;

impl Field for Contrast {
    fn add(&self, picture: &Image<Encoded>, weight: f64, gradient: &mut Image<Encoded>, execution: &Execution) -> f64 {
        let mask = self.mask.as_ref().map(Image::samples);
        let pixels = mask.map_or(picture.size().area() as f64, |mask| sum(execution, [mask], |[v]| v));
        if pixels <= 0.0 {
            return 0.0;
        }
        let mut loss = 0.0;
        for (weights, mut plane) in
            self.axes.weights(picture.channels()).into_iter().zip(self.axes.planes(picture, execution))
        {
            let mean = match mask {
                None => sum(execution, [plane.samples()], |[v]| v),
                Some(mask) => sum(execution, [plane.samples(), mask], |[v, mask]| mask * v),
            } / pixels;
            let mean = mean as f32;
            update(execution, plane.samples_mut(), [], |v, []| v - mean);
            let squares = match mask {
                None => sum(execution, [plane.samples()], |[v]| v * v),
                Some(mask) => sum(execution, [plane.samples(), mask], |[v, mask]| mask * v * v),
            };
            let deviation = (squares / pixels + MIN_VARIANCE).sqrt();
            loss += pixels * (deviation - self.contrast).powi(2);
            if let Some(mask) = mask {
                update(execution, plane.samples_mut(), [mask], |v, [mask]| mask * v);
            }
            let factor = 2.0 * weight * (deviation - self.contrast) / deviation;
            back_project(weights, factor, plane.samples(), gradient, execution);
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
