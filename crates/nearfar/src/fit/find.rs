//! How a map from the near picture to the far one is found.

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

/// Share of the work of fitting after which the search for contents begins.
const CONTENT: f64 = 0.5;

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
/// Points that agree this well, in far pixels, agree.
const EXACT: f64 = 0.5;

pub(super) fn find(
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
