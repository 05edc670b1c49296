//! Searching a picture for windows of any size and angle that pass the cascade.

use nearfar_image::{Point, Size};
use nearfar_kernels::Execution;

use super::{
    cascade::{Cascade, WINDOW},
    integral::Integral,
};
use crate::view::{Pyramid, View};

/// A window that passed, in pixels of the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) middle: Point,
    /// Side of the window.
    pub(super) side: f64,
    /// Tilt of the face, clockwise in radians.
    pub(super) angle: f64,
}

/// The smallest window, as a fraction of the picture's longer side. A smaller face is not the subject of a picture.
const MIN_SHARE: f64 = 0.1;
/// The largest window, as a fraction of the shorter side: a face may be cropped by the picture's edges.
const MAX_SHARE: f64 = 1.6;
/// Factor between successive sizes of windows.
const ZOOM: f64 = 1.15;
/// The cascade was trained on upright faces and tolerates 10 degrees or so.
const ANGLES: [f64; 5] = [-26.0, -13.0, 0.0, 13.0, 26.0];

/// Only every so many pixels and rows are tried first ...
const STEP: usize = 2;
/// ... and those in between only where at least this many of the 20 stages were passed.
const PROMISING: usize = 12;

/// All windows that pass and whose centres lie in the picture.
pub(super) fn hits(cascade: &Cascade, pyramid: &Pyramid<'_>, execution: &Execution) -> Vec<Hit> {
    let size = pyramid.level(0).size();
    let (least, most) = (MIN_SHARE * size.longer_side() as f64, MAX_SHARE * size.shorter_side() as f64);
    let sides = std::iter::successors(Some(least.max(WINDOW as f64)), |side| Some(side * ZOOM));
    let sides = sides.take_while(|side| *side <= most);
    let looks = sides.flat_map(|side| ANGLES.map(|angle| (side, angle.to_radians())));
    let mut found: Vec<_> = looks.map(|look| (look, Vec::new())).collect();
    execution.for_each(found.iter_mut().collect(), |((side, angle), hits)| {
        *hits = look(cascade, pyramid, *side, *angle);
    });
    found.into_iter().flat_map(|(_, hits)| hits).collect()
}

/// All windows of one size and angle that pass.
fn look(cascade: &Cascade, pyramid: &Pyramid<'_>, side: f64, angle: f64) -> Vec<Hit> {
    let size = pyramid.level(0).size();
    let scale = side / WINDOW as f64;
    let view = View::around(size.middle(), extents(size, scale, angle), scale, angle, false);
    let sums = Integral::new(&pyramid.cut_grey(&view));
    let cascade = cascade.over(view.width);
    let inside = |place: Point| {
        let within = |v: f64, length: usize| v >= -0.5 && v <= length as f64 - 0.5;
        within(place.x, size.width()) && within(place.y, size.height())
    };
    let half = 0.5 * (WINDOW as f64 - 1.0);
    let (last_x, last_y) = (view.width - WINDOW, view.height - WINDOW);
    let mut hits = Vec::new();
    for y in (0..=last_y).step_by(STEP) {
        for x in (0..=last_x).step_by(STEP) {
            let at = |x: usize, y: usize| view.place(x as f64 + half, y as f64 + half);
            if !inside(at(x, y)) || cascade.passed(&sums, x, y) < PROMISING {
                continue;
            }
            for (x, y) in (y..y + STEP).flat_map(|y| (x..x + STEP).map(move |x| (x, y))) {
                if x <= last_x && y <= last_y && cascade.accepts(&sums, x, y) {
                    hits.push(Hit { middle: at(x, y), side, angle });
                }
            }
        }
    }
    hits
}

/// Width and height of a view that contains every window whose centre lies in the picture.
fn extents(size: Size, scale: f64, angle: f64) -> [usize; 2] {
    let (sin, cos) = (angle.sin().abs(), angle.cos().abs());
    let (width, height) = (size.width() as f64 / scale, size.height() as f64 / scale);
    [width * cos + height * sin, width * sin + height * cos].map(|length| length.ceil() as usize + WINDOW)
}

/// The share of the windows around a face, upright and mirrored, that pass.
pub(super) fn support(cascade: &Cascade, pyramid: &Pyramid<'_>, face: &Hit) -> f64 {
    /// Windows offset by up to this many pixels, ...
    const MAX_OFFSET: usize = 3;
    /// ... in sizes up to this many steps of 4 % smaller or larger, ...
    const SIZE_STEPS: i32 = 4;
    /// ... and rotated by up to this many steps of 3 degrees.
    const ANGLE_STEPS: i32 = 3;

    let (mut passed, mut all) = (0, 0);
    for mirrored in [false, true] {
        for (size, turn) in
            (-SIZE_STEPS..=SIZE_STEPS).flat_map(|size| (-ANGLE_STEPS..=ANGLE_STEPS).map(move |turn| (size, turn)))
        {
            let scale = face.side * 1.04_f64.powi(size) / WINDOW as f64;
            let angle = face.angle + f64::from(3 * turn).to_radians();
            let view = View::around(face.middle, [WINDOW + 2 * MAX_OFFSET; 2], scale, angle, mirrored);
            let sums = Integral::new(&pyramid.cut_grey(&view));
            let cascade = cascade.over(view.width);
            for (x, y) in (0..=2 * MAX_OFFSET).flat_map(|y| (0..=2 * MAX_OFFSET).map(move |x| (x, y))) {
                passed += usize::from(cascade.accepts(&sums, x, y));
                all += 1;
            }
        }
    }
    passed as f64 / f64::from(all)
}
