//! Pictures of half the size.

use nearfar_image::{ColorState, Image, Plane, PlaneMut};

use crate::Execution;

/// A picture of half the size, sides rounded up: the mean of every 2 x 2 samples, with an odd last row or column
/// counted twice. Coordinate `x` of the half is coordinate `2 x + 0.5` of the whole.
#[must_use]
pub fn halved<S: ColorState>(picture: &Image<S>, execution: &Execution) -> Image<S> {
    let mut target = Image::filled(picture.size().halved(), picture.channels(), 0.0);
    for (source, target) in picture.planes().zip(target.planes_mut()) {
        halve(source, target, execution);
    }
    target
}

/// [`halved`] for one plane.
///
/// # Panics
///
/// If the target does not have half the size.
pub fn halve(source: Plane<'_>, target: PlaneMut<'_>, execution: &Execution) {
    let (size, half) = (source.size(), target.size());
    assert_eq!(half, size.halved(), "the target has half the size");
    let strips = target.into_strips(execution.rows_per_strip(half.height())).collect();
    execution.for_each(strips, |(top, strip): (usize, &mut [f32])| {
        for (y, row) in strip.chunks_exact_mut(half.width()).enumerate() {
            let above = 2 * (top + y);
            let below = (above + 1).min(size.height() - 1);
            mean_of_four(source.row(above), source.row(below), row);
        }
    });
}

/// The mean of every 2 x 2 samples of two rows, with an odd last column counted twice.
pub fn mean_of_four(above: &[f32], below: &[f32], target: &mut [f32]) {
    for (mean, (a, b)) in target.iter_mut().zip(above.chunks(2).zip(below.chunks(2))) {
        *mean = 0.25 * (a[0] + a[a.len() - 1] + b[0] + b[b.len() - 1]);
    }
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Linear, Size};

    use super::*;

    #[test]
    fn halved_is_the_mean_of_four_and_an_odd_edge_counts_twice() {
        let size = Size::new(5, 3).expect("not empty");
        let ramp = Image::<Linear>::from_fn(size, Channels::Rgb, |c, x, y| (100 * c + 10 * y + x) as f32);
        for threads in [1, 2, 3] {
            let half = halved(&ramp, &Execution::with_threads(threads).expect("a few threads"));
            assert_eq!((half.size().width(), half.size().height()), (3, 2));
            let expected = Image::from_fn(half.size(), Channels::Rgb, |c, x, y| {
                let (x, y) = ([0.5, 2.5, 4.0][x], [0.5, 2.0][y]);
                100.0 * c as f32 + 10.0 * y + x
            });
            assert!(half == expected, "{:?}", half.samples());
        }
    }
}
