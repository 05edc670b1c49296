//! Terms that need more than one pass over the picture: bands, contrast, unlikeness. Each works on whole planes, one
//! colour axis after the other, and adds to the gradient that the sweep over rows has written.

mod band;
mod contrast;
mod details_afar;
mod passband;
mod range;
mod unlike;
mod variation;

use std::fmt;

use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::{Axes, Execution, sums::update};

use crate::DescentError;

pub(crate) use band::BandMatch;
pub(crate) use contrast::Contrast;
pub(crate) use details_afar::FieldDetails;
pub(crate) use range::Range;
pub(crate) use unlike::Unlikeness;
pub(crate) use variation::Variation;

pub use details_afar::DetailsAfar;
pub use passband::Passband;
pub use unlike::Unlike;

/// A loss that works on whole planes, with its gradient.
pub(crate) trait Field: fmt::Debug + Send + Sync {
    /// Returns the unweighted loss of `picture` and adds `weight` times its gradient with respect to the codes to
    /// `gradient`.
    fn add(&self, picture: &Image<Encoded>, weight: f64, gradient: &mut Image<Encoded>, execution: &Execution) -> f64;

    /// Sets the weight of each pixel: a grey picture of the field's size.
    fn set_mask(&mut self, mask: Image<Encoded>);

    /// Estimate of the largest curvature of half the loss with respect to any pixel.
    fn stiffness(&self) -> f64;
}

/// The largest squared norm of the weights of any axis in `axes`.
fn square_length(axes: Axes, channels: nearfar_image::Channels) -> f64 {
    let square = |weights: &[f32]| weights.iter().map(|&w| f64::from(w).powi(2)).sum();
    axes.weights(channels).into_iter().map(square).fold(0.0, f64::max)
}

/// The adjoint of projection on a colour axis: adds `factor * slopes`, spread over the channels by the axis' weights,
/// to `gradient`.
fn back_project(weights: &[f32], factor: f64, slopes: &[f32], gradient: &mut Image<Encoded>, execution: &Execution) {
    let area = gradient.size().area();
    for (&weight, plane) in weights.iter().zip(gradient.samples_mut().chunks_exact_mut(area)) {
        let weight = (f64::from(weight) * factor) as f32;
        if weight != 0.0 {
            update(execution, plane, [slopes], |sum, [slope]| sum + weight * slope);
        }
    }
}

/// Writes planes row by row; `work` returns the loss of each row, and these are added in order.
fn by_rows<const N: usize>(
    execution: &Execution,
    size: Size,
    planes: [&mut [f32]; N],
    work: impl Fn(usize, [&mut [f32]; N]) -> f64 + Sync,
) -> f64 {
    let rows = execution.rows_per_strip(size.height());
    let mut losses = vec![0.0; size.height()];
    let mut strips = planes.map(|plane| plane.chunks_mut(rows * size.width()));
    let jobs = losses.chunks_mut(rows).enumerate().map(|(i, losses)| {
        let strips = strips.each_mut().map(|strips| strips.next().expect("planes are of the size"));
        (i * rows, losses, strips)
    });
    execution.for_each(jobs.collect(), |(first, losses, strips)| {
        let mut rows = strips.map(|strip| strip.chunks_exact_mut(size.width()));
        for (y, loss) in (first..).zip(losses) {
            *loss = work(y, rows.each_mut().map(|rows| rows.next().expect("a strip is whole rows")));
        }
    });
    losses.iter().sum()
}

/// The adjoint of taking differences to the right and down, none of them across the edge: each pixel receives the
/// slopes of the differences that lead to it, less those of the differences that start at it. The last column of
/// `right` and the last row of `down` are zero.
fn gather(execution: &Execution, size: Size, [right, down]: [&[f32]; 2], slopes: &mut [f32]) {
    let width = size.width();
    by_rows(execution, size, [slopes], |y, [slopes]| {
        let row = y * width..(y + 1) * width;
        let (right, here) = (&right[row.clone()], &down[row]);
        for x in 0..width {
            slopes[x] = if x > 0 { right[x - 1] } else { 0.0 } - right[x] - here[x];
        }
        if y > 0 {
            slopes.iter_mut().zip(&down[(y - 1) * width..]).for_each(|(slope, above)| *slope += above);
        }
        0.0
    });
}

/// Checks that a number is finite and above 0.
pub(crate) fn positive(name: &'static str, value: f64) -> Result<(), DescentError> {
    if value.is_finite() && value > 0.0 { Ok(()) } else { Err(DescentError::NotPositive { name, value }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gather_is_the_adjoint_of_differences() {
        let execution = Execution::with_threads(2).unwrap();
        for (width, height) in [(1, 1), (1, 7), (8, 1), (5, 4), (33, 20)] {
            let size = Size::new(width, height).unwrap();
            let noise = |seed: f32| -> Vec<f32> { (0..size.area()).map(|i| (i as f32 * seed).sin()).collect() };
            let (picture, mut right, mut down) = (noise(0.7), noise(0.3), noise(0.9));
            let (mut slopes, mut product) = (vec![f32::NAN; size.area()], 0.0);
            for y in 0..height {
                for x in 0..width {
                    let i = y * width + x;
                    if x + 1 < width {
                        product += f64::from((picture[i + 1] - picture[i]) * right[i]);
                    } else {
                        right[i] = 0.0;
                    }
                    if y + 1 < height {
                        product += f64::from((picture[i + width] - picture[i]) * down[i]);
                    } else {
                        down[i] = 0.0;
                    }
                }
            }
            gather(&execution, size, [&right, &down], &mut slopes);
            let found: f64 = picture.iter().zip(&slopes).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
            assert!((found - product).abs() < 1e-5 * size.area() as f64, "{width}x{height}: {found}, not {product}");
        }
    }
}
