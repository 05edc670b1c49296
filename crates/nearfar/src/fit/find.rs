//! The search for a map from the near picture to the far one.

use nearfar_align::{ContentMatch, Coverage, Model, PointList, Transform, center_fit, center_shift, match_content};
use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;

use super::{
    FitError, Method, Options,
    details::Details,
    faces::{Effort, Faces},
    found::Found,
    one_face::{Slide, by_hiding_face, by_one_face},
};
use crate::{Note, Phase, event::Watch};

/// Share of the work of fitting at which the search for matching content begins.
const CONTENT: f64 = 0.5;

/// Faces with less confidence than this do not move pictures that have the same size: true faces have 0.63 and more (people
/// 0.91 to 0.96), the most confident false ones known, the nostrils of a dog and a head carved in stone, 0.51.
const SURE_FACE: f64 = 0.6;
/// The same for pictures of different sizes, which have to be moved anyway. In noisy or dark photographs, a third of the
/// true faces lie between this and [`SURE_FACE`].
const LIKELY_FACE: f64 = 0.55;
/// Two faces are not the subject of the pictures if the far picture would be enlarged by more than this, or would cover less
/// than this share of the near one.
const MOST_ENLARGED: f64 = 4.0;
const LEAST_COVERED: f64 = 0.1;
/// If the near picture shows people together, the others must be covered, too.
const LEAST_COVERED_IN_GROUP: f64 = 0.6;
/// Eyes that differ by at most this share of the face are already in register: the faces of two people never match better.
const ON_EACH_OTHER: f64 = 0.2;
/// The correlation of the contents must exceed that of the centred pictures by this much.
const LEAST_GAIN: f64 = 0.1;
/// Points whose error, in far pixels, is at most this match exactly.
const EXACT: f64 = 0.5;

pub(super) fn find(
    near: &Image<Encoded>,
    far: &Image<Encoded>,
    options: &Options,
    wants_faces: bool,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Found, FitError> {
    let method = options.method;
    let sizes = (near.size(), far.size());
    let mut faces = |effort| Faces::find(near, far, options, effort, execution, watch);
    match method {
        Method::None if sizes.0 != sizes.1 => Err(FitError::SizeMismatch { near: sizes.0, far: sizes.1 }),
        Method::None | Method::CenterFit => {
            let effort = if method == Method::None && !wants_faces { Effort::Nothing } else { Effort::Glance };
            Ok(Found::new(method, center_fit(sizes.0, sizes.1), 1.0, faces(effort)?))
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

/// By the first of these that applies: two sure faces, of people or animals, unless the far picture shows a group; matching
/// content, unless there are faces; FAR's face in the middle, or where NEAR's details hide it, if it is the only face and
/// the sizes differ; the pictures as they are, if they have the same size, or else centred.
///
/// Faces come first because people look at eyes first: two pictures of one face match by content too, but no better, and two
/// different faces never do. Pictures of the same size may have been put in register by their maker, so nothing less than
/// two faces or a match moves them.
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

/// Whether the result of a map is plausible as what the user wanted without saying so.
fn is_plausible(map: &Transform, (near, far): (Size, Size), least_covered: f64) -> bool {
    map.scale_at(near.middle()) * MOST_ENLARGED >= 1.0 && Coverage::new(map, near, far).share() >= least_covered
}

/// Whether the eyes of both pictures, which have the same size, already coincide.
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

/// Eyes onto eyes and, for two people, mouth onto mouth, as nearly as a similarity allows: faces keep their shape.
fn by_faces(faces: Faces) -> Result<Found, FitError> {
    let (Some(near), Some(far)) = (faces.near.face, faces.far.face) else { return Err(faces.missing()) };
    let transform = Transform::fit(&PointList::of_faces(&near, &far), Model::Similarity)?;
    Ok(Found::new(Method::Faces, transform, near.confidence.min(far.confidence), faces))
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
