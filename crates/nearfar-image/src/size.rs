//! Width and height.

use std::fmt;

use crate::{ImageError, Point};

/// Width and height of a picture in pixels; neither is zero, and three planes of that size fit into the address space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    width: usize,
    height: usize,
}

impl Size {
    /// A size of `width` x `height` pixels.
    ///
    /// # Errors
    ///
    /// [`ImageError::EmptySize`] if either is zero, [`ImageError::SizeTooLarge`] if three `f32` planes would not fit
    /// into the address space.
    pub fn new(width: usize, height: usize) -> Result<Self, ImageError> {
        if width == 0 || height == 0 {
            return Err(ImageError::EmptySize { width, height });
        }
        let bytes = width.checked_mul(height).and_then(|area| area.checked_mul(3 * size_of::<f32>()));
        match bytes {
            Some(bytes) if isize::try_from(bytes).is_ok() => Ok(Self { width, height }),
            _ => Err(ImageError::SizeTooLarge { width, height }),
        }
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(self) -> usize {
        self.width
    }

    /// Number of rows.
    #[must_use]
    pub fn height(self) -> usize {
        self.height
    }

    /// Number of pixels.
    #[must_use]
    pub fn area(self) -> usize {
        self.width * self.height
    }

    /// Width and height swapped.
    #[must_use]
    pub fn transposed(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// The shorter side in pixels.
    #[must_use]
    pub fn shorter_side(self) -> usize {
        self.width.min(self.height)
    }

    /// Half of each side, rounded up.
    #[must_use]
    pub fn halved(self) -> Self {
        Self { width: self.width.div_ceil(2), height: self.height.div_ceil(2) }
    }

    /// The size of a copy whose shorter side is at most `side` pixels (at least 1), with the same proportions to within
    /// a pixel.
    ///
    /// ```
    /// use nearfar_image::Size;
    ///
    /// let size = Size::new(1024, 768)?;
    /// let copy = size.with_shorter_side(320);
    /// assert_eq!((copy.width(), copy.height()), (427, 320));
    /// assert_eq!(copy.with_shorter_side(500), copy);
    /// assert_eq!(size.with_longer_side(512), Size::new(512, 384)?);
    /// # Ok::<(), nearfar_image::ImageError>(())
    /// ```
    #[must_use]
    pub fn with_shorter_side(self, side: usize) -> Self {
        self.scaled(side.max(1) as f64 / self.shorter_side() as f64)
    }

    /// As [`Self::with_shorter_side`], for the longer side.
    #[must_use]
    pub fn with_longer_side(self, side: usize) -> Self {
        self.scaled(side.max(1) as f64 / self.longer_side() as f64)
    }

    /// The size of a copy scaled by a factor, which counts as 1 if it is larger; no side becomes 0.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let scaled = |length: usize| ((length as f64 * factor.min(1.0)).round() as usize).clamp(1, length);
        Self { width: scaled(self.width), height: scaled(self.height) }
    }

    /// The longer side in pixels.
    #[must_use]
    pub fn longer_side(self) -> usize {
        self.width.max(self.height)
    }

    /// The centre of a picture of this size.
    #[must_use]
    pub fn middle(self) -> Point {
        Point::new(0.5 * (self.width - 1) as f64, 0.5 * (self.height - 1) as f64)
    }
}

/// `WIDTHxHEIGHT`, as in `512x600`.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}
