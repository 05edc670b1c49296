//! The smaller copies of a pair from which percepts are measured.

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{Face, PixelsPerDegree, Viewing, VisionError, shrink_on};

/// The size of the copies that are judged instead of hybrids of a given size. They are large enough for the middle of the
/// highest band that a percept counts, 45 cycles across a face; thus a large picture costs little more than a small one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct JudgedCopy {
    /// The size of the hybrids.
    size: Size,
    /// The size of the copies.
    pub(crate) copy: Size,
}

/// The shorter side of the copies, in pixels: with 320 they would have half as many pixels again, for percepts that differ
/// by about .02.
const SIDE: usize = 256;

/// The shorter side of the copies from which [drafts](crate::draft) are made, in pixels: with 128 the percept of a large
/// face up close is .1 too low.
const DRAFT_SIDE: usize = 192;

/// A smaller copy of a pair, from which drafts are made.
#[derive(Clone, Debug)]
pub(crate) struct DraftCopy {
    pub(crate) pair: Pair,
    /// The view of the pair up close, in pixels of the copy.
    pub(crate) up_close: PixelsPerDegree,
}

impl JudgedCopy {
    pub(crate) fn of(size: Size) -> Self {
        Self::with_side(size, SIDE)
    }

    /// The copy from which drafts are made.
    pub(crate) fn draft(self, judged: &Pair, execution: &Execution) -> Result<DraftCopy, VisionError> {
        let copy = Self::with_side(self.copy, DRAFT_SIDE);
        // On a usual screen, whatever surface the hybrid will be seen on: that is not known yet.
        let up_close = copy.view(self.view(Viewing::default().near_ppd)?)?;
        Ok(DraftCopy { pair: copy.pair(judged, execution)?, up_close })
    }

    /// Copies whose shorter side has at most `side` pixels.
    fn with_side(size: Size, side: usize) -> Self {
        Self { size, copy: size.with_shorter_side(side) }
    }

    /// Size of the copy relative to the original.
    pub(crate) fn scale(self) -> f64 {
        self.copy.shorter_side() as f64 / self.size.shorter_side() as f64
    }

    /// The copy of a hybrid, or of one of the two pictures.
    ///
    /// # Errors
    ///
    /// [`VisionError::HybridSize`] if the picture has another size than the hybrids.
    pub(crate) fn take(self, picture: &Image<Encoded>, execution: &Execution) -> Result<Image<Encoded>, VisionError> {
        if picture.size() != self.size {
            return Err(VisionError::HybridSize { hybrid: picture.size(), pair: self.size });
        }
        shrink_on(execution, picture, self.copy)
    }

    pub(crate) fn pair(self, pair: &Pair, execution: &Execution) -> Result<Pair, VisionError> {
        Ok(Pair::new(self.take(pair.near(), execution)?, self.take(pair.far(), execution)?)?)
    }

    pub(crate) fn face(self, face: Face) -> Result<Face, VisionError> {
        Face::new(face.center().map(|p| (p + 0.5) * self.scale() - 0.5), self.scale() * face.width())
    }

    /// A view of the hybrid, converted to pixels of the copy.
    pub(crate) fn view(self, of_hybrid: PixelsPerDegree) -> Result<PixelsPerDegree, VisionError> {
        PixelsPerDegree::new(of_hybrid.get() * self.scale())
    }
}
