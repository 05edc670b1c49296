//! What two pictures are made to fit by: the one rule for every command and for [`Recipe`](crate::Recipe)s.

mod error;
mod faces;
mod options;

use nearfar_align::{
    AlignError, ContentMatch, Healing, Model, PointList, PointPair, Registered, Similarity, Transform, center_fit,
    center_shift, match_content, register,
};
use nearfar_image::{Encoded, Image, Landmarks, Pair, Point, Rect, Size};
use nearfar_kernels::Execution;

use faces::Faces;

pub use error::FitError;
pub use nearfar_align::Edges;
pub use options::{Method, Options};

/// Two pictures that fit, and how they came to.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// The pictures, of one size and in register.
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
    /// Whether a face was given or looked for in the near and in the far picture.
    pub searched: [bool; 2],
    /// What else a person may want to know.
    pub notes: Vec<Note>,
}

/// Something that a person may want to know about an alignment.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Note {
    /// Faces that were given or found; the largest of each picture is used.
    Faces {
        /// In the near picture.
        near: usize,
        /// In the far picture.
        far: usize,
    },
    /// The contents do not match well enough to trust.
    ContentUncertain {
        /// Confidence of the best match, in `[0, 1]`.
        confidence: f64,
    },
    /// The points do not agree exactly with the map.
    PointsMisfit {
        /// Root-mean-square distance in far pixels.
        pixels: f64,
    },
    /// The far picture is enlarged so much that it looks soft.
    FarEnlarged {
        /// Near pixels in a pixel of the far picture, in the middle of the frame.
        factor: f64,
    },
}

/// The least share of the near picture that must be covered: below it, a map given by points is a mistake.
const LEAST_OVERLAP: f64 = 0.02;
/// A face finder's confidence below this is not trusted.
const LEAST_FACE_CONFIDENCE: f64 = 0.5;
/// A head's share of the shorter side of a portrait.
const HEAD_SHARE: f64 = 0.8;
/// How far a face is trusted that has no other to lie on.
const ONE_FACE_TRUST: f64 = 0.5;
/// Points that agree this well, in far pixels, agree.
const EXACT: f64 = 0.5;
/// Enlarging further than this is worth a note.
const SOFT: f64 = 2.0;

/// Makes the far picture fit the near one: finds the map, warps the far picture onto the near picture's frame and
/// heals the edges. Takes the pictures, so that no memory is held for what the pair does not need.
///
/// # Errors
///
/// [`FitError`]: points that cannot be used, pictures of different sizes with [`Method::None`], no faces or no
/// match where these were asked for by name, no overlap, or samples that are not finite. With [`Method::Auto`] and
/// without points only the last can happen.
pub fn fit(
    near: Image<Encoded>,
    far: Image<Encoded>,
    options: &Options,
    execution: &Execution,
) -> Result<Aligned, FitError> {
    near.check_finite()?;
    far.check_finite()?;
    let Found { transform, method, confidence, faces, mut notes } = find(&near, &far, options, execution)?;
    let edges = if method == Method::Crop { Edges::Crop } else { options.edges };
    let subject = subject(near.size(), &faces, &options.points);
    let Registered { pair, frame, overlap, healing } =
        register(near, far, &transform, subject, edges, &options.resampling, execution)?;
    if overlap < LEAST_OVERLAP && method != Method::Crop {
        return Err(AlignError::NoOverlap { share: overlap }.into());
    }
    let middle = frame.size.middle();
    let factor = transform.scale_at(Point::new(frame.x as f64 + middle.x, frame.y as f64 + middle.y)).recip();
    if factor > SOFT {
        notes.push(Note::FarEnlarged { factor });
    }
    let Faces { near, far } = faces;
    let (near_face, far_face, searched) = (near.face, far.face, [near.searched, far.searched]);
    Ok(Aligned { pair, transform, method, confidence, frame, overlap, healing, near_face, far_face, searched, notes })
}

impl Aligned {
    /// The far picture's face where the pair shows it, in the pair's pixels.
    #[must_use]
    pub fn far_face_in_pair(&self) -> Option<Landmarks> {
        let face = self.far_face?.moved(|far| {
            let near = self.transform.apply_inverse(far)?;
            Some(Point::new(near.x - self.frame.x as f64, near.y - self.frame.y as f64))
        })?;
        Rect::whole(self.frame.size).contains(face.middle()).then_some(face)
    }
}

/// A map and where it comes from.
struct Found {
    transform: Transform,
    method: Method,
    confidence: f64,
    faces: Faces,
    notes: Vec<Note>,
}

impl Found {
    fn new(method: Method, transform: impl Into<Transform>, confidence: f64, faces: Faces) -> Self {
        let notes = vec![Note::Faces { near: faces.near.count, far: faces.far.count }];
        Self { transform: transform.into(), method, confidence, faces, notes }
    }
}

