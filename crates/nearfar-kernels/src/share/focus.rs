//! The place of the far picture's subject.

use nearfar_image::{Encoded, Image};

use crate::Execution;

/// An ellipse in which the far picture comes through whole; around it, softly, a part of it does.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Focus {
    /// Middle, in pixels from the left; whole numbers are the middles of pixels.
    pub x: f64,
    /// Middle, in pixels from the top.
    pub y: f64,
    /// Half the ellipse's width, in pixels, where half of the way to `rest` is gone.
    pub half_width: f64,
    /// Half its height, likewise.
    pub half_height: f64,
    /// How much comes through far away from it, `[0, 1]`.
    pub rest: f64,
}

impl Focus {
    pub(super) fn is_ellipse(self) -> bool {
        let is_size = |v: f64| v.is_finite() && v > 0.0;
        self.x.is_finite() && self.y.is_finite() && is_size(self.half_width) && is_size(self.half_height)
    }

    /// The same for pictures `factor` times as large.
    pub(super) fn enlarged(self, factor: f64) -> Self {
        let place = |p: f64| (p + 0.5) * factor - 0.5;
        Self {
            x: place(self.x),
            y: place(self.y),
            half_width: factor * self.half_width,
            half_height: factor * self.half_height,
            ..self
        }
    }

    /// Multiplies every pixel of a grey picture by how much comes through there.
    pub(super) fn weigh(&self, grey: &mut Image<Encoded>, execution: &Execution) {
        let (width, rows) = (grey.size().width(), execution.rows_per_strip(grey.size().height()));
        execution.for_each(grey.plane_mut(0).into_strips(rows).collect(), |(first, strip)| {
            for (y, row) in (first..).zip(strip.chunks_exact_mut(width)) {
                for (x, sample) in row.iter_mut().enumerate() {
                    *sample *= self.part(x, y);
                }
            }
        });
    }

    /// How much comes through at a pixel, in `[0, 1]`.
    #[must_use]
    pub fn part(&self, x: usize, y: usize) -> f32 {
        let across = (x as f64 - self.x) / self.half_width;
        let down = (y as f64 - self.y) / self.half_height;
        let inside = (-std::f64::consts::LN_2 * (across * across + down * down).powi(2)).exp();
        (self.rest + (1.0 - self.rest) * inside) as f32
    }
}
