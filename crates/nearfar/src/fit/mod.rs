//! What two pictures are made to fit by: the one rule for every command and for [`Recipe`](crate::Recipe)s.

mod copies;
mod details;
mod error;
mod faces;
pub(crate) mod options;

use std::ops::ControlFlow;

use nearfar_align::{
    AlignError, ContentMatch, Coverage, Healing, Model, PointList, PointPair, Registered, Similarity, Transform,
    center_fit, center_shift, match_content, register,
};
use nearfar_image::{Encoded, Image, Landmarks, Pair, Point, Rect, Size, check_room};
use nearfar_kernels::Execution;

use details::Details;
use faces::{Effort, Faces};

use crate::{
    Note, Phase, Subject,
    choice::Choices,
    event::{Watch, What, no_observer},
    judged_copy::{DraftCopy, JudgedCopy},
    note::{Fitted, Help},
};

pub use error::FitError;
pub use nearfar_align::Edges;
pub use options::{Method, Options};

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

/// Share of the work of fitting after which the search for contents begins.
const CONTENT: f64 = 0.5;

/// Shares of that work at which the far picture begins to be laid onto the near one, and at which it lies there.
const LAYING: f64 = 0.8;
const LAID: f64 = 0.95;

/// The least share of the near picture that must be covered: below it, a map given by points is a mistake.
const LEAST_OVERLAP: f64 = 0.02;
/// Faces that are less sure than this move no picture of the other's size: right ones have 0.63 and more (people 0.91 to
/// 0.96), the surest wrong ones known, nostrils of a dog and a head carved in stone, 0.51.
const SURE_FACE: f64 = 0.6;
/// And none of another size, which must be laid somewhere anyway. A third of the right ones are lost between this and
/// [`SURE_FACE`] where photographs are noisy or dark.
const LIKELY_FACE: f64 = 0.55;
/// Two faces by which the far picture would be enlarged further than this, or would cover less than this share of the near
/// one, are not what the pictures are about.
const MOST_ENLARGED: f64 = 4.0;
const LEAST_COVERED: f64 = 0.1;
/// Where the near one shows people together, the others must be covered, too.
const LEAST_COVERED_IN_GROUP: f64 = 0.6;
/// Eyes that lie on eyes to this share of the face are on each other already: no two people are more alike.
const ON_EACH_OTHER: f64 = 0.2;
/// Contents must agree by so much more, in correlation, than they do middle on middle.
const LEAST_GAIN: f64 = 0.1;
/// A head's share of the shorter side of a portrait.
const HEAD_SHARE: f64 = 0.8;
/// So many places on each side are tried for a face to be hidden at.
const SLIDES: i32 = 16;
/// What a head cut off by half its width costs, in shares of it hidden by details.
const HEAD_CUT: f64 = 2.0;
/// What sliding as far as it goes costs: middles are what photographs are about.
const SLID: f64 = 0.1;
/// How far a face is trusted that has no other to lie on.
const ONE_FACE_TRUST: f64 = 0.5;
/// Points that agree this well, in far pixels, agree.
const EXACT: f64 = 0.5;
/// Enlarging further than this (2.0 as it is printed) is worth a warning.
const SOFT: f64 = 2.05;
/// Keeping less of the near picture than this is worth a warning.
const HALF: f64 = 0.5;

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
    watched(near, far, options, execution, &mut Watch::new(&mut no_observer))
}

/// Bytes for a pixel of the near picture that are taken by fitting two pictures and mixing them, beside these: of 9 megapixels
/// 93 (maximum resident set).
const MIXING_BYTES: usize = 96;

