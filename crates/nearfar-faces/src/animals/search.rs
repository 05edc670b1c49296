//! Where in a picture windows of any size and angle pass the cascade.

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
    /// How far the face leans, clockwise in radians.
    pub(super) angle: f64,
}

/// The smallest window's share of the picture's longer side. A face that is smaller is no subject of a picture.
const LEAST_SHARE: f64 = 0.1;
/// The largest window's share of the shorter side: a face may be cut by the picture's edges.
const MOST_SHARE: f64 = 1.6;
/// From one size of windows to the next.
const ZOOM: f64 = 1.15;
/// The cascade learned upright faces and bears 10 degrees or so.
const ANGLES: [f64; 5] = [-26.0, -13.0, 0.0, 13.0, 26.0];

/// Every so many pixels in a row, and every so many rows, are tried first ...
const STEP: usize = 2;
/// ... and those between only where this many of the 20 stages are passed.
const PROMISING: usize = 12;

/// All windows that pass, whose middles lie in the picture.
pub(super) fn hits(cascade: &Cascade, pyramid: &Pyramid<'_>, execution: &Execution) -> Vec<Hit> {
    let size = pyramid.level(0).size();
    let (least, most) = (LEAST_SHARE * size.longer_side() as f64, MOST_SHARE * size.shorter_side() as f64);
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

/// Width and height of a view that holds every window whose middle lies in the picture.
fn extents(size: Size, scale: f64, angle: f64) -> [usize; 2] {
    let (sin, cos) = (angle.sin().abs(), angle.cos().abs());
    let (width, height) = (size.width() as f64 / scale, size.height() as f64 / scale);
    [width * cos + height * sin, width * sin + height * cos].map(|length| length.ceil() as usize + WINDOW)
}

/// Share of the windows around a face, upright and in a mirror, that pass.
pub(super) fn support(cascade: &Cascade, pyramid: &Pyramid<'_>, face: &Hit) -> f64 {
    /// Windows up to so many pixels aside, ...
    const ASIDE: usize = 3;
    /// ... of sizes up to so many steps of 4 % smaller or larger, ...
    const SIZES: i32 = 4;
    /// ... and turned by up to so many steps of 3 degrees.
    const TURNS: i32 = 3;

    let (mut passed, mut all) = (0, 0);
    for mirrored in [false, true] {
        for (size, turn) in (-SIZES..=SIZES).flat_map(|size| (-TURNS..=TURNS).map(move |turn| (size, turn))) {
            let scale = face.side * 1.04_f64.powi(size) / WINDOW as f64;
            let angle = face.angle + f64::from(3 * turn).to_radians();
            let view = View::around(face.middle, [WINDOW + 2 * ASIDE; 2], scale, angle, mirrored);
            let sums = Integral::new(&pyramid.cut_grey(&view));
            let cascade = cascade.over(view.width);
            for (x, y) in (0..=2 * ASIDE).flat_map(|y| (0..=2 * ASIDE).map(move |x| (x, y))) {
                passed += usize::from(cascade.accepts(&sums, x, y));
                all += 1;
            }
        }
    }
    passed as f64 / f64::from(all)
}
