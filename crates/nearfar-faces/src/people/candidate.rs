//! Decoding the network's heads into faces.

use nearfar_image::Point;

use super::{
    network::{HEAD, STRIDES},
    tensor::Features,
};
use crate::{face::Bounds, view::View};

/// A face as predicted by one cell of the network, in pixels of the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) bounds: Bounds,
    /// The eye on the left of an upright face first.
    pub(super) eyes: [Point; 2],
    pub(super) mouth: Point,
    /// Confidence, in `[0, 1]`.
    pub(super) score: f64,
}

/// The predictions of at least score `least`, decoded as in OpenCV's `FaceDetectorYN`.
pub(super) fn candidates(heads: &[Features; 3], view: &View, least: f64) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (head, stride) in heads.iter().zip(STRIDES) {
        for cell in 0..head.area() {
            let value = |plane: usize| f64::from(head.samples[plane * head.area() + cell]);
            let score = (sigmoid(value(FACE)) * sigmoid(value(THING))).sqrt();
            if score < least {
                continue;
            }
            let bounds: [f64; 4] = std::array::from_fn(|i| value(BOUNDS + i));
            let points: [f64; 10] = std::array::from_fn(|i| value(POINTS + i));
            let corner = [(cell % head.width) as f64, (cell / head.width) as f64];
            // The network's origin is the picture's corner; the centre of the first pixel is half a pixel further.
            let place = |u: f64, v: f64| {
                let [u, v] = [(u + corner[0]) * stride as f64, (v + corner[1]) * stride as f64];
                view.place(u - 0.5, v - 0.5)
            };
            let [half_width, half_height] = [0.5 * bounds[2].exp(), 0.5 * bounds[3].exp()];
            let sides = [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)];
            let corners = sides.map(|(x, y)| place(bounds[0] + x * half_width, bounds[1] + y * half_height));
            let point = |i: usize| place(points[2 * i], points[2 * i + 1]);
            let mut eyes = [point(0), point(1)];
            if view.mirrored {
                eyes.reverse();
            }
            let mouth = point(3).midpoint(point(4));
            found.push(Candidate { bounds: Bounds::around(&corners), eyes, mouth, score });
        }
    }
    found
}

/// The first plane of each part of a head.
const FACE: usize = 0;
const BOUNDS: usize = FACE + HEAD[0];
const THING: usize = BOUNDS + HEAD[1];
const POINTS: usize = THING + HEAD[2];

fn sigmoid(v: f64) -> f64 {
    1.0 / (1.0 + (-v).exp())
}

/// One candidate per face: those that overlap the best one are averaged with it, weighted by their squared scores.
/// Points jitter by a few pixels from cell to cell, and the mean jitters less.
pub(super) fn merged(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    /// Smallest overlap of candidates for one face (intersection over union), as in OpenCV.
    const OVERLAP: f64 = 0.3;
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut faces = Vec::new();
    while let Some(surest) = candidates.first().copied() {
        let (same, others): (Vec<_>, _) =
            candidates[1..].iter().copied().partition(|other| surest.bounds.overlap(&other.bounds) > OVERLAP);
        let all: Vec<_> = std::iter::once(surest).chain(same).collect();
        faces.push(Candidate { score: surest.score, ..mean(&all, |candidate| candidate.score.powi(2)) });
        candidates = others;
    }
    faces
}

/// The weighted mean of at least one candidate; its score is their mean score.
pub(super) fn mean(candidates: &[Candidate], weight: impl Fn(&Candidate) -> f64) -> Candidate {
    let total: f64 = candidates.iter().map(&weight).sum();
    let number = |of: &dyn Fn(&Candidate) -> f64| candidates.iter().map(|c| weight(c) * of(c)).sum::<f64>() / total;
    let point = |of: &dyn Fn(&Candidate) -> Point| Point::new(number(&|c| of(c).x), number(&|c| of(c).y));
    Candidate {
        bounds: Bounds { top_left: point(&|c| c.bounds.top_left), bottom_right: point(&|c| c.bounds.bottom_right) },
        eyes: [point(&|c| c.eyes[0]), point(&|c| c.eyes[1])],
        mouth: point(&|c| c.mouth),
        score: number(&|c| c.score),
    }
}