/// The same for whoever watches and may stop it.
pub(crate) fn watched(
    near: Image<Encoded>,
    far: Image<Encoded>,
    options: &Options,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Aligned, FitError> {
    near.check_finite()?;
    far.check_finite()?;
    // A browser never gives back what was asked for.
    if cfg!(not(target_family = "wasm")) {
        check_room(near.size().area().saturating_mul(MIXING_BYTES))?;
    }
    let Found { transform, method, confidence, faces, notes } = find(&near, &far, options, execution, watch)?;
    let far_is_group = faces.far.is_group && !options.method.is_by_faces();
    let mut notes: Vec<_> = faces.note(far_is_group).into_iter().chain(notes).collect();
    let edges = if method == Method::Crop { Edges::Crop } else { options.edges };
    let near_size = near.size();
    watch.begin(Phase::Register, LAYING)?;
    let subject = subject(near_size, &faces, &options.points);
    let mut laid = |share| match watch.at(LAYING + share * (LAID - LAYING), What::Advanced) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    };
    let Registered { pair, frame, overlap, healing } =
        register(near, far, &transform, subject, edges, &options.resampling, execution, &mut laid)?;
    if overlap < LEAST_OVERLAP && method != Method::Crop {
        return Err(AlignError::NoOverlap { share: overlap }.into());
    }
    let factor = far_scale(&transform, frame);
    if factor > SOFT {
        notes.push(Note::FarEnlarged { factor });
    }
    let share = frame.size.area() as f64 / near_size.area() as f64;
    if share < HALF && method != Method::Crop {
        notes.push(Note::LittleKept { share, size: frame.size });
    }
    let Faces { near, far } = faces;
    let (near_face, far_face, searched) = (near.face, far.face, [near.searched, far.searched]);
    let copy = JudgedCopy::of(pair.size());
    let judged = copy.pair(&pair, execution).expect("a pair has the size that its copies are of");
    let draft = copy.draft(&judged, execution).expect("these are the copies");
    watch.at(1.0, What::Advanced)?;
    Ok(Aligned {
        pair,
        transform,
        method,
        confidence,
        frame,
        overlap,
        healing,
        near_face,
        far_face,
        far_is_group,
        searched,
        judged,
        draft,
        choices: Choices::default(),
        notes,
    })
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

fn far_scale(transform: &Transform, frame: Rect) -> f64 {
    let middle = frame.size.middle();
    transform.scale_at(Point::new(frame.x as f64 + middle.x, frame.y as f64 + middle.y)).recip()
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
        Self { transform: transform.into(), method, confidence, faces, notes: Vec::new() }
    }
}

