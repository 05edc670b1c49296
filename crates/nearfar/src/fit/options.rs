//! Settings of fitting.

use nearfar_align::{Edges, Model, PointPair, Resampling};
use nearfar_image::Landmarks;
use serde::{Deserialize, Serialize};

/// How the map between the pictures is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Method {
    /// The first of these that is reliable: points (if any are given), two faces, content. Otherwise pictures of the same
    /// size stay as they are, and others are centred. If FAR's face is the only one and the sizes differ, it goes to the
    /// middle if NEAR has details everywhere, or else to where NEAR's details hide it.
    #[default]
    Auto,
    /// By pairs of points.
    Points,
    /// By a face in each picture, of a person or an animal: eyes onto eyes and, for two people, mouth onto mouth.
    Faces,
    /// By matching content: both pictures must show the same thing.
    Content,
    /// The head of one picture onto the middle of the other, as large as a head in a portrait, provided that the far picture
    /// covers the near one and is not enlarged more than twice. Nothing is rotated.
    Portrait,
    /// The far picture is scaled to cover the near one and slid along the side that extends beyond it, so that its face is
    /// whole and lies where the near picture's details hide it up close.
    HideFace,
    /// The far picture is scaled to cover the near one, with the same middle.
    CenterFit,
    /// No scaling: both are cropped around the middle to the size that they have in common.
    Crop,
    /// No change: both must have the same size.
    None,
}

impl Method {
    /// Whether the method explicitly asks for a face.
    pub(super) fn is_by_faces(self) -> bool {
        matches!(self, Self::Faces | Self::Portrait | Self::HideFace)
    }
}

/// Settings of [`fit`](super::fit).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// How the map is found.
    pub method: Method,
    /// Pairs of points, for [`Method::Points`].
    pub points: Vec<PointPair>,
    /// Model of the map fitted to points; by default [`Model::for_points`].
    pub model: Option<Model>,
    /// The face in the near picture, if known; otherwise it is searched for.
    pub near_face: Option<Landmarks>,
    /// The face in the far picture, if known; otherwise it is searched for.
    pub far_face: Option<Landmarks>,
    /// What to do where the far picture does not cover the near one.
    pub edges: Edges,
    /// How the far picture is resampled.
    pub resampling: Resampling,
}
