//! Regions in which more or less of the far picture comes through than around them.

use fearless_simd::{Simd, SimdBase, SimdFloat, dispatch};
use nearfar_image::{Encoded, Image};

use crate::{Execution, math::exp_block, rows};

/// An ellipse in which one share of the far picture comes through; around it, after a soft transition, another.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Focus {
    /// Centre, in pixels from the left; integers are pixel centres.
    pub x: f64,
    /// Centre, in pixels from the top.
    pub y: f64,
    /// Half the ellipse's width, in pixels, where the transition from `inside` to `rest` is half done.
    pub half_width: f64,
    /// Half the ellipse's height, likewise.
    pub half_height: f64,
    /// Share that comes through at its centre, `[0, 1]`.
    #[cfg_attr(feature = "serde", serde(default = "whole"))]
    pub inside: f64,
    /// Share that comes through far away from it, `[0, 1]`.
    pub rest: f64,
}

/// Default of `inside` for recipes that predate the field.
#[cfg(feature = "serde")]
fn whole() -> f64 {
    1.0
}

impl Focus {
    pub(super) fn is_ellipse(self) -> bool {
        let is_size = |v: f64| v.is_finite() && v > 0.0;
        self.x.is_finite() && self.y.is_finite() && is_size(self.half_width) && is_size(self.half_height)
    }

    /// The focus for pictures `factor` times as large.
    pub(super) fn scaled(self, factor: f64) -> Self {
        let place = |p: f64| (p + 0.5) * factor - 0.5;
        Self {
            x: place(self.x),
            y: place(self.y),
            half_width: factor * self.half_width,
            half_height: factor * self.half_height,
            ..self
        }
    }

    /// Multiplies every pixel of a grey picture by the share that comes through there.
    pub(super) fn weigh(&self, grey: &mut Image<Encoded>, execution: &Execution) {
        let (width, rows) = (grey.size().width(), execution.rows_per_strip(grey.size().height()));
        let square = |place: usize, middle: f64, half: f64| ((place as f64 - middle) / half).powi(2) as f32;
        let across: Vec<_> = (0..width).map(|x| square(x, self.x, self.half_width)).collect();
        let parts = [self.inside, self.rest].map(|part| part as f32);
        execution.for_each(grey.plane_mut(0).into_strips(rows).collect(), |(first, strip)| {
            for (y, row) in (first..).zip(strip.chunks_exact_mut(width)) {
                let down = square(y, self.y, self.half_height);
                dispatch!(execution.level(), simd => weigh_row(simd, &across, down, parts, row));
            }
        });
    }

    /// The share that comes through at a pixel, in `[0, 1]`.
    #[must_use]
    pub fn part(&self, x: usize, y: usize) -> f32 {
        let across = (x as f64 - self.x) / self.half_width;
        let down = (y as f64 - self.y) / self.half_height;
        let way = (-std::f64::consts::LN_2 * (across * across + down * down).powi(2)).exp();
        (self.rest + (self.inside - self.rest) * way) as f32
    }
}

/// Multiplies a row by [`Focus::part`], given the squared distances across and down in units of the ellipse's half
/// axes.
#[inline(always)]
fn weigh_row<S: Simd>(simd: S, across: &[f32], down: f32, [inside, rest]: [f32; 2], row: &mut [f32]) {
    const BLOCK: usize = 4;
    let splat = |v| S::f32s::splat(simd, v);
    rows::update::<S, BLOCK, 1, 1, 1>(
        simd,
        [[across]],
        [[row]],
        #[inline(always)]
        |[[across]], [[mut row]], _| {
            let exponents = across.map(|across| {
                let square = across + splat(down);
                square * square * splat(-std::f32::consts::LN_2)
            });
            for (sample, way) in row.iter_mut().zip(exp_block(simd, exponents)) {
                *sample *= way.mul_add(splat(inside - rest), splat(rest));
            }
            [[row]]
        },
    );
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Size};

    use super::*;

    #[test]
    fn weighted_pixels_are_multiplied_by_their_share() {
        let execution = Execution::with_threads(2).unwrap();
        let sizes = [(1, 1), (1, 40), (333, 1), (70, 31)];
        for ((width, height), (inside, rest)) in sizes.into_iter().zip([(1.0, 0.3), (0.2, 1.0), (0.0, 0.6), (0.5, 0.5)])
        {
            let size = Size::new(width, height).unwrap();
            let focus = Focus { x: 20.5, y: 11.0, half_width: 9.0, half_height: 14.0, inside, rest };
            let mut grey = Image::from_fn(size, Channels::Grey, |_, x, _| 0.2 + (x % 7) as f32);
            let before = grey.clone();
            focus.weigh(&mut grey, &execution);
            for y in 0..height {
                for x in 0..width {
                    let expected = focus.part(x, y) * before.plane(0).row(y)[x];
                    let found = grey.plane(0).row(y)[x];
                    assert!(
                        (found - expected).abs() < 1e-5 * before.plane(0).row(y)[x],
                        "{x}, {y}: {found}, not {expected}"
                    );
                }
            }
        }
        let focus = Focus { x: 4.0, y: 3.0, half_width: 2.0, half_height: 1.0, inside: 0.2, rest: 0.8 };
        let [middle, rim, beside] = [(4, 3), (6, 3), (40, 3)].map(|(x, y)| focus.part(x, y));
        assert!((middle - 0.2).abs() < 1e-6 && (rim - 0.5).abs() < 1e-6 && (beside - 0.8).abs() < 1e-6);
    }
}