fn find(
    near: &Image<Encoded>,
    far: &Image<Encoded>,
    options: &Options,
    execution: &Execution,
) -> Result<Found, FitError> {
    let method = options.method;
    let sizes = (near.size(), far.size());
    let faces = || Faces::find(near, far, options, execution);
    let glance = || Faces::glance(far, options, execution);
    match method {
        Method::None if sizes.0 != sizes.1 => Err(FitError::SizeMismatch { near: sizes.0, far: sizes.1 }),
        Method::None | Method::CenterFit => Ok(Found::new(method, center_fit(sizes.0, sizes.1), 1.0, glance()?)),
        Method::Crop => Ok(Found::new(method, center_shift(sizes.0, sizes.1), 1.0, glance()?)),
        Method::Content => by_content(&match_content(near, far, execution), glance()?),
        Method::Faces => by_faces(faces()?),
        Method::Portrait => by_one_face(sizes, faces()?),
        Method::Auto if options.points.is_empty() => Ok(automatic(near, far, faces()?, execution)),
        Method::Auto | Method::Points => by_points(options, glance()?),
    }
}

/// Two faces, of people or animals; else content, where it matches; else one face; else a centre-fit.
///
/// Faces come first because people look at eyes first: two pictures of one face match by content too, but about as well,
/// and two faces that are not one never do.
fn automatic(near: &Image<Encoded>, far: &Image<Encoded>, faces: Faces, execution: &Execution) -> Found {
    if let Ok(found) = by_faces(faces)
        && found.confidence >= LEAST_FACE_CONFIDENCE
    {
        return found;
    }
    let content = match_content(near, far, execution);
    if let Ok(found) = by_content(&content, faces) {
        return found;
    }
    let sizes = (near.size(), far.size());
    let mut found = by_one_face(sizes, faces)
        .unwrap_or_else(|_| Found::new(Method::CenterFit, center_fit(sizes.0, sizes.1), 1.0, faces));
    found.notes.push(Note::ContentUncertain { confidence: content.confidence });
    found
}

fn by_content(content: &ContentMatch, faces: Faces) -> Result<Found, FitError> {
    if !content.is_sure() {
        return Err(FitError::NoMatch { confidence: content.confidence });
    }
    Ok(Found::new(Method::Content, content.map, content.confidence, faces))
}

/// Eyes on eyes, and for two people mouth on mouth, as nearly as a similarity can: faces keep their shape.
fn by_faces(faces: Faces) -> Result<Found, FitError> {
    let (Some(near), Some(far)) = (faces.near.face, faces.far.face) else { return Err(no_face(&faces)) };
    let transform = Transform::fit(&PointList::of_faces(&near, &far), Model::Similarity)?;
    Ok(Found::new(Method::Faces, transform, near.confidence.min(far.confidence), faces))
}

/// The head of one picture on the middle of the other, which may hold a thing or an animal that looks aside: as large as
/// a head in a portrait, upright.
fn by_one_face((near, far): (Size, Size), faces: Faces) -> Result<Found, FitError> {
    let head = |size: Size| 0.5 * HEAD_SHARE * size.shorter_side() as f64;
    let (map, confidence) = match (faces.near.face, faces.far.face) {
        (Some(face), None) => {
            let scale = head(far) / face.half_width();
            (Similarity::about(face.middle(), far.middle(), scale, -face.radians()), face.confidence)
        }
        (None, Some(face)) => {
            let scale = face.half_width() / head(near);
            (Similarity::about(near.middle(), face.middle(), scale, face.radians()), face.confidence)
        }
        _ => return Err(no_face(&faces)),
    };
    Ok(Found::new(Method::Portrait, map, ONE_FACE_TRUST * confidence, faces))
}

fn no_face(faces: &Faces) -> FitError {
    FitError::NoFace { near: faces.near.face.is_some(), far: faces.far.face.is_some() }
}

fn by_points(options: &Options, faces: Faces) -> Result<Found, FitError> {
    let list = PointList { points: options.points.clone() };
    let model = options.model.unwrap_or(Model::for_points(list.points.len()));
    let mut found = Found::new(Method::Points, Transform::fit(&list, model)?, 1.0, faces);
    let pixels = found.transform.misfit(&list.points);
    if pixels > EXACT {
        found.notes.push(Note::PointsMisfit { pixels });
    }
    Ok(found)
}

/// What a crop must keep of the near picture: the head, or the box of the points given, or the middle half.
fn subject(near: Size, faces: &Faces, points: &[PointPair]) -> Rect {
    let (low, high) = if let Some(face) = faces.near.face {
        let (middle, half) = (face.middle(), face.half_width());
        (Point::new(middle.x - half, middle.y - half), Point::new(middle.x + half, middle.y + half))
    } else if points.is_empty() {
        let (middle, quarter) = (near.middle(), |length: usize| 0.25 * length as f64);
        let (dx, dy) = (quarter(near.width()), quarter(near.height()));
        (Point::new(middle.x - dx, middle.y - dy), Point::new(middle.x + dx, middle.y + dy))
    } else {
        let places = || points.iter().map(|pair| pair.near);
        let fold = |f: fn(f64, f64) -> f64, start: f64, axis: fn(Point) -> f64| places().map(axis).fold(start, f);
        (
            Point::new(fold(f64::min, f64::INFINITY, |p| p.x), fold(f64::min, f64::INFINITY, |p| p.y)),
            Point::new(fold(f64::max, f64::NEG_INFINITY, |p| p.x), fold(f64::max, f64::NEG_INFINITY, |p| p.y)),
        )
    };
    Rect::between(near, low, high)
}
