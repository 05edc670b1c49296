//! Trials of matching by content, shared by the tests and the example `content_trials`.

use nearfar_align::{Resampling, Similarity, Transform, warp};
use nearfar_image::{Encoded, Image, Point, Rect};
use nearfar_kernels::Execution;

/// A small generator (SplitMix64): trials must be identical on all platforms.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        low + (high - low) * ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The picture as seen by a camera that was turned, moved nearer or further away, and shifted by fractions of the
/// sides; and the true map from near pixels to far pixels. What lies outside the picture is mid-grey.
pub(crate) fn moved(
    near: &Image<Encoded>,
    degrees: f64,
    scale: f64,
    shift: [f64; 2],
    execution: &Execution,
) -> (Image<Encoded>, Similarity) {
    let size = near.size();
    let middle = Point::new(0.5 * (size.width() - 1) as f64, 0.5 * (size.height() - 1) as f64);
    let to = Point::new(middle.x + shift[0] * size.width() as f64, middle.y + shift[1] * size.height() as f64);
    let truth = Similarity::about(middle, to, scale, degrees.to_radians());
    let back = truth.inverse();
    let mut far = warp(near, &Transform::Similarity(back), Rect::whole(size), &Resampling::default(), execution);
    for mut plane in far.planes_mut() {
        for (y, row) in plane.rows_mut().enumerate() {
            for (x, v) in row.iter_mut().enumerate() {
                let p = back.apply(Point::new(x as f64, y as f64));
                let inside = |v: f64, length: usize| v >= -0.5 && v <= length as f64 - 0.5;
                if !(inside(p.x, size.width()) && inside(p.y, size.height())) {
                    *v = 0.5;
                }
            }
        }
    }
    (far, truth)
}

/// The largest distance between the images of the near picture's corners under two maps, in far pixels.
pub(crate) fn corner_error(near: &Image<Encoded>, found: &Similarity, truth: &Similarity) -> f64 {
    let (w, h) = ((near.size().width() - 1) as f64, (near.size().height() - 1) as f64);
    [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)]
        .map(|(x, y)| found.apply(Point::new(x, y)).distance(truth.apply(Point::new(x, y))))
        .into_iter()
        .fold(0.0, f64::max)
}
