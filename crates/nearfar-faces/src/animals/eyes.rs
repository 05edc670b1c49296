//! Locating the eyes in an animal's face: two round things, mirror images of each other, roughly where eyes should be.

use std::f64::consts::PI;

use nearfar_image::Point;

use super::round::{blurred, roundness};
use crate::view::{Grey, Pyramid, View};

/// The parts of a head's position that matter for locating its eyes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// Midpoint between the eyes.
    pub(super) between: Point,
    /// Distance between the eyes.
    pub(super) distance: f64,
    /// Tilt of the head, clockwise in radians.
    pub(super) angle: f64,
}

/// The result of one look at a head.
#[derive(Clone, Copy, Debug)]
pub(super) struct Eyes {
    /// The eye on the left of an upright face first.
    pub(super) points: [Point; 2],
    /// Roundness, in standard deviations of the surroundings.
    pub(super) roundness: f64,
    /// Mirror symmetry of the two eyes: the correlation, in `[-1, 1]`.
    pub(super) likeness: f64,
    /// Closeness to the expected position, in `[0, 1]`.
    pub(super) place: f64,
}

impl Head {
    /// The head that has these eyes, the left one first.
    pub(super) fn between([left, right]: [Point; 2]) -> Self {
        Self {
            between: left.midpoint(right),
            distance: left.distance(right),
            angle: (right.y - left.y).atan2(right.x - left.x),
        }
    }

    /// The place at an offset from the midpoint between the eyes, to the right and down relative to the tilted head.
    pub(super) fn place(&self, right: f64, down: f64) -> Point {
        let (sin, cos) = self.angle.sin_cos();
        Point::new(self.between.x + cos * right - sin * down, self.between.y + sin * right + cos * down)
    }
}

impl Eyes {
    pub(super) fn head(&self) -> Head {
        Head::between(self.points)
    }

    /// How much they look like eyes, wherever they are. Eyes that differ (one in the shade, one half hidden by the
    /// nose) are still eyes if they are round.
    pub(super) fn likelihood(&self) -> f64 {
        self.roundness * (0.3 + self.likeness.max(0.0))
    }

    fn score(&self) -> f64 {
        self.likelihood() * self.place
    }
}

/// Pixels between the eyes in a look: an eye is then about as large as the rings that are searched for.
const BETWEEN: f64 = 50.0;
/// Width and height of a look in pixels: the eyes and as much around them as can vote for them.
const LOOK: [usize; 2] = [120, 64];
/// The number of roundest places that are tried.
const TRIED: usize = 40;

/// Locates the eyes of a head.
pub(super) fn eyes(pyramid: &Pyramid<'_>, head: &Head) -> Option<Eyes> {
    let view = View::around(head.between, LOOK, head.distance / BETWEEN, head.angle, false);
    let picture = pyramid.cut_grey(&view);
    let round = roundness(&picture);
    let peaks = peaks(&round);
    let unit = deviation(&round);
    let soft = blurred(&picture, 1.5);
    let middle = Point::new(0.5 * (LOOK[0] - 1) as f64, 0.5 * (LOOK[1] - 1) as f64);
    let mut best: Option<Eyes> = None;
    for (left, right) in peaks.iter().flat_map(|left| peaks.iter().map(move |right| (left, right))) {
        let place = place(left, right, middle);
        if place < MIN_PLACE {
            continue;
        }
        let strength = f64::from(round_at(&round, left) * round_at(&round, right)).sqrt() / unit;
        let likeness = likeness(&soft, left, right);
        let points = [left, right].map(|&[x, y]| view.place(x as f64, y as f64));
        let eyes = Eyes { points, roundness: strength, likeness, place };
        if best.is_none_or(|best| eyes.score() > best.score()) {
            best = Some(eyes);
        }
    }
    best
}

