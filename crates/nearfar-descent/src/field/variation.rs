//! The variation term (total variation): noise costs, while edges cost no more than ramps.
//!
//! L. Rudin, S. Osher, E. Fatemi, "Nonlinear total variation based noise removal algorithms", Physica D 60 (1992).

use nearfar_image::{Channels, Encoded, Image};
use nearfar_kernels::{Axes, Execution};

use super::{Field, back_project, by_rows, gather, square_length};

/// `sum of mask * (sqrt(dx^2 + dy^2 + softness^2) - softness)` along colour axes, with the differences to the right and down.
#[derive(Debug)]
pub(crate) struct Variation {
    pub(crate) axes: Axes,
    pub(crate) channels: Channels,
    pub(crate) softness: f32,
    pub(crate) mask: Option<Image<Encoded>>,
}

impl Field for Variation {
    fn add(&self, picture: &Image<Encoded>, weight: f64, gradient: &mut Image<Encoded>, execution: &Execution) -> f64 {
        let (size, width, softness) = (picture.size(), picture.size().width(), self.softness);
        let [mut right, mut down, mut slopes] = [(); 3].map(|()| vec![0.0; size.area()]);
        let mut loss = 0.0;
        for (weights, plane) in
            self.axes.weights(picture.channels()).into_iter().zip(self.axes.planes(picture, execution))
        {
            loss += by_rows(execution, size, [&mut right, &mut down], |y, [right, down]| {
                let row = plane.plane(0).row(y);
                // The last row is compared with itself, which gives differences of zero.
                let below = plane.plane(0).row((y + 1).min(size.height() - 1));
                let mask = self.mask.as_ref().map(|mask| mask.plane(0).row(y));
                let mut loss = 0.0;
                for x in 0..width {
                    let (dx, dy) = (row[(x + 1).min(width - 1)] - row[x], below[x] - row[x]);
                    let square = dx * dx + dy * dy;
                    let length = (square + softness * softness).sqrt();
                    let mask = mask.map_or(1.0, |mask| mask[x]);
                    right[x] = mask * dx / length;
                    down[x] = mask * dy / length;
                    // `length - softness` without cancellation.
                    loss += f64::from(mask * square / (length + softness));
                }
                loss
            });
            gather(execution, size, [&right, &down], &mut slopes);
            back_project(weights, weight, &slopes, gradient, execution);
        }
        loss
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        self.mask = Some(mask);
    }

    fn stiffness(&self) -> f64 {
        // Half of 8, the curvature of the squared differences, divided by the softness.
        4.0 / f64::from(self.softness) * square_length(self.axes, self.channels)
    }
}
