//! The layout of a file's pixels.

/// The samples of one pixel, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) color: Colorants,
    /// The representation of alpha, which comes last, if there is any.
    pub(crate) alpha: Option<Alpha>,
}

/// The representation of colours that have alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alpha {
    /// Not premultiplied.
    Straight,
    /// Premultiplied by alpha.
    Premultiplied,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colorants {
    Grey,
    Rgb,
    /// The light that each ink lets through: 1 is bare paper, as in Adobe's JPEG files.
    Cmyk,
}

impl Colorants {
    pub(crate) fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

impl Layout {
    pub(crate) const GREY: Self = Self { color: Colorants::Grey, alpha: None };
    pub(crate) const RGB: Self = Self { color: Colorants::Rgb, alpha: None };
    pub(crate) const CMYK: Self = Self { color: Colorants::Cmyk, alpha: None };

    pub(crate) fn with_alpha(self) -> Self {
        Self { alpha: Some(Alpha::Straight), ..self }
    }

    /// Samples per pixel.
    pub(crate) fn count(self) -> usize {
        self.color.count() + usize::from(self.alpha.is_some())
    }
}
