//! Where a picture goes if only one of the two has a face.

use nearfar_align::{Similarity, center_fit};
use nearfar_image::{Point, Size};

use super::{FitError, Method, details::Details, faces::Faces, found::Found};

/// Width of the head in a portrait, relative to the shorter side.
const HEAD_SHARE: f64 = 0.8;
/// Number of positions tried on each side of the middle for hiding a face.
const SLIDES: i32 = 16;
/// Cost of a head cut off by half its width, in units of the share hidden by details.
const HEAD_CUT: f64 = 2.0;
/// Cost of sliding as far as possible: the subject of a photograph is usually in its middle.
const SLID: f64 = 0.1;
/// Confidence in a map from one face, relative to that of the face itself.
const ONE_FACE_TRUST: f64 = 0.5;

/// The head of one picture onto the middle of the other, as large as a head in a portrait, within two limits: the far
/// picture must cover the near one, and must not be enlarged more than twice. Nothing is rotated: one face does not say
/// which way is up.
pub(super) fn by_one_face((near, far): (Size, Size), faces: Faces) -> Result<Found, FitError> {
    let head = |size: Size| 0.5 * HEAD_SHARE * size.shorter_side() as f64;
    let most = center_fit(near, far).scale;
    let scale = |scale: f64| scale.max(0.5).min(most);
    let (onto, at, scale, confidence) = match (faces.near.face, faces.far.face) {
        (Some(face), None) => (face.middle(), far.middle(), scale(head(far) / face.half_width()), face.confidence),
        (None, Some(face)) => (near.middle(), face.middle(), scale(face.half_width() / head(near)), face.confidence),
        _ => return Err(faces.missing()),
    };
    // Shifted so that no edge of the far picture lies inside the near one.
    let shift = |onto: f64, at: f64, near: usize, far: usize| {
        let low = scale * (onto + 0.5) - 0.5;
        at.max(low).min(low + far as f64 - scale * near as f64)
    };
    let at =
        Point::new(shift(onto.x, at.x, near.width(), far.width()), shift(onto.y, at.y, near.height(), far.height()));
    Ok(Found::new(Method::Portrait, Similarity::about(onto, at, scale, 0.0), ONE_FACE_TRUST * confidence, faces))
}

/// The far picture scaled to cover the near one, and how far it can slide along the side that extends beyond it.
#[derive(Clone, Copy)]
pub(super) struct Slide {
    /// The centred map.
    fit: Similarity,
    /// Range across and down, in near pixels, in both directions; one of the two is 0.
    reach: [f64; 2],
}

impl Slide {
    pub(super) fn of((near, far): (Size, Size)) -> Self {
        let fit = center_fit(near, far);
        let reach = |far: usize, near: usize| 0.5 * (far as f64 / fit.scale - near as f64).max(0.0);
        Self { fit, reach: [reach(far.width(), near.width()), reach(far.height(), near.height())] }
    }

    /// Whether the range is large enough to matter.
    pub(super) fn has_room(self) -> bool {
        self.reach.into_iter().any(|reach| reach >= 1.0)
    }

    /// Position of a point of the far picture after sliding by `part` of the range, in `[-1, 1]`.
    fn place(self, far: Point, part: f64) -> Point {
        let centred = self.fit.inverse().apply(far);
        Point::new(centred.x + part * self.reach[0], centred.y + part * self.reach[1])
    }
}

/// The far picture slid so that, if possible, the frame cuts off nothing of its head, and so that the head lies where the
/// near picture's details hide it up close.
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
