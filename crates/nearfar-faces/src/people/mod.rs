//! Finding the eyes and mouths of people in photographs.
//!
//! The network is YuNet (Wu, Peng and Yu, "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence
//! Research 20, 2023): 53 104 weights, embedded from `models/`. It consists of a single kind of building block, so it
//! is run here by a few plain loops rather than by an ONNX engine, which would add a minute and a half of processor
//! time or more to a first build. `models/README.md` has the figures.

mod candidate;
mod network;
mod tensor;
mod weights;

use std::f64::consts::PI;

use nearfar_image::{Encoded, Image, Landmarks};
use nearfar_kernels::Execution;

use self::{
    candidate::{Candidate, candidates, mean, merged},
    network::Network,
    tensor::Features,
};
use crate::{
    FacesError,
    face::{Face, MAX_FACES},
    view::{Pyramid, View},
};

/// Finds the faces of people in photographs; create it once and reuse it.
///
/// It finds upright faces, tilted by up to about 45 degrees, from about 12 pixels to the whole picture; in pictures of
/// more than 1600 pixels, from about 1/130 of the longer side. If it finds none, it tries again with the picture on its
/// side and upside down. It is meant for people and misses most animals, drawings and masks; see
/// [`crate::AnimalFinder`].
#[derive(Clone, Debug)]
pub struct FaceFinder {
    network: Network,
}

/// The largest size, in pixels, at which a picture is searched.
const SEARCHED: usize = 1600;
/// The largest size on its side or upside down: rare cases, which would take another three times as long.
const SEARCHED_TURNED: usize = 800;
/// Sizes go down to this or less, at which a face that fills the picture has the size that suits the network.
const MIN_SEARCHED: usize = 192;
/// Scores below this are rejected. OpenCV's own examples use 0.6 to 0.9; false detections in pictures of stars, gravel
/// or a coffee cup score up to 0.6.
const MIN_SCORE: f64 = 0.7;
/// The largest size at which a picture is searched for large faces, which are found from about 12 pixels on.
const SEARCHED_LARGE: usize = 2 * MIN_SEARCHED;

impl FaceFinder {
    /// Reads the embedded network.
    ///
    /// # Errors
    ///
    /// [`FacesError::Model`] if the program was built with a different model file.
    pub fn new() -> Result<Self, FacesError> {
        let model = include_bytes!("../../models/yunet_2023mar.weights");
        Ok(Self { network: Network::new(model).ok_or(FacesError::Model)? })
    }

    /// The faces in a picture, largest first, at most eight; empty if there are none.
    #[must_use]
    pub fn find(&self, picture: &Image<Encoded>, execution: &Execution) -> Vec<Face> {
        let pyramid = Pyramid::new(picture, MIN_SEARCHED, execution);
        let upright_first = (0..4).map(|turns| self.search(&pyramid, turns, execution));
        upright_first.into_iter().find(|faces| !faces.is_empty()).unwrap_or_default()
    }

    /// The upright faces that fill a good part of a picture, largest first: searched for at small sizes only, in a
    /// fraction of the time of [`Self::find`]. The first one is examined closely and as exact as there; the others are
    /// accurate to a few hundredths of their size.
    #[must_use]
    pub fn find_large(&self, picture: &Image<Encoded>, execution: &Execution) -> Vec<Face> {
        let pyramid = Pyramid::new(picture, MIN_SEARCHED, execution);
        let levels = (0..pyramid.levels()).filter(|&level| pyramid.level(level).size().longer_side() <= SEARCHED_LARGE);
        let seen = levels.flat_map(|level| self.look(&pyramid, &View::whole(picture.size(), 1 << level, 0), execution));
        let mut seen = largest_first(merged(seen.collect()));
        let close = |(i, face)| Some((i, self.look_closely(&pyramid, face, execution)?));
        let Some((i, first)) = seen.iter().enumerate().find_map(close) else { return Vec::new() };
        seen.drain(..=i);
        std::iter::once(first).chain(seen).map(Face::from).collect()
    }

