//! How natural a hybrid looks up close.
//!
//! A percept says which picture is seen, not whether the hybrid looks like a photograph. Three flaws give a hybrid
//! away: halos along contours, colours that are not the near picture's, and pixels clipped to 0 or full.

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::{Axes, Execution};

use crate::{
    Viewing, VisionError,
    blur::Blur,
    field::{Field, square, sum_rows},
    light::{lightness, luminance},
};

/// The flaws of a hybrid up close; for each, 0 is flawless and smaller is better.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Naturalness {
    /// Halos: tones that change beside the near picture's contours where neither picture's do. Root mean square of that
    /// change over a distance of the far eye's sigma, in L* (0 to 100). See [`NaturalnessReference`].
    pub halo: f64,
    /// Mean distance of the hybrid's opponent colours (Cb, Cr) from the near picture's, in per cent of the range of
    /// codes.
    pub color_error: f64,
    /// Share of pixels with a channel at 0 or at full that does not have that value in the near picture.
    pub clipped_share: f64,
}

/// Fraction of the near picture's differences, as seen up close, that are strong edges.
const STRONG: f64 = 0.05;

/// Fraction of the differences that are weak enough for a halo on them to be visible.
const SMOOTH: f64 = 0.5;

/// A pair prepared for judging many hybrids of it.
///
/// Halos are looked for in smooth places of the near picture (differences below their median) within one sigma of the
/// far eye, along rows and columns, of its strong edges (the strongest twentieth). There the correction, hybrid less
/// near picture in lightness as seen up close, should change no further than the far picture as seen from afar: for
/// every difference between neighbours, the part outside the range from 0 to the far picture's own difference counts as
/// halo. A change of tone *at* an edge is hidden by it and does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct NaturalnessReference {
    near: Image<Encoded>,
    near_blur: Blur,
    /// Lightness of the near picture as seen up close, and of the far one as seen from afar.
    seen: [Field; 2],
    /// 1 where halos are looked for, 0 elsewhere.
    beside_edges: Field,
    far_sigma: f64,
}

impl NaturalnessReference {
    /// Prepares a pair for two views.
    #[must_use]
    pub fn new(pair: &Pair, viewing: &Viewing, execution: &Execution) -> Self {
        let size = pair.size();
        let near_blur = Blur::of_eye(size, viewing.near_ppd);
        let near = seen(pair.near(), &near_blur, execution);
        let far = seen(pair.far(), &Blur::of_eye(size, viewing.far_ppd), execution);
        let far_sigma = viewing.far_ppd.eye_sigma();
        let beside_edges = beside_edges(&near, far_sigma.round() as usize, execution);
        Self { near: pair.near().clone(), near_blur, seen: [near, far], beside_edges, far_sigma }
    }

    /// Judges a hybrid.
    ///
    /// # Errors
    ///
    /// [`VisionError::HybridSize`] if the hybrid is not of the pair's size, [`VisionError::Image`] if it is not finite.
    pub fn judge(&self, hybrid: &Image<Encoded>, execution: &Execution) -> Result<Naturalness, VisionError> {
        if hybrid.size() != self.near.size() {
            return Err(VisionError::HybridSize { hybrid: hybrid.size(), pair: self.near.size() });
        }
        hybrid.check_finite()?;
        Ok(Naturalness {
            halo: self.halo(hybrid, execution),
            color_error: self.color_error(hybrid, execution),
            clipped_share: self.clipped_share(hybrid),
        })
    }

    fn halo(&self, hybrid: &Image<Encoded>, execution: &Execution) -> f64 {
        let [near, far] = &self.seen;
        let correction = Field::zip(execution, &seen(hybrid, &self.near_blur, execution), near, |h, a| h - a);
        let last = near.size().height() - 1;
        let [sum, count] = sum_rows(execution, near.size(), |y| {
            let below = (y + 1).min(last);
            let (c, c_below) = (correction.row(y), correction.row(below));
            let (b, b_below) = (far.row(y), far.row(below));
            let mut sums = [0.0; 2];
            for (x, &mask) in self.beside_edges.row(y).iter().enumerate().filter(|(_, mask)| **mask > 0.0) {
                let right = (x + 1).min(c.len() - 1);
                let across = excess(c[right] - c[x], b[right] - b[x]);
                let down = excess(c_below[x] - c[x], b_below[x] - b[x]);
                sums[0] += square(across) + square(down);
                sums[1] += f64::from(mask);
            }
            sums
        });
        if count > 0.0 { 100.0 * self.far_sigma * (sum / count).sqrt() } else { 0.0 }
    }

