//! The parts that a filter would keep of each picture of a pair.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur};

/// NEAR's details on grey, which are what a blur of `sigma` pixels removes, and FAR's shapes, which are what it leaves. In
/// codes and at the pictures' sizes; an invalid sigma blurs nothing.
#[must_use]
pub fn parts(near: &Image<Encoded>, far: &Image<Encoded>, sigma: f64, execution: &Execution) -> [Image<Encoded>; 2] {
    let mut details = blurred(near, sigma, execution);
    for (code, near) in details.samples_mut().iter_mut().zip(near.samples()) {
        *code = 0.5 + near - *code;
    }
    [details, blurred(far, sigma, execution)]
}

/// The codes after a blur.
fn blurred(picture: &Image<Encoded>, sigma: f64, execution: &Execution) -> Image<Encoded> {
    let mut target = picture.clone();
    if let Ok(gaussian) = Gaussian::new(sigma) {
        let blur = SeparableBlur::new(picture.size(), &gaussian.taps(), Border::Mirror);
        for (source, target) in picture.planes().zip(target.planes_mut()) {
            blur.apply(execution, source, target);
        }
    }
    target
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Size};

    use super::*;

    #[test]
    fn parts_add_up_to_the_picture() {
        let size = Size::new(40, 30).unwrap();
        let picture = Image::from_fn(size, Channels::Grey, |_, x, y| ((7 * x + 3 * y) % 11) as f32 / 10.0);
        let [details, shapes] = parts(&picture, &picture, 2.0, &Execution::single_threaded());
        for ((details, shapes), code) in details.samples().iter().zip(shapes.samples()).zip(picture.samples()) {
            assert!((details - 0.5 + shapes - code).abs() < 1e-6);
        }
        assert!(shapes.samples().iter().zip(picture.samples()).any(|(shapes, code)| (shapes - code).abs() > 0.1));
    }
}