fn find(
    near: &Image<Encoded>,
    far: &Image<Encoded>,
    options: &Options,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Found, FitError> {
    let method = options.method;
    let sizes = (near.size(), far.size());
    let mut faces = |effort| Faces::find(near, far, options, effort, execution, watch);
    match method {
        Method::None if sizes.0 != sizes.1 => Err(FitError::SizeMismatch { near: sizes.0, far: sizes.1 }),
        Method::None | Method::CenterFit => {
            Ok(Found::new(method, center_fit(sizes.0, sizes.1), 1.0, faces(Effort::Glance)?))
        }
        Method::Crop => Ok(Found::new(method, center_shift(sizes.0, sizes.1), 1.0, faces(Effort::Glance)?)),
        Method::Content => {
            let faces = faces(Effort::Glance)?;
            watch.begin(Phase::Content, CONTENT)?;
            by_content(&match_content(near, far, execution), faces)
        }
        Method::Faces => by_faces(faces(Effort::Thorough)?),
        Method::Portrait => by_one_face(sizes, faces(Effort::Thorough)?),
        Method::HideFace => by_hiding_face(sizes, faces(Effort::Thorough)?, Details::of(near, execution).as_ref()),
        Method::Auto if options.points.is_empty() => {
            let faces = faces(Effort::Usual)?;
            automatic(near, far, faces, execution, watch)
        }
        Method::Auto | Method::Points => by_points(options, faces(Effort::Glance)?),
    }
}

/// Two sure faces, of people or animals, where the far picture is not about several; else content, where it matches and
/// no face speaks against it; else the pictures as they are, if they have one size, or middle on middle, or FAR's face
/// in the middle where NEAR hides whatever lies under it.
///
/// Faces come first because people look at eyes first: two pictures of one face match by content too, but about as well,
/// and two faces that are not one never do. Pictures of one size may have been put in register by whoever made them, so
/// nothing less than two faces or a match moves them.
fn automatic(
    near: &Image<Encoded>,
    far: &Image<Encoded>,
    faces: Faces,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Found, FitError> {
    let sizes = (near.size(), far.size());
    let alone = if sizes.0 == sizes.1 { Method::None } else { Method::CenterFit };
    let alone = Found::new(alone, center_fit(sizes.0, sizes.1), 1.0, faces);
    if !faces.far.is_group
        && let Ok(found) = by_faces(faces)
    {
        let one_size = alone.method == Method::None;
        let least = if one_size { SURE_FACE } else { LIKELY_FACE };
        let stay = found.confidence < least || (one_size && are_on_each_other(&faces));
        let least = if faces.near.is_group { LEAST_COVERED_IN_GROUP } else { LEAST_COVERED };
        return Ok(if stay || !is_plausible(&found.transform, sizes, least) { alone } else { found });
    }
    if faces.near.face.is_none() && faces.far.face.is_none() {
        watch.begin(Phase::Content, CONTENT)?;
        let content = match_content(near, far, execution);
        if let Ok(found) = by_content(&content, faces)
            && content.confidence >= content.centred + LEAST_GAIN
            && is_plausible(&found.transform, sizes, LEAST_COVERED)
        {
            return Ok(found);
        }
    } else if alone.method == Method::CenterFit && faces.near.face.is_none() && !faces.far.is_group {
        let details = Details::of(near, execution);
        if details.as_ref().is_some_and(Details::are_everywhere) {
            return by_one_face(sizes, faces);
        }
        if Slide::of(sizes).has_room() {
            return by_hiding_face(sizes, faces, details.as_ref());
        }
    }
    Ok(alone)
}

/// Whether what comes of a map can be what somebody wanted who did not say.
fn is_plausible(map: &Transform, (near, far): (Size, Size), least_covered: f64) -> bool {
    map.scale_at(near.middle()) * MOST_ENLARGED >= 1.0 && Coverage::new(map, near, far).share() >= least_covered
}

/// Whether the eyes of both pictures, which have one size, lie on each other as the pictures are.
fn are_on_each_other(faces: &Faces) -> bool {
    let (Some(near), Some(far)) = (faces.near.face, faces.far.face) else { return false };
    let slack = ON_EACH_OTHER * near.extent().min(far.extent());
    near.eyes.iter().zip(far.eyes).all(|(near, far)| near.distance(far) <= slack)
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

/// The head of one picture on the middle of the other, as large as a head in a portrait, as far as the far picture covers
/// the near one and is not enlarged more than twice. Nothing is turned: one face does not say which way is up.
fn by_one_face((near, far): (Size, Size), faces: Faces) -> Result<Found, FitError> {
    let head = |size: Size| 0.5 * HEAD_SHARE * size.shorter_side() as f64;
    let most = center_fit(near, far).scale;
    let scale = |scale: f64| scale.max(0.5).min(most);
    let (onto, at, scale, confidence) = match (faces.near.face, faces.far.face) {
        (Some(face), None) => (face.middle(), far.middle(), scale(head(far) / face.half_width()), face.confidence),
        (None, Some(face)) => (near.middle(), face.middle(), scale(face.half_width() / head(near)), face.confidence),
        _ => return Err(no_face(&faces)),
    };
    // Shifted so that the far picture ends nowhere within the near one.
    let shift = |onto: f64, at: f64, near: usize, far: usize| {
        let low = scale * (onto + 0.5) - 0.5;
        at.max(low).min(low + far as f64 - scale * near as f64)
    };
    let at =
        Point::new(shift(onto.x, at.x, near.width(), far.width()), shift(onto.y, at.y, near.height(), far.height()));
    Ok(Found::new(Method::Portrait, Similarity::about(onto, at, scale, 0.0), ONE_FACE_TRUST * confidence, faces))
}

/// The far picture scaled to cover the near one, and how far it can be slid along the side that juts out.
#[derive(Clone, Copy)]
struct Slide {
    /// Middle on middle.
    fit: Similarity,
    /// Near pixels across and down, either way; one of the two is 0.
    reach: [f64; 2],
}

impl Slide {
    fn of((near, far): (Size, Size)) -> Self {
        let fit = center_fit(near, far);
        let reach = |far: usize, near: usize| 0.5 * (far as f64 / fit.scale - near as f64).max(0.0);
        Self { fit, reach: [reach(far.width(), near.width()), reach(far.height(), near.height())] }
    }

    /// Whether anybody would notice.
    fn has_room(self) -> bool {
        self.reach.into_iter().any(|reach| reach >= 1.0)
    }

    /// Where a place of the far picture comes to lie, slid by a part of the way, in `[-1, 1]`.
    fn place(self, far: Point, part: f64) -> Point {
        let centred = self.fit.inverse().apply(far);
        Point::new(centred.x + part * self.reach[0], centred.y + part * self.reach[1])
    }
}

/// The far picture slid so that the frame cuts nothing off its head if that can be, and the head lies where the near
/// picture's details hide it up close.
fn by_hiding_face(sizes: (Size, Size), faces: Faces, details: Option<&Details>) -> Result<Found, FitError> {
    let Some(face) = faces.far.face else { return Err(no_face(&faces)) };
    let (slide, near) = (Slide::of(sizes), sizes.0);
    let radius = face.half_width() / slide.fit.scale;
    let cut = |place: f64, length: usize| (radius - place).max(place - (length as f64 - radius)).max(0.0) / radius;
    let worth = |part: f64| {
        let place = slide.place(face.middle(), part);
        let cut = cut(place.x, near.width()) + cut(place.y, near.height());
        details.map_or(0.0, |details| details.hide(place, radius)) - HEAD_CUT * cut - SLID * part.abs()
    };
    let parts = (-SLIDES..=SLIDES).map(|step| f64::from(step) / f64::from(SLIDES));
    let best = parts.max_by(|a, b| worth(*a).total_cmp(&worth(*b))).unwrap_or_default();
    let map = Similarity::about(slide.place(face.middle(), best), face.middle(), slide.fit.scale, 0.0);
    Ok(Found::new(Method::HideFace, map, ONE_FACE_TRUST * face.confidence, faces))
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
