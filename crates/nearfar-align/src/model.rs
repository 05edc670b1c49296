//! Kinds of transforms.

/// The kind of transform that is fitted to pairs of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Model {
    /// Rotation, scale and shift: 2 pairs or more.
    Similarity,
    /// Also stretch and shear: 3 pairs or more.
    Affine,
    /// Also perspective: 4 pairs or more.
    Projective,
    /// A map that bends through every point: 3 pairs or more, and at most [`Model::MAX_THIN_PLATE_POINTS`].
    ThinPlate,
}

impl Model {
    /// Limit for thin-plate splines, whose cost grows with points times pixels.
    pub const MAX_THIN_PLATE_POINTS: usize = 500;

    /// The usual model for a number of pairs: a similarity for 2, an affine map for 3, a projective one for 4 or more.
    #[must_use]
    pub fn for_points(count: usize) -> Self {
        match count {
            0..=2 => Self::Similarity,
            3 => Self::Affine,
            _ => Self::Projective,
        }
    }

    /// The smallest number of pairs.
    #[must_use]
    pub fn least_points(self) -> usize {
        match self {
            Self::Similarity => 2,
            Self::Affine | Self::ThinPlate => 3,
            Self::Projective => 4,
        }
    }

    /// Name in plain English.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Similarity => "similarity",
            Self::Affine => "affine map",
            Self::Projective => "projective map",
            Self::ThinPlate => "thin-plate spline",
        }
    }
}