    /// Searches for faces that are upright when the picture is rotated by `turns` times 90 degrees.
    fn search(&self, pyramid: &Pyramid<'_>, turns: usize, execution: &Execution) -> Vec<Face> {
        let longest = if turns == 0 { SEARCHED } else { SEARCHED_TURNED };
        let mut found = Vec::new();
        for level in 0..pyramid.levels() {
            if pyramid.level(level).size().longer_side() <= longest {
                let view = View::whole(pyramid.level(0).size(), 1 << level, turns);
                found.extend(self.look(pyramid, &view, execution));
            }
        }
        largest_first(merged(found))
            .iter()
            .filter_map(|face| self.look_closely(pyramid, face, execution))
            .map(Face::from)
            .collect()
    }

    fn look(&self, pyramid: &Pyramid<'_>, view: &View, execution: &Execution) -> Vec<Candidate> {
        // The network's input format: blue, green, red in 0..=255, both sides padded to multiples of 32.
        let [width, height] = [view.width, view.height].map(|side| side.next_multiple_of(32));
        let samples = pyramid.cut(view, [2, 1, 0], [width, height], execution);
        let heads = self.network.apply(&Features { width, height, samples }, execution);
        candidates(&heads, view, MIN_SCORE)
    }

    /// Examines a face again, alone, upright and at the size at which its points are most exact; the mean of several
    /// looks, each slightly rotated and every other one mirrored, is more accurate than any of them. None if any look
    /// shows no face.
    fn look_closely(&self, pyramid: &Pyramid<'_>, face: &Candidate, execution: &Execution) -> Option<Candidate> {
        const ANGLE: f64 = 8.0 * PI / 180.0;
        let look = |face: &Candidate, turn: f64, mirrored: bool| {
            let view = close_view(face, turn, mirrored);
            let seen = merged(self.look(pyramid, &view, execution));
            seen.into_iter().max_by(|a, b| a.bounds.area().total_cmp(&b.bounds.area()))
        };
        // Upside down a face still looks like one, with a mouth on its forehead, but less so.
        let ways = [0.0, PI].into_iter().filter_map(|turn| look(face, turn, false));
        let upright = ways.max_by(|a, b| a.score.total_cmp(&b.score))?;
        let looks = [(-ANGLE, false), (ANGLE, false), (-ANGLE, true), (ANGLE, true)];
        let looks: Vec<_> =
            looks.into_iter().map(|(turn, mirrored)| look(&upright, turn, mirrored)).collect::<Option<_>>()?;
        Some(Candidate { bounds: face.bounds, ..mean(&looks, |_| 1.0) })
    }
}

/// The largest faces, at most [`MAX_FACES`].
fn largest_first(mut faces: Vec<Candidate>) -> Vec<Candidate> {
    faces.sort_by(|a, b| b.bounds.area().total_cmp(&a.bounds.area()));
    faces.truncate(MAX_FACES);
    faces
}

/// A square view around a face that shows it upright, then rotated clockwise by `turn` in radians.
fn close_view(face: &Candidate, turn: f64, mirrored: bool) -> View {
    /// Size of the square: this many pixels (at 256 and at the cheaper 160, eyes are off by up to 4 and 6 % of their
    /// distance), and this many times the distance between the eyes (or from eyes to mouth).
    const SIDE: usize = 320;
    const DISTANCES: f64 = 2.7;

    let [left, right] = face.eyes;
    let between = left.midpoint(right);
    let distance = left.distance(right).max(between.distance(face.mouth));
    let angle = (right.y - left.y).atan2(right.x - left.x);
    let scale = distance * DISTANCES / SIDE as f64;
    View::around(between.midpoint(face.mouth), [SIDE; 2], scale, angle + turn, mirrored)
}

impl From<Candidate> for Face {
    fn from(candidate: Candidate) -> Self {
        let Candidate { bounds, eyes, mouth, score } = candidate;
        Self { landmarks: Landmarks { eyes, mouth, confidence: score, animal: false }, bounds }
    }
}
