//! Where a picture with the only face comes to lie.

use nearfar_align::{Similarity, center_fit};
use nearfar_image::{Point, Size};

use super::{FitError, Method, details::Details, faces::Faces, found::Found};

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

/// The head of one picture on the middle of the other, as large as a head in a portrait, as far as the far picture covers
/// the near one and is not enlarged more than twice. Nothing is turned: one face does not say which way is up.
pub(super) fn by_one_face((near, far): (Size, Size), faces: Faces) -> Result<Found, FitError> {
    let head = |size: Size| 0.5 * HEAD_SHARE * size.shorter_side() as f64;
    let most = center_fit(near, far).scale;
    let scale = |scale: f64| scale.max(0.5).min(most);
    let (onto, at, scale, confidence) = match (faces.near.face, faces.far.face) {
        (Some(face), None) => (face.middle(), far.middle(), scale(head(far) / face.half_width()), face.confidence),
        (None, Some(face)) => (near.middle(), face.middle(), scale(face.half_width() / head(near)), face.confidence),
        _ => return Err(faces.missing()),
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
pub(super) struct Slide {
    /// Middle on middle.
    fit: Similarity,
    /// Near pixels across and down, either way; one of the two is 0.
    reach: [f64; 2],
}

impl Slide {
    pub(super) fn of((near, far): (Size, Size)) -> Self {
        let fit = center_fit(near, far);
        let reach = |far: usize, near: usize| 0.5 * (far as f64 / fit.scale - near as f64).max(0.0);
        Self { fit, reach: [reach(far.width(), near.width()), reach(far.height(), near.height())] }
    }

    /// Whether anybody would notice.
    pub(super) fn has_room(self) -> bool {
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
pub(super) fn by_hiding_face(sizes: (Size, Size), faces: Faces, details: Option<&Details>) -> Result<Found, FitError> {
    let Some(face) = faces.far.face else { return Err(faces.missing()) };
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
