//! Gradient checks for terms.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{Objective, Term};

/// Result of [`check_gradient`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct GradientCheck {
    /// The loss of the picture, unweighted.
    pub value: f64,
    /// The largest error found, relative to the change of the loss that the gradient predicts in sum: below 1e-3 the
    /// gradient is correct to single precision; a wrong sign gives 2, a missing gradient infinity.
    pub error: f64,
}

/// How far the picture is moved, in codes.
const STEP: f32 = 0.01;

/// Checks the gradient of `term` against its loss at `picture`: for authors of terms.
///
/// The picture is moved in several directions, some of single pixels and some of all at once, and the change of the
/// loss must equal the integral of the gradient along the way (by Simpson's rule, which is exact for losses up to the
/// fourth power, so that steps can be large enough for rounding not to matter). Use a generic picture with codes
/// between 0.02 and 0.98, such as noise.
///
/// # Panics
///
/// If the picture does not have the term's shape.
///
/// # Example
///
/// ```
/// use nearfar_descent::{Term, WholeLoss, check_gradient};
/// use nearfar_image::{Channels, Encoded, Image, Size};
///
/// /// The sum of the fourth powers of all samples.
/// #[derive(Debug)]
/// struct Quartic;
///
/// impl WholeLoss for Quartic {
///     fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64 {
///         gradient.samples_mut().iter_mut().zip(picture.samples()).for_each(|(to, v)| *to = 4.0 * v.powi(3));
///         picture.samples().iter().map(|&v| f64::from(v).powi(4)).sum()
///     }
/// }
///
/// let (size, channels) = (Size::new(9, 7)?, Channels::Rgb);
/// let picture = Image::from_fn(size, channels, |c, x, y| 0.1 + 0.02 * ((7 * x + 5 * y + 3 * c) % 40) as f32);
/// let check = check_gradient(Term::whole("quartic", 1.0, size, channels, Quartic), &picture);
/// assert!(check.error < 1e-3, "{check:?}");
/// # Ok::<(), nearfar_image::ImageError>(())
/// ```
#[must_use]
pub fn check_gradient(term: Term<'_>, picture: &Image<Encoded>) -> GradientCheck {
    let (objective, execution) = (Objective::new(vec![term]), Execution::single_threaded());
    let mut workspace = objective.workspace(&execution);
    let mut evaluate = |picture: &Image<Encoded>| {
        let mut gradient = Image::filled(picture.size(), picture.channels(), 0.0);
        let losses = objective.evaluate(&execution, picture, &mut gradient, &mut workspace);
        (losses, gradient)
    };
    let (losses, here) = evaluate(picture);
    let mut error = 0.0_f64;
    for direction in directions(&here) {
        let moved = |factor: f32| {
            let mut moved = picture.clone();
            moved.samples_mut().iter_mut().zip(&direction).for_each(|(v, d)| *v += factor * STEP * d);
            moved
        };
        let (low, high) = (moved(-1.0), moved(1.0));
        let ((low_losses, low_gradient), (high_losses, high_gradient)) = (evaluate(&low), evaluate(&high));
        let (mut expected, mut size) = (0.0, 0.0);
        for i in 0..direction.len() {
            let slope = |gradient: &Image<Encoded>| f64::from(gradient.samples()[i]);
            let way = f64::from(high.samples()[i]) - f64::from(low.samples()[i]);
            let part = way * (slope(&low_gradient) + 4.0 * slope(&here) + slope(&high_gradient)) / 6.0;
            expected += part;
            size += part.abs();
        }
        let found = high_losses.total - low_losses.total;
        // What single precision cannot tell from zero.
        let noise = 1e-7 * losses.total.abs();
        if (found - expected).abs() > noise {
            error = error.max(((found - expected).abs() - noise) / size);
        }
    }
    GradientCheck { value: losses.terms[0].value, error }
}

/// Up to five single samples, a wave over the whole picture, and the signs of the gradient, whose effect no rounding
/// hides.
fn directions(gradient: &Image<Encoded>) -> Vec<Vec<f32>> {
    let count = gradient.samples().len();
    let single = |i: usize| {
        let mut direction = vec![0.0; count];
        direction[i] = 1.0;
        direction
    };
    let mut directions: Vec<_> = (0..5).map(|i| single(i * (count - 1) / 4)).collect();
    directions.push((0..count).map(|i| (i as f32 * 0.37).sin()).collect());
    directions.push(gradient.samples().iter().map(|slope| slope.signum()).collect());
    directions
}
