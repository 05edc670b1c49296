//! What a pixel is made of in a file.

/// The samples of one pixel, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) color: Colorants,
    /// How colours are stored beside their opacity, which comes last, if there is one.
    pub(crate) alpha: Option<Alpha>,
}

/// How colours are stored beside their opacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alpha {
    /// As they are.
    Straight,
    /// Multiplied by the opacity already.
    Premultiplied,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colorants {
    Grey,
    Rgb,
    /// Light that each ink lets through: 1 is bare paper, as Adobe's JPEG files have it.
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

    /// Samples of one pixel.
    pub(crate) fn count(self) -> usize {
        self.color.count() + usize::from(self.alpha.is_some())
    }
}
