//! The copies of a pair that percepts are taken of.

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{Face, PixelsPerDegree, VisionError, shrink_on};

/// Says what copies are looked at instead of hybrids of a size: enough for the 45 cycles across a face that a percept
/// counts, so that a large picture costs little more than a small one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct JudgedCopy {
    /// Of the hybrids.
    size: Size,
    /// Of the copies.
    pub(crate) copy: Size,
}

/// The shorter side of the copies, in pixels.
const SIDE: usize = 320;

impl JudgedCopy {
    pub(crate) fn of(size: Size) -> Self {
        Self::with_side(size, SIDE)
    }

    /// Copies whose shorter side has at most so many pixels.
    pub(crate) fn with_side(size: Size, side: usize) -> Self {
        Self { size, copy: size.with_shorter_side(side) }
    }

    /// Pixels of a copy in a pixel of what it is a copy of.
    pub(crate) fn scale(self) -> f64 {
        self.copy.shorter_side() as f64 / self.size.shorter_side() as f64
    }

    /// The copy of a hybrid, or of one of its pictures.
    ///
    /// # Errors
    ///
    /// [`VisionError::HybridSize`] if it has another size.
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

    /// A view of the hybrid, as a view of the copy.
    pub(crate) fn view(self, of_hybrid: PixelsPerDegree) -> Result<PixelsPerDegree, VisionError> {
        PixelsPerDegree::new(of_hybrid.get() * self.scale())
    }
}
