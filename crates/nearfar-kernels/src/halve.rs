//! Pictures of half the size.

use nearfar_image::{ColorState, Image, Size};

use crate::Execution;

/// A picture of half the sides, rounded up: the mean of every 2 x 2 samples, an odd last row or column counted twice.
/// Place `x` of the half is place `2 x + 0.5` of the whole.
#[must_use]
pub fn halved<S: ColorState>(picture: &Image<S>, execution: &Execution) -> Image<S> {
    let size = picture.size();
    let half = Size::new(size.width().div_ceil(2), size.height().div_ceil(2)).expect("no larger than a valid size");
    let mut target = Image::filled(half, picture.channels(), 0.0);
    let rows = execution.rows_per_strip(half.height());
    let strips = target
        .planes_mut()
        .zip(picture.planes())
        .flat_map(|(target, source)| target.into_strips(rows).map(move |(top, strip)| (source, top, strip)));
    execution.for_each(strips.collect(), |(source, top, strip)| {
        for (y, row) in strip.chunks_exact_mut(half.width()).enumerate() {
            let above = 2 * (top + y);
            let below = (above + 1).min(size.height() - 1);
            let pairs = source.row(above).chunks(2).zip(source.row(below).chunks(2));
            for (mean, (a, b)) in row.iter_mut().zip(pairs) {
                *mean = 0.25 * (a[0] + a[a.len() - 1] + b[0] + b[b.len() - 1]);
            }
        }
    });
    target
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Linear};

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
