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
        /// Between the eyes and the mouth, in the hybrid's pixels.
        middle: Point,
        /// From ear to ear, in the hybrid's pixels.
        width: f64,
    },
    /// All that the picture shows; its shorter side is so many pixels.
    Picture {
        /// In pixels.
        side: usize,
    },
}

/// A face is this many times as wide as its eyes are apart: 140 mm to 63 mm, the means of grown people. The heads of a
/// raccoon, three cats and a dog are 2.1 to 2.9 times as wide, and what makes them known is within this width.
const FACE_WIDTH: f64 = 2.2;

/// A face narrower than this part of the picture's shorter side is not what is seen of it from afar: the most cycles that
/// leave the near picture something are too few across it.
const LEAST_FACE: f64 = 0.17;

impl Subject {
    /// Of a far picture that fits its near one, whose face, if it shows one, is there in the hybrid's pixels.
    pub(crate) fn new(face: Option<Landmarks>, size: Size) -> Self {
        let side = size.shorter_side();
        match face.map(|face| (face.middle(), FACE_WIDTH * face.extent())) {
            Some((middle, width)) if width >= LEAST_FACE * side as f64 => Self::Face { middle, width },
            _ => Self::Picture { side },
        }
    }

    /// The same in a copy of the picture that is `scale` times as large.
    pub(crate) fn scaled(self, scale: f64, copy: Size) -> Self {
        match self {
            Self::Face { middle, width } => {
                let [x, y] = [middle.x, middle.y].map(|place| (place + 0.5) * scale - 0.5);
                Self::Face { middle: Point::new(x, y), width: scale * width }
            }
            Self::Picture { .. } => Self::Picture { side: copy.shorter_side() },
        }
    }

    /// The face, as percepts are judged by.
    #[must_use]
    pub fn face(self) -> Option<Face> {
        match self {
            Self::Face { middle, width } => Face::new([middle.x, middle.y], width).ok(),
            Self::Picture { .. } => None,
        }
    }
}
