//! Where a picture is busy: there an eye sees little else.

use nearfar_image::{Channels, Encoded, Image};
use nearfar_kernels::{Axes, Border, Execution, WideBlur, sums::update};

/// The window within which details are counted, as a part of the shorter side: a few degrees of a picture seen up close.
const WINDOW: f64 = 1.0 / 80.0;
/// Root-mean-square differences of this size, in codes, are half busy: grass and fur have .05 and more, skin and sky .01.
const HALF: f32 = 0.025;

/// How busy a picture is at every pixel: from 0, smooth, to 1, full of details of luma, which hide whatever lies under them.
#[must_use]
pub fn busyness(picture: &Image<Encoded>, execution: &Execution) -> Image<Encoded> {
    let size = picture.size();
    let luma = Axes::Luma.planes(picture, execution).pop().expect("every picture has luma");
    let plane = luma.plane(0);
    let squares = Image::<Encoded>::from_fn(size, Channels::Grey, |_, x, y| {
        let here = plane.row(y)[x];
        let right = plane.row(y)[(x + 1).min(size.width() - 1)] - here;
        let down = plane.row((y + 1).min(size.height() - 1))[x] - here;
        right * right + down * down
    });
    let mut busy = squares.clone();
    let sigma = (WINDOW * size.shorter_side() as f64).max(2.0);
    let blur = WideBlur::new(size, sigma, Border::Mirror).expect("a part of a picture's side is a width");
    blur.apply(execution, squares.plane(0), busy.plane_mut(0));
    update(execution, busy.samples_mut(), [], |v, []| v.max(0.0) / (v.max(0.0) + HALF * HALF));
    busy
}

#[cfg(test)]
mod tests {
    use nearfar_image::Size;

    use super::*;

    #[test]
    fn texture_is_busy_and_sky_is_not() {
        for (width, height) in [(200, 120), (1, 90), (90, 1), (1, 1)] {
            let size = Size::new(width, height).unwrap();
            let texture = |x: usize, y: usize| {
                if 2 * (x + y) < width.max(height) { 0.5 } else { 0.4 + 0.2 * ((x + y) % 2) as f32 }
            };
            let picture = Image::from_fn(size, Channels::Rgb, |_, x, y| texture(x, y));
            let busy = busyness(&picture, &Execution::single_threaded());
            assert!(busy.samples().iter().all(|v| (0.0..=1.0).contains(v)));
            let (first, last) = (busy.samples()[0], busy.samples()[size.area() - 1]);
            assert!(first < 0.05, "{first}");
            assert!(size.area() == 1 || last > 0.9, "{last}");
        }
    }
}
