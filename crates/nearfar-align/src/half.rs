//! Halving pictures.

use nearfar_image::{ColorState, Image, Size};

use crate::warp::mirror;

/// A picture of half the sides (rounded up), each sample from 4x4 with the weights 1 3 3 1, mirrored at the edges. Place
/// `x` of the half is place `2 x + 0.5` of the whole.
pub(crate) fn half<S: ColorState>(fine: &Image<S>) -> Image<S> {
    let size = fine.size();
    let half = Size::new(size.width().div_ceil(2), size.height().div_ceil(2)).expect("at least one sample");
    let weights = || (-1..).zip([0.125, 0.375, 0.375, 0.125]);
    Image::from_fn(half, fine.channels(), |c, x, y| {
        let plane = fine.plane(c);
        let mut sum = 0.0;
        for (j, wy) in weights() {
            let row = plane.row(mirror(2 * y as isize + j, size.height()));
            for (i, wx) in weights() {
                sum += wy * wx * row[mirror(2 * x as isize + i, size.width())];
            }
        }
        sum
    })
}
