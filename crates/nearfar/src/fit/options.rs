//! Settings.

use nearfar_align::{Edges, Model, PointPair, Resampling};
use nearfar_image::Landmarks;
use serde::{Deserialize, Serialize};

/// How the map between the pictures is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Method {
    /// The first that is sure of points (if any are given), two faces, content; else nothing for pictures of one size, and
    /// a centre-fit for others. FAR's face, where it is the only one, goes into the middle if NEAR has details everywhere,
    /// and else to where they hide it.
    #[default]
    Auto,
    /// From pairs of points.
    Points,
    /// From the eyes, and for two people the mouth, of a face in each picture, a person's or an animal's.
    Faces,
    /// From what the pictures show: both must show the same thing.
    Content,
    /// The head of one picture on the middle of the other, as large as a head in a portrait if the far picture covers the
    /// near one then and is not enlarged more than twice. Nothing is turned.
    Portrait,
    /// The far picture is scaled to cover the near one and slid along the side that juts out, so that its face is whole and
    /// lies where the near picture's details hide it up close.
    HideFace,
    /// The far picture is scaled to cover the near one, middle on middle.
    CenterFit,
    /// Nothing is scaled: both are cropped to the size that both have, middle on middle.
    Crop,
    /// Nothing is done: both must have one size.
    None,
}

impl Method {
    /// Whether it asks for a face of the pictures by name.
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
    /// The map fitted to points; by default [`Model::for_points`].
    pub model: Option<Model>,
    /// The face in the near picture, if it is known; else it is looked for.
    pub near_face: Option<Landmarks>,
    /// The face in the far picture, if it is known; else it is looked for.
    pub far_face: Option<Landmarks>,
    /// What is done where the far picture does not cover the near one.
    pub edges: Edges,
    /// How the far picture is resampled.
    pub resampling: Resampling,
}
