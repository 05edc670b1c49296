//! The one call: two pictures in, a pair out.

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;

use crate::{
    AlignError, ContentMatch, Coverage, Edges, Frame, Healing, Landmarks, Method, Model, Options, Point, PointList,
    Similarity, Transform, center_fit, center_shift, fit, match_content, surround::Surround, warp::warp_with,
};

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
    pub frame: Frame,
    /// Share of the near picture that the far one covers, in `[0, 1]`.
    pub overlap: f64,
    /// What was done about the far picture's edges.
    pub healing: Healing,
    /// What else a person may want to know.
    pub notes: Vec<Note>,
}

/// Something that a person may want to know about an alignment.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Note {
    /// Faces were looked for; these were known.
    FacesKnown {
        /// In the near picture.
        near: bool,
        /// In the far picture.
        far: bool,
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
/// Points that agree this well, in far pixels, agree.
const EXACT: f64 = 0.5;
/// Enlarging further than this is worth a note.
const SOFT: f64 = 2.0;

/// Makes the far picture fit the near one: finds the map, warps the far picture onto the near picture's frame and
/// heals the edges.
///
/// # Errors
///
/// [`AlignError`]: points that cannot be used, pictures of different sizes with [`Method::None`], no faces or no
/// match where these were asked for by name, no overlap, or samples that are not finite. With [`Method::Auto`] and
/// without points only the last can happen.
pub fn align(
    near: &Image<Encoded>,
    far: &Image<Encoded>,
    options: &Options,
    execution: &Execution,
) -> Result<Aligned, AlignError> {
    near.check_finite()?;
    far.check_finite()?;
    let found = find(near, far, options, execution)?;
    let mut notes = found.notes;
    let coverage = Coverage::new(&found.transform, near.size(), far.size());
    let overlap = coverage.share();
    if overlap < LEAST_OVERLAP && found.method != Method::Crop {
        return Err(AlignError::NoOverlap { share: overlap });
    }
    let edges = if found.method == Method::Crop { Edges::Crop } else { options.edges };
    let subject = subject(near.size(), options);
    let (healing, frame) = edges.decide(&coverage, subject).ok_or(AlignError::NoOverlap { share: overlap })?;

    let surround = (healing == Healing::Extended).then(|| Surround::new(far, &options.resampling, execution));
    let warped = warp_with(far, &found.transform, frame, &options.resampling, surround.as_ref(), execution);
    let near = near.crop(frame.x, frame.y, frame.size);

    let factor = enlargement(&found.transform, frame);
    if factor > SOFT {
        notes.push(Note::FarEnlarged { factor });
    }
    Ok(Aligned {
        pair: Pair::new(near, warped)?,
        transform: found.transform,
        method: found.method,
        confidence: found.confidence,
        frame,
        overlap,
        healing,
        notes,
    })
}

/// A map and where it comes from.
struct Found {
    transform: Transform,
    method: Method,
    confidence: f64,
    notes: Vec<Note>,
}

impl Found {
    fn sure(method: Method, transform: Transform) -> Self {
        Self { transform, method, confidence: 1.0, notes: Vec::new() }
    }
}

fn find(
    near: &Image<Encoded>,
    far: &Image<Encoded>,
    options: &Options,
    execution: &Execution,
) -> Result<Found, AlignError> {
    let similar = |map: Similarity| Found::sure(options.method, Transform::Similarity(map));
    match options.method {
        Method::None if near.size() != far.size() => {
            Err(AlignError::SizeMismatch { near: near.size(), far: far.size() })
        }
        Method::None | Method::CenterFit => Ok(similar(center_fit(near.size(), far.size()))),
        Method::Crop => Ok(similar(center_shift(near.size(), far.size()))),
        Method::Points => by_points(options),
        Method::Faces => match (&options.near_face, &options.far_face) {
            (Some(near), Some(far)) => by_faces(near, far),
            (near, far) => Err(AlignError::NoFace { near: near.is_some(), far: far.is_some() }),
        },
        Method::Content => by_content(&match_content(near, far, execution)),
        Method::Auto if !options.points.is_empty() => by_points(options),
        Method::Auto => Ok(automatic(near, far, options, execution)),
    }
}

/// Faces, where both are known well enough; else content, where it matches; else a centre-fit.
fn automatic(near: &Image<Encoded>, far: &Image<Encoded>, options: &Options, execution: &Execution) -> Found {
    if let (Some(near), Some(far)) = (&options.near_face, &options.far_face)
        && near.confidence.min(far.confidence) >= LEAST_FACE_CONFIDENCE
        && let Ok(found) = by_faces(near, far)
    {
        return found;
    }
    let content = match_content(near, far, execution);
    let mut found = by_content(&content).unwrap_or_else(|_| Found {
        transform: Transform::Similarity(center_fit(near.size(), far.size())),
        method: Method::CenterFit,
        confidence: 1.0,
        notes: vec![Note::ContentUncertain { confidence: content.confidence }],
    });
    found.notes.push(Note::FacesKnown { near: options.near_face.is_some(), far: options.far_face.is_some() });
    found
}

fn by_content(content: &ContentMatch) -> Result<Found, AlignError> {
    if !content.is_sure() {
        return Err(AlignError::NoMatch { confidence: content.confidence });
    }
    let transform = Transform::Similarity(content.map);
    Ok(Found { transform, method: Method::Content, confidence: content.confidence, notes: Vec::new() })
}

fn by_points(options: &Options) -> Result<Found, AlignError> {
    let list = PointList { points: options.points.clone() };
    let model = options.model.unwrap_or(Model::for_points(list.points.len()));
    let mut found = Found::sure(Method::Points, Transform::fit(&list, model)?);
    let pixels = found.transform.misfit(&list.points);
    if pixels > EXACT {
        found.notes.push(Note::PointsMisfit { pixels });
    }
    Ok(found)
}

/// Eyes on eyes, mouth on mouth, as nearly as a similarity can: people keep the shape of their faces.
fn by_faces(near: &Landmarks, far: &Landmarks) -> Result<Found, AlignError> {
    let list = PointList { points: Landmarks::pairs(near, far).to_vec() };
    let transform = Transform::fit(&list, Model::Similarity)?;
    let confidence = near.confidence.min(far.confidence);
    Ok(Found { transform, method: Method::Faces, confidence, notes: Vec::new() })
}

/// What a crop must keep of the near picture: the head, or the box of the points given, or the middle half.
fn subject(near: Size, options: &Options) -> Frame {
    let (low, high) = if let Some(face) = &options.near_face {
        let (middle, half) = (face.middle(), face.half_width());
        (Point::new(middle.x - half, middle.y - half), Point::new(middle.x + half, middle.y + half))
    } else if options.points.is_empty() {
        let (middle, quarter) = (fit::middle(near), |length: usize| 0.25 * length as f64);
        let (dx, dy) = (quarter(near.width()), quarter(near.height()));
        (Point::new(middle.x - dx, middle.y - dy), Point::new(middle.x + dx, middle.y + dy))
    } else {
        let places = || options.points.iter().map(|pair| pair.near);
        let fold = |f: fn(f64, f64) -> f64, start: f64, axis: fn(Point) -> f64| places().map(axis).fold(start, f);
        (
            Point::new(fold(f64::min, f64::INFINITY, |p| p.x), fold(f64::min, f64::INFINITY, |p| p.y)),
            Point::new(fold(f64::max, f64::NEG_INFINITY, |p| p.x), fold(f64::max, f64::NEG_INFINITY, |p| p.y)),
        )
    };
    Frame::between(near, low, high)
}

/// Near pixels in a pixel of the far picture, in the middle of the frame.
fn enlargement(transform: &Transform, frame: Frame) -> f64 {
    let middle = fit::middle(frame.size);
    let [[a, b], [c, d]] = transform.jacobian(Point::new(frame.x as f64 + middle.x, frame.y as f64 + middle.y));
    (a * d - b * c).abs().sqrt().recip()
}
