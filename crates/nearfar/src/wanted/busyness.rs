//! Where a picture hides another: the masks `busy` and `calm`.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{self as kernels, Axes, Execution};

/// Anything finer than this part of the shorter side counts as detail; anything finer than `FINE_PIXELS` always does.
const FINE: f64 = 1.0 / 160.0;
const FINE_PIXELS: f64 = 2.0;

/// How busy a picture is at every pixel: from 0, smooth, to 1, full of luma details, which hide whatever lies under them.
#[must_use]
pub fn busyness(picture: &Image<Encoded>, execution: &Execution) -> Image<Encoded> {
    let luma = Axes::Luma.planes(picture, execution).pop().expect("every picture has luma");
    kernels::busyness(&luma, (FINE * picture.size().shorter_side() as f64).max(FINE_PIXELS), execution)
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Size};

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
