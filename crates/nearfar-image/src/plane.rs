//! Borrowed views of one plane, as rows.

use crate::Size;

/// One plane of a picture, borrowed: `height` rows of `width` samples.
#[derive(Clone, Copy, Debug)]
pub struct Plane<'a> {
    size: Size,
    samples: &'a [f32],
}

impl<'a> Plane<'a> {
    /// A view of `samples`, row after row.
    ///
    /// # Panics
    ///
    /// If there is not one sample for each pixel.
    #[must_use]
    pub fn new(size: Size, samples: &'a [f32]) -> Self {
        assert_eq!(samples.len(), size.area(), "a plane has one sample for each pixel");
        Self { size, samples }
    }

    /// Size in pixels.
    #[must_use]
    pub fn size(self) -> Size {
        self.size
    }

    /// All samples, row after row.
    #[must_use]
    pub fn samples(self) -> &'a [f32] {
        self.samples
    }

    /// Row `y`, from the top.
    ///
    /// # Panics
    ///
    /// If `y` is not below the height.
    #[must_use]
    pub fn row(self, y: usize) -> &'a [f32] {
        &self.samples[y * self.size.width()..][..self.size.width()]
    }

    /// The rows from top to bottom.
    pub fn rows(self) -> impl ExactSizeIterator<Item = &'a [f32]> + use<'a> {
        self.samples.chunks_exact(self.size.width())
    }
}

/// One plane of a picture, borrowed for writing.
#[derive(Debug)]
pub struct PlaneMut<'a> {
    size: Size,
    samples: &'a mut [f32],
}

impl<'a> PlaneMut<'a> {
    /// A view of `samples`, row after row.
    ///
    /// # Panics
    ///
    /// If there is not one sample for each pixel.
    #[must_use]
    pub fn new(size: Size, samples: &'a mut [f32]) -> Self {
        assert_eq!(samples.len(), size.area(), "a plane has one sample for each pixel");
        Self { size, samples }
    }

    /// Size in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// The same plane, read-only.
    #[must_use]
    pub fn as_plane(&self) -> Plane<'_> {
        Plane { size: self.size, samples: self.samples }
    }

    /// Row `y`, from the top.
    ///
    /// # Panics
    ///
    /// If `y` is not below the height.
    pub fn row_mut(&mut self, y: usize) -> &mut [f32] {
        let width = self.size.width();
        &mut self.samples[y * width..][..width]
    }

    /// The rows from top to bottom.
    pub fn rows_mut(&mut self) -> impl ExactSizeIterator<Item = &mut [f32]> {
        self.samples.chunks_exact_mut(self.size.width())
    }

    /// Splits the plane into strips of `rows` rows (the last may have fewer), each with the index of its first row: the
    /// units of work that are handed to threads.
    ///
    /// # Panics
    ///
    /// If `rows` is zero.
    pub fn into_strips(self, rows: usize) -> impl ExactSizeIterator<Item = (usize, &'a mut [f32])> {
        assert!(rows > 0, "a strip has at least one row");
        self.samples.chunks_mut(rows * self.size.width()).enumerate().map(move |(i, strip)| (i * rows, strip))
    }
}
