//! Two pictures that fit.

use nearfar_align::{Healing, PointList, PointPair, Transform};
use nearfar_image::{Landmarks, Pair, Point, Rect};

use super::{Method, Options};
use crate::{
    Note, Subject,
    choice::Choices,
    judged_copy::DraftCopy,
    note::{Fitted, Help},
};

/// Two pictures that fit, and how they came to. What is [chosen](crate::Method::choose) for them is kept with them, and their
/// clones: faces and frames are to be changed before, if at all.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// The pictures, of one size and in register. Hybrids are judged against copies that were taken of them when they were
    /// fitted: other pictures are to be fitted anew.
    pub pair: Pair,
    /// The map from the whole near picture to the far one.
    pub transform: Transform,
    /// How the map was found; never [`Method::Auto`].
    pub method: Method,
    /// How sure the method is, in `[0, 1]`: 1 for points and for methods that guess nothing.
    pub confidence: f64,
    /// The part of the near picture that the pair shows.
    pub frame: Rect,
    /// Share of the near picture that the far one covers, in `[0, 1]`.
    pub overlap: f64,
    /// What was done about the far picture's edges.
    pub healing: Healing,
    /// The face of the near picture, where one was given or found, in that picture's own pixels.
    pub near_face: Option<Landmarks>,
    /// The same of the far picture, in its own pixels.
    pub far_face: Option<Landmarks>,
    /// Whether the far picture shows several people together, and nobody asked for a face of it: then all of it is its
    /// subject.
    pub far_is_group: bool,
    /// Whether a face was given or looked for in the near and in the far picture.
    pub searched: [bool; 2],
    /// The pair's small copies, which hybrids of it are judged against.
    pub(crate) judged: Pair,
    /// What drafts are made of.
    pub(crate) draft: DraftCopy,
    /// What was chosen for it so far.
    pub(crate) choices: Choices,
    /// What else a person may want to know.
    pub notes: Vec<Note>,
}

impl Aligned {
    /// How they came to fit, in short.
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

    /// Near pixels in a pixel of the far picture, in the middle of the frame: how much it is enlarged.
    #[must_use]
    pub fn far_scale(&self) -> f64 {
        far_scale(&self.transform, self.frame)
    }

    /// What would help a hybrid of them that does not flip.
    pub(crate) fn help(&self) -> Help {
        if self.far_face.is_some() && self.near_face.is_none() { Help::BoldNear } else { Help::Points }
    }

    /// The points that the pictures were laid onto each other by: those given, or eyes and mouths, or, of any other map, where
    /// it takes four places of the frame.
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

    /// The far picture's face where the pair shows it, in the pair's pixels.
    #[must_use]
    pub fn far_face_in_pair(&self) -> Option<Landmarks> {
        face_in_frame(self.far_face?, &self.transform, self.frame)
    }

    /// The near picture's face where the pair shows it, in the pair's pixels.
    #[must_use]
    pub fn near_face_in_pair(&self) -> Option<Landmarks> {
        in_frame(self.near_face?, self.frame)
    }

    /// What the far picture must show.
    #[must_use]
    pub fn subject(&self) -> Subject {
        far_subject(self.far_face.filter(|_| !self.far_is_group), &self.transform, self.frame)
    }
}

/// A face of the far picture in the pixels of the frame that the pair shows, if its middle is there.
fn face_in_frame(face: Landmarks, transform: &Transform, frame: Rect) -> Option<Landmarks> {
    in_frame(face.moved(|far| transform.apply_inverse(far))?, frame)
}

/// A face in the near picture's pixels in those of the frame, if its middle is there.
fn in_frame(face: Landmarks, frame: Rect) -> Option<Landmarks> {
    let face = face.moved(|place| Some(Point::new(place.x - frame.x as f64, place.y - frame.y as f64)))?;
    Rect::whole(frame.size).contains(face.middle()).then_some(face)
}

/// What a far picture with this face, or with none that matters, must show in the frame.
fn far_subject(face: Option<Landmarks>, transform: &Transform, frame: Rect) -> Subject {
    Subject::new(face.and_then(|face| face_in_frame(face, transform, frame)), frame.size)
}

pub(super) fn far_scale(transform: &Transform, frame: Rect) -> f64 {
    let middle = frame.size.middle();
    transform.scale_at(Point::new(frame.x as f64 + middle.x, frame.y as f64 + middle.y)).recip()
}
