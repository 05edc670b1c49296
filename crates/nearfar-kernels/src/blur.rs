//! Separable blurs.

use nearfar_image::{Plane, PlaneMut, Size};

use crate::{
    Band, Border, Execution, Taps,
    rows::{self, GROUP, RowSpan},
};

/// A plan for blurring planes of one size with symmetric taps down the columns and along the rows, usually the same.
/// Since the taps and either [`Border`] are symmetric, the blur is its own adjoint.
#[derive(Clone, Debug, PartialEq)]
pub struct SeparableBlur {
    size: Size,
    border: Border,
    /// Along the rows.
    taps: Taps,
    columns: Band,
}

impl SeparableBlur {
    /// A plan for planes of `size`.
    #[must_use]
    pub fn new(size: Size, taps: &Taps, border: Border) -> Self {
        Self::with_axes(size, [taps, taps], border)
    }

    /// A plan with different taps along the rows and down the columns, as planes with non-square pixels need.
    #[must_use]
    pub fn with_axes(size: Size, [across, down]: [&Taps; 2], border: Border) -> Self {
        Self { size, border, taps: across.clone(), columns: Band::new(size.height(), down, border) }
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

    /// Length of the scratch line for [`Self::along_row`]: a row with padding for the border on both sides.
    #[must_use]
    pub fn line_len(&self) -> usize {
        self.size.width() + 2 * self.taps.radius()
    }

    /// The part of a line that holds the row itself.
    pub fn row_of<'a>(&self, line: &'a mut [f32]) -> &'a mut [f32] {
        &mut line[self.taps.radius()..][..self.size.width()]
    }

    /// The parts of [`GROUP`] consecutive lines that hold the rows themselves.
    ///
    /// # Panics
    ///
    /// If there are fewer lines.
    pub fn rows_of<'a>(&self, lines: &'a mut [f32]) -> [&'a mut [f32]; GROUP] {
        let mut lines = lines.chunks_exact_mut(self.line_len());
        [(); GROUP].map(|()| self.row_of(lines.next().expect("there are GROUP lines")))
    }

    /// Blurs one row along itself. The row is in the middle of `line` (see [`Self::row_of`]); the padding on both sides
    /// is overwritten.
    pub fn along_row(&self, execution: &Execution, line: &mut [f32], target: &mut [f32]) {
        self.border.pad(line, self.taps.radius());
        rows::correlate(execution.level(), self.taps.weights(), line, target);
    }

    /// `target = G source`. Allocates a few lines for each strip of rows.
    ///
    /// # Panics
    ///
    /// If either plane is not of the plan's size.
    pub fn apply(&self, execution: &Execution, source: Plane<'_>, target: PlaneMut<'_>) {
        assert_eq!(source.size(), self.size, "the source has the plan's size");
        assert_eq!(target.size(), self.size, "the target has the plan's size");
        let width = self.size.width();
        let rows_per_strip = execution.rows_per_strip(self.size.height()).next_multiple_of(GROUP);
        let strips = target.into_strips(rows_per_strip).collect();
        execution.for_each(strips, |(first, strip): (usize, &mut [f32])| {
            let mut lines = vec![0.0; GROUP * self.line_len()];
            for (g, targets) in strip.chunks_mut(GROUP * width).enumerate() {
                let (start, weights) = self.columns.group(first / GROUP + g);
                let rows = RowSpan::new([&source.samples()[start * width..], &[]], width);
                rows::combine(execution.level(), weights, rows, self.rows_of(&mut lines));
                for (line, target) in lines.chunks_exact_mut(self.line_len()).zip(targets.chunks_exact_mut(width)) {
                    self.along_row(execution, line, target);
                }
            }
        });
    }
}