/// Pairs whose position alone makes them less likely than this are not compared.
const MIN_PLACE: f64 = 1e-3;
/// Standard deviations of eye positions relative to the face as found: of the logarithm of their distance, of the angle
/// in radians, and of their midpoint in pixels. In a dozen photographs they were half as large.
const SPREAD: [f64; 4] = [0.12, 6.0 * PI / 180.0, 0.095 * BETWEEN, 0.095 * BETWEEN];

/// Closeness of two places to the expected eye positions: 1 at these positions, decreasing as normal distributions do.
fn place(left: &[usize; 2], right: &[usize; 2], middle: Point) -> f64 {
    let [left, right] = [left, right].map(|&[x, y]| Point::new(x as f64, y as f64));
    let (dx, dy) = (right.x - left.x, right.y - left.y);
    if dx <= 0.0 {
        return 0.0;
    }
    let between = left.midpoint(right);
    let off = [(left.distance(right) / BETWEEN).ln(), dy.atan2(dx), between.x - middle.x, between.y - middle.y];
    (-0.5 * off.iter().zip(SPREAD).map(|(off, spread)| (off / spread).powi(2)).sum::<f64>()).exp()
}

/// The places that are at least as high as their 24 neighbours, highest first.
fn peaks(map: &Grey) -> Vec<[usize; 2]> {
    let mut peaks = Vec::new();
    for y in 2..map.height - 2 {
        for x in 2..map.width - 2 {
            let here = map.samples[y * map.width + x];
            let highest = (y - 2..=y + 2).flat_map(|y| &map.samples[y * map.width + x - 2..=y * map.width + x + 2]);
            if here > 0.0 && highest.into_iter().all(|v| *v <= here) {
                peaks.push([x, y]);
            }
        }
    }
    peaks.sort_by(|a, b| round_at(map, b).total_cmp(&round_at(map, a)));
    peaks.truncate(TRIED);
    peaks
}

fn round_at(map: &Grey, &[x, y]: &[usize; 2]) -> f32 {
    map.samples[y * map.width + x]
}

fn deviation(map: &Grey) -> f64 {
    let mean =
        |of: &dyn Fn(f64) -> f64| map.samples.iter().map(|v| of(f64::from(*v))).sum::<f64>() / map.samples.len() as f64;
    let middle = mean(&|v| v);
    mean(&|v| (v - middle).powi(2)).sqrt() + f64::MIN_POSITIVE
}

/// Half the side of the patches that are compared.
const PATCH: isize = 12;
/// Maximal misalignment of the patches, in pixels.
const SLACK: isize = 3;

/// Correlation of one eye's surroundings with the mirrored surroundings of the other, at the best of several
/// alignments.
fn likeness(picture: &Grey, left: &[usize; 2], right: &[usize; 2]) -> f64 {
    let patch = |[x, y]: &[usize; 2], dx: isize, dy: isize, way: isize| {
        let at = move |v: usize, d: isize, length: usize| (v as isize + d).clamp(0, length as isize - 1) as usize;
        (-PATCH..=PATCH)
            .flat_map(move |v| (-PATCH..=PATCH).map(move |u| (u, v)))
            .map(|(u, v)| {
                let (x, y) = (at(*x, dx + way * u, picture.width), at(*y, dy + v, picture.height));
                f64::from(picture.samples[y * picture.width + x])
            })
            .collect::<Vec<_>>()
    };
    let left = patch(left, 0, 0, 1);
    let shifts = [-SLACK, 0, SLACK];
    shifts
        .iter()
        .flat_map(|dx| shifts.iter().map(move |dy| (*dx, *dy)))
        .map(|(dx, dy)| correlation(&left, &patch(right, dx, dy, -1)))
        .fold(-1.0, f64::max)
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let product = |a: &[f64], mean_a: f64, b: &[f64], mean_b: f64| {
        a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum::<f64>()
    };
    let power = product(a, mean_a, a, mean_a) * product(b, mean_b, b, mean_b);
    if power > 0.0 { product(a, mean_a, b, mean_b) / power.sqrt() } else { 0.0 }
}
