//! Blurring a plane.

use nearfar_image::{Plane, PlaneMut, Size};

use crate::{Band, Border, Execution, Taps, rows};

/// A plan for blurring planes of one size: the same symmetric taps down the columns and along the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct SeparableBlur {
    size: Size,
    border: Border,
    taps: Taps,
    columns: Band,
}

impl SeparableBlur {
    /// A plan for planes of `size`.
    #[must_use]
    pub fn new(size: Size, taps: &Taps, border: Border) -> Self {
        Self { size, border, taps: taps.clone(), columns: Band::new(size.height(), taps, border) }
    }

    /// Size of the planes that this plan blurs.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// The filter down the columns, border included.
    #[must_use]
    pub fn columns(&self) -> &Band {
        &self.columns
    }

    /// Length of the line that [`Self::along_row`] works in: a row with room for the border on both sides.
    #[must_use]
    pub fn line_len(&self) -> usize {
        self.size.width() + 2 * self.taps.radius()
    }

    /// The part of a line that holds the row itself.
    pub fn row_of<'a>(&self, line: &'a mut [f32]) -> &'a mut [f32] {
        &mut line[self.taps.radius()..][..self.size.width()]
    }

    /// Blurs one row along itself. The row stands in the middle of `line` (see [`Self::row_of`]); its two ends are
    /// overwritten.
    pub fn along_row(&self, execution: &Execution, line: &mut [f32], target: &mut [f32]) {
        self.border.pad(line, self.taps.radius());
        rows::correlate(execution.level(), self.taps.weights(), line, target);
    }

    /// `target = G source`. Allocates one line for each strip of rows.
    ///
    /// # Panics
    ///
    /// If either plane is not of the plan's size.
    pub fn apply(&self, execution: &Execution, source: Plane<'_>, target: PlaneMut<'_>) {
        assert_eq!(source.size(), self.size, "the source has the plan's size");
        assert_eq!(target.size(), self.size, "the target has the plan's size");
        let width = self.size.width();
        let strips = target.into_strips(execution.rows_per_strip(self.size.height())).collect();
        execution.for_each(strips, |(first, strip): (usize, &mut [f32])| {
            let mut line = vec![0.0; self.line_len()];
            for (y, target) in strip.chunks_exact_mut(width).enumerate() {
                let (start, weights) = self.columns.row(first + y);
                rows::combine(execution.level(), weights, |k| source.row(start + k), self.row_of(&mut line));
                self.along_row(execution, &mut line, target);
            }
        });
    }

    /// `target = Gᵀ source`. The taps are symmetric and so is either [`Border`]: the adjoint is the blur itself.
    ///
    /// # Panics
    ///
    /// If either plane is not of the plan's size.
    pub fn apply_adjoint(&self, execution: &Execution, source: Plane<'_>, target: PlaneMut<'_>) {
        self.apply(execution, source, target);
    }
}
