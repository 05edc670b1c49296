//! How two pictures are brought into register: one rule for every command and for [`Recipe`](crate::Recipe)s.

mod aligned;
mod copies;
mod details;
mod error;
mod faces;
mod find;
mod found;
mod one_face;
pub(crate) mod options;

use std::ops::ControlFlow;

use nearfar_align::{AlignError, PointPair, Registered, register};
use nearfar_image::{Encoded, Image, Point, Rect, Size, check_room};
use nearfar_kernels::Execution;

use crate::{
    Note, Phase,
    choice::Choices,
    event::{EventKind, Watch, no_observer},
    judged_copy::JudgedCopy,
};
use aligned::far_scale;
use faces::Faces;
use find::find;
use found::Found;

pub use aligned::Aligned;
pub use error::FitError;
use error::MOST_RATIO;
pub use nearfar_align::Edges;
pub use options::{Method, Options};

/// Shares of the work of fitting at which the warp of the far picture begins and ends.
const LAYING: f64 = 0.8;
const LAID: f64 = 0.95;

/// The smallest share of the near picture that must be covered: below it, a map given by points is a mistake.
const LEAST_OVERLAP: f64 = 0.02;
/// Enlargement above which a warning is due (it is printed as 2.0).
const SOFT: f64 = 2.05;
/// Share of the near picture that is kept, below which a warning is due.
const HALF: f64 = 0.5;

/// Brings the far picture into register with the near one: finds the map, warps the far picture onto the near picture's
/// frame, and heals the edges. It takes the pictures by value, so that memory is freed once the pair does not need it.
///
/// # Errors
///
/// [`FitError`] if the points cannot be used, the pictures have different sizes with [`Method::None`], faces or a match were
/// explicitly asked for and not found, there is no overlap, or samples are not finite. With [`Method::Auto`] and without
/// points only the last can happen.
pub fn fit(
    near: Image<Encoded>,
    far: Image<Encoded>,
    options: &Options,
    execution: &Execution,
) -> Result<Aligned, FitError> {
    watched(near, far, options, true, execution, &mut Watch::new(&mut no_observer))
}

/// Bytes per pixel of the near picture taken by fitting and mixing, in addition to the two pictures: 93 at 9 megapixels
/// (maximum resident set).
const MIXING_BYTES: usize = 96;

/// As [`fit`], with an observer that may stop it. Faces on which the map does not depend are searched for only if the caller
/// wants them, too.
pub(crate) fn watched(
    near: Image<Encoded>,
    far: Image<Encoded>,
    options: &Options,
    wants_faces: bool,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Aligned, FitError> {
    near.check_finite()?;
    far.check_finite()?;
    for (near, size) in [(true, near.size()), (false, far.size())] {
        if size.longer_side() > MOST_RATIO * size.shorter_side() {
            return Err(FitError::TooThin { near, size });
        }
    }
    // A browser never returns memory that was allocated once.
    if cfg!(not(target_family = "wasm")) {
        check_room(near.size().area().saturating_mul(MIXING_BYTES))?;
    }
    let Found { transform, method, confidence, faces, notes } =
        find(&near, &far, options, wants_faces, execution, watch)?;
    let far_is_group = faces.far.is_group && !options.method.is_by_faces();
    let mut notes: Vec<_> = faces.note(far_is_group).into_iter().chain(notes).collect();
    let edges = if method == Method::Crop { Edges::Crop } else { options.edges };
    let near_size = near.size();
    watch.begin(Phase::Register, LAYING)?;
    let subject = subject(near_size, &faces, &options.points);
    let mut laid = |share| match watch.at(LAYING + share * (LAID - LAYING), EventKind::Advanced) {
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
    watch.at(1.0, EventKind::Advanced)?;
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

/// The part of the near picture that a crop must keep: the head, the bounding box of the given points, or the middle half.
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
