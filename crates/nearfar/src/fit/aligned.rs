//! Two pictures in register.

use nearfar_align::{Healing, PointList, PointPair, Transform};
use nearfar_image::{Landmarks, Pair, Point, Rect};

use super::{Method, Options};
use crate::{
    Note, Subject,
    choice::Choices,
    judged_copy::DraftCopy,
    note::{Fitted, Help},
};

/// Two pictures in register, and how they were brought there. Anything that is [chosen](crate::Method::choose) for them is
/// cached here and in clones: change faces and frames, if at all, before the first choice.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// The pictures, of one size and in register. Hybrids are judged against copies that were made when these were fitted:
    /// to use other pictures, fit them anew.
    pub pair: Pair,
    /// The map from the whole near picture to the far one.
    pub transform: Transform,
    /// How the map was found; never [`Method::Auto`].
    pub method: Method,
    /// Confidence of the method, in `[0, 1]`: 1 for points and for methods without a guess.
    pub confidence: f64,
    /// The part of the near picture that the pair shows.
    pub frame: Rect,
    /// Share of the near picture that the far one covers, in `[0, 1]`.
    pub overlap: f64,
    /// How the far picture's edges were treated.
    pub healing: Healing,
    /// The face in the near picture, if one was given or found, in that picture's own pixels.
    pub near_face: Option<Landmarks>,
    /// The face in the far picture, in that picture's own pixels.
    pub far_face: Option<Landmarks>,
    /// Whether the far picture shows several people together and no face in it was given: its subject is then the whole
    /// picture.
    pub far_is_group: bool,
    /// Whether a face was given or searched for in the near and in the far picture.
    pub searched: [bool; 2],
    /// Small copies of the pair, against which hybrids are judged.
    pub(crate) judged: Pair,
    /// The copy from which drafts are made.
    pub(crate) draft: DraftCopy,
    /// The choices made for the pair so far.
    pub(crate) choices: Choices,
    /// Other notes for the user.
    pub notes: Vec<Note>,
}

impl Aligned {
    /// A summary of how they were brought into register.
    #[must_use]
    pub fn fitted(&self) -> Fitted {
        Fitted {
            method: self.method,
            confidence: self.confidence,
            near_animal: self.near_face.map(|face| face.animal),
            far_animal: self.far_face.map(|face| face.animal),
            healing: self.healing,
            overlap: self.overlap,
            size: self.frame.size,
        }
    }

    /// Near pixels per pixel of the far picture in the middle of the frame, by which the far picture is enlarged.
    #[must_use]
    pub fn far_scale(&self) -> f64 {
        far_scale(&self.transform, self.frame)
    }

    /// What would help if a hybrid of them does not flip.
    pub(crate) fn help(&self) -> Help {
        if self.far_face.is_some() && self.near_face.is_none() { Help::BoldNear } else { Help::Points }
    }

    /// The points by which the pictures were laid onto each other: those given, or eyes and mouths, or, for any other map,
    /// four places in the frame and their images.
    #[must_use]
    pub fn points(&self, options: &Options) -> PointList {
        if self.method == Method::Points {
            return PointList { points: options.points.clone() };
        }
        if let (Method::Faces, Some(near), Some(far)) = (self.method, &self.near_face, &self.far_face) {
            return PointList::of_faces(near, far);
        }
        let Rect { x, y, size } = self.frame;
        let place = |(u, v): (f64, f64)| {
            Point::new((x as f64 + u * size.width() as f64).round(), (y as f64 + v * size.height() as f64).round())
        };
        let places = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)].map(place);
        PointList { points: places.map(|near| PointPair { near, far: self.transform.apply(near) }).to_vec() }
    }

    /// The far picture's face in the pair's pixels, if the pair shows it.
    #[must_use]
    pub fn far_face_in_pair(&self) -> Option<Landmarks> {
        face_in_frame(self.far_face?, &self.transform, self.frame)
    }

    /// The near picture's face in the pair's pixels, if the pair shows it.
    #[must_use]
    pub fn near_face_in_pair(&self) -> Option<Landmarks> {
        in_frame(self.near_face?, self.frame)
    }

    /// The subject of the far picture.
    #[must_use]
    pub fn subject(&self) -> Subject {
        far_subject(self.far_face.filter(|_| !self.far_is_group), &self.transform, self.frame)
    }
}

/// A face in the far picture, in pixels of the pair's frame; `None` if its middle lies outside.
fn face_in_frame(face: Landmarks, transform: &Transform, frame: Rect) -> Option<Landmarks> {
    in_frame(face.mapped(|far| transform.apply_inverse(far))?, frame)
}

/// A face in the near picture, in pixels of the frame; `None` if its middle lies outside.
fn in_frame(face: Landmarks, frame: Rect) -> Option<Landmarks> {
    let face = face.mapped(|place| Some(Point::new(place.x - frame.x as f64, place.y - frame.y as f64)))?;
    Rect::whole(frame.size).contains(face.middle()).then_some(face)
}

/// The subject of a far picture with this face, or with none that matters, in the frame.
fn far_subject(face: Option<Landmarks>, transform: &Transform, frame: Rect) -> Subject {
    Subject::new(face.and_then(|face| face_in_frame(face, transform, frame)), frame.size)
}

pub(super) fn far_scale(transform: &Transform, frame: Rect) -> f64 {
    let middle = frame.size.middle();
    transform.scale_at(Point::new(frame.x as f64 + middle.x, frame.y as f64 + middle.y)).recip()
}