    fn color_error(&self, hybrid: &Image<Encoded>, execution: &Execution) -> f64 {
        let area = hybrid.size().area();
        let planes = |picture: &Image<Encoded>| Axes::Opponent.planes(picture, execution);
        let (hybrid, near) = (planes(hybrid), planes(&self.near));
        // A grey picture has no opponent planes; its opponent colours are 0.
        let at = |planes: &[Image<Encoded>], axis: usize, i: usize| planes.get(axis).map_or(0.0, |p| p.samples()[i]);
        let difference = |axis, i| square(at(&hybrid, axis, i) - at(&near, axis, i));
        100.0 * (0..area).map(|i| (difference(0, i) + difference(1, i)).sqrt()).sum::<f64>() / area as f64
    }

    fn clipped_share(&self, hybrid: &Image<Encoded>) -> f64 {
        let area = hybrid.size().area();
        let last = self.near.channels().count() - 1;
        let planes: Vec<_> =
            hybrid.planes().enumerate().map(|(c, plane)| (plane.samples(), self.near.plane(c.min(last)))).collect();
        let is_cut = |i: usize| {
            planes.iter().any(|(hybrid, near)| {
                let (h, a) = (hybrid[i], near.samples()[i]);
                (h <= 0.0 && a > 0.0) || (h >= 1.0 && a < 1.0)
            })
        };
        (0..area).filter(|&i| is_cut(i)).count() as f64 / area as f64
    }
}

/// Lightness as an eye sees it.
fn seen(picture: &Image<Encoded>, blur: &Blur, execution: &Execution) -> Field {
    lightness(execution, luminance(execution, picture).blurred(execution, blur))
}

/// The part of a change that lies outside the range from 0 to the intended change.
fn excess(change: f32, intended: f32) -> f32 {
    change - change.clamp(intended.min(0.0), intended.max(0.0))
}

/// 1 in smooth places within `reach` pixels of a strong edge.
fn beside_edges(near: &Field, reach: usize, execution: &Execution) -> Field {
    let size: Size = near.size();
    let last = size.height() - 1;
    let slopes = Field::from_rows(execution, size, |y, target| {
        let (row, below) = (near.row(y), near.row((y + 1).min(last)));
        for (x, target) in target.iter_mut().enumerate() {
            let right = row[(x + 1).min(row.len() - 1)];
            *target = (right - row[x]).hypot(below[x] - row[x]);
        }
    });
    let mut ordered = slopes.plane().samples().to_vec();
    let mut quantile = |part: f64| {
        let place = ((ordered.len() - 1) as f64 * part) as usize;
        *ordered.select_nth_unstable_by(place, f32::total_cmp).1
    };
    let (smooth, strong) = (quantile(SMOOTH), quantile(1.0 - STRONG));
    let window = |middle: usize, length: usize| (middle.saturating_sub(reach), (middle + reach + 1).min(length));
    let along = Field::from_rows(execution, size, |y, target| {
        // Running counts of strong edges, so that a wide window costs no more than a narrow one.
        let mut before = vec![0_u32];
        let is_strong = |slope: &f32| *slope >= strong && *slope > smooth;
        before.extend(slopes.row(y).iter().scan(0, |count, slope| {
            *count += u32::from(is_strong(slope));
            Some(*count)
        }));
        for (x, target) in target.iter_mut().enumerate() {
            let (start, end) = window(x, slopes.row(y).len());
            *target = if before[end] > before[start] { 1.0 } else { 0.0 };
        }
    });
    // Likewise down the columns; integers up to a picture's height are exact.
    let mut down = along;
    for y in 1..size.height() {
        let (above, row) = down.samples_mut().split_at_mut(y * size.width());
        for (count, above) in row.iter_mut().zip(&above[(y - 1) * size.width()..]) {
            *count += above;
        }
    }
    Field::from_rows(execution, size, |y, target| {
        let (start, end) = window(y, size.height());
        let until = down.row(end - 1);
        for (x, target) in target.iter_mut().enumerate() {
            let before = if start == 0 { 0.0 } else { down.row(start - 1)[x] };
            *target = if until[x] > before && slopes.row(y)[x] <= smooth { 1.0 } else { 0.0 };
        }
    })
}
