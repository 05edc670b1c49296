//! What the far picture must show from afar.

use nearfar_image::{Landmarks, Point, Size};
use nearfar_vision::Face;
use serde::Serialize;

/// What the far picture must show from afar.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A face.
    Face {
        /// Middle of the eyes and the mouth, in the hybrid's pixels.
        middle: Point,
        /// Width from ear to ear, in the hybrid's pixels.
        width: f64,
    },
    /// The whole picture.
    Picture {
        /// Its shorter side, in pixels.
        side: usize,
    },
}

/// Width of a face relative to the distance between its eyes: 140 mm to 63 mm, the means of adults. The heads of a raccoon,
/// three cats and a dog are 2.1 to 2.9 times as wide as their eyes are apart, and the features that identify them lie within
/// this width.
const FACE_WIDTH: f64 = 2.2;

/// The narrowest face that can be the subject, relative to the picture's shorter side: across a narrower one, the most
/// cycles that leave the near picture anything are too few to recognise it from afar.
const LEAST_FACE: f64 = 0.17;

impl Subject {
    /// The subject of a far picture in register, whose face, if it shows one, is given in the hybrid's pixels.
    pub(crate) fn new(face: Option<Landmarks>, size: Size) -> Self {
        let side = size.shorter_side();
        match face.map(|face| (face.middle(), FACE_WIDTH * face.extent())) {
            Some((middle, width)) if width >= LEAST_FACE * side as f64 => Self::Face { middle, width },
            _ => Self::Picture { side },
        }
    }

    /// The same subject in a copy of the picture that is `scale` times as large.
    pub(crate) fn scaled(self, scale: f64, copy: Size) -> Self {
        match self {
            Self::Face { middle, width } => {
                let [x, y] = [middle.x, middle.y].map(|place| (place + 0.5) * scale - 0.5);
                Self::Face { middle: Point::new(x, y), width: scale * width }
            }
            Self::Picture { .. } => Self::Picture { side: copy.shorter_side() },
        }
    }

    /// The face by which percepts are judged.
    #[must_use]
    pub fn face(self) -> Option<Face> {
        match self {
            Self::Face { middle, width } => Face::new([middle.x, middle.y], width).ok(),
            Self::Picture { .. } => None,
        }
    }
}
