//! Finding the eyes of animals in photographs.
//!
//! Three cues are combined, none of them reliable alone: a cascade trained on faces of cats (Joseph Howse, in
//! `models/`), whose windows pass on the faces of many animals and on some stones and cups; two round things, mirror
//! images of each other, where it implies that eyes are; and the number of windows that pass when laid around these
//! eyes.

mod cascade;
mod cluster;
mod eyes;
mod integral;
mod round;
mod search;

use nearfar_image::{Channels, Encoded, Image, Landmarks, Point};
use nearfar_kernels::Execution;

use self::{
    cascade::{Cascade, WINDOW},
    cluster::clusters,
    eyes::{Eyes, Head, eyes},
    search::{Hit, hits, support},
};
use crate::{
    FacesError,
    face::{Bounds, Face, MAX_FACES},
    view::Pyramid,
};

/// Finds the faces of animals in photographs; create it once and reuse it.
///
/// It finds faces like a cat's (two eyes that look at the camera, a nose below, fur around), tilted by up to about 30
/// degrees, from a tenth of the picture's longer side to more than the whole picture. It was tested on cats, raccoons,
/// cheetahs, dogs, lemurs and monkeys. People's faces are for [`crate::FaceFinder`], which should be tried first.
#[derive(Clone, Debug)]
pub struct AnimalFinder {
    cascade: Cascade,
}

/// Groups of fewer windows are due to chance.
const MIN_WINDOWS: usize = 2;
/// The number of largest groups that are examined closely.
const MAX_CLUSTERS: usize = 5;
/// Evidence (see [`AnimalFinder::look_closely`]) of even odds. Faces of animals that look at the camera have 0.6 to 15;
/// false detections in some 900 other pictures have less than this, except for a person's head carved in stone, with
/// 1.03.
const EVEN_ODDS: f64 = 1.0;
/// Faces of less confidence are rejected. In good photographs correct ones have 0.63 and more; the most confident false
/// ones known are a head carved in stone and a dog's nostrils, with 0.51.
const MIN_CONFIDENCE: f64 = 0.55;
/// Distance between the eyes as a fraction of the side of a window that shows a face, and their height above the
/// window's centre: the means over the photographs in which faces are found.
const EYES_APART: f64 = 0.42;
const EYES_ABOVE: f64 = 0.095;
/// Height of the nose below the eyes, in eye distances: it varies from 0.5 to 1 and is not searched for.
const NOSE_BELOW: f64 = 0.85;

impl AnimalFinder {
    /// Reads the embedded cascade.
    ///
    /// # Errors
    ///
    /// [`FacesError::Model`] if the program was built with a different model file.
    pub fn new() -> Result<Self, FacesError> {
        let packed = include_bytes!("../../models/frontalcatface.cascade");
        Ok(Self { cascade: Cascade::new(packed).ok_or(FacesError::Model)? })
    }

    /// The animals' faces in a picture, largest first, at most eight; empty if there are none.
    #[must_use]
    pub fn find(&self, picture: &Image<Encoded>, execution: &Execution) -> Vec<Face> {
        let grey = grey(picture);
        let pyramid = Pyramid::new(&grey, WINDOW, execution);
        let clusters = clusters(hits(&self.cascade, &pyramid, execution), MIN_WINDOWS, MAX_CLUSTERS);
        let mut looks: Vec<_> = clusters.into_iter().map(|cluster| (cluster, None)).collect();
        execution.for_each(looks.iter_mut().collect(), |(cluster, face)| {
            *face = self.look_closely(&pyramid, cluster);
        });
        let mut faces: Vec<_> = looks.into_iter().filter_map(|(_, face)| face).collect();
        faces.sort_by(|a, b| b.landmarks.confidence.total_cmp(&a.landmarks.confidence));
        let mut apart: Vec<Face> = Vec::new();
        for face in faces {
            // A nose, and a head with its shoulders, also look somewhat like a face.
            if !apart.iter().any(|surer| surer.bounds.overlap(&face.bounds) > 0.0) {
                apart.push(face);
            }
        }
        apart.sort_by(|a, b| b.bounds.area().total_cmp(&a.bounds.area()));
        apart.truncate(MAX_FACES);
        apart
    }

    /// Locates the eyes where a group of windows shows a face, and weighs the evidence: the share of windows laid
    /// around these eyes that pass, times the eyes' score; the share is squared, since it varies less between eyes and
    /// other things.
    fn look_closely(&self, pyramid: &Pyramid<'_>, window: &Hit) -> Option<Face> {
        let first = eyes(pyramid, &head(window))?.head();
        // The median over several looks, each slightly rotated and scaled: a look that mistook an eyebrow for an eye
        // counts no more than the others.
        const LOOKS: [(f64, f64); 5] = [(0.0, 1.0), (-6.0, 0.95), (6.0, 0.95), (-6.0, 1.05), (6.0, 1.05)];
        let look = |(turn, zoom): (f64, f64)| {
            eyes(pyramid, &Head { angle: first.angle + turn.to_radians(), distance: first.distance * zoom, ..first })
        };
        let looks: Vec<Eyes> = LOOKS.into_iter().map(look).collect::<Option<_>>()?;
        let number = |of: &dyn Fn(&Eyes) -> f64| median(looks.iter().map(of).collect());
        let points = [0, 1].map(|k| Point::new(number(&|look| look.points[k].x), number(&|look| look.points[k].y)));
        let head = Head::between(points);
        let window = around(&head);
        let evidence = support(&self.cascade, pyramid, &window) * number(&Eyes::likelihood).powi(2);
        let confidence = evidence / (evidence + EVEN_ODDS);
        if confidence < MIN_CONFIDENCE {
            return None;
        }
        let half = 0.5 * window.side;
        let corner = |way: f64| Point::new(window.middle.x + way * half, window.middle.y + way * half);
        let mouth = head.place(0.0, NOSE_BELOW * head.distance);
        Some(Face {
            landmarks: Landmarks { eyes: points, mouth, confidence, animal: true },
            bounds: Bounds { top_left: corner(-1.0), bottom_right: corner(1.0) },
        })
    }
}

/// The expected position of the eyes in a window that shows a face.
fn head(window: &Hit) -> Head {
    let head = Head { between: window.middle, distance: EYES_APART * window.side, angle: window.angle };
    Head { between: head.place(0.0, -EYES_ABOVE * window.side), ..head }
}

/// The window that should show a face with these eyes.
fn around(head: &Head) -> Hit {
    let side = head.distance / EYES_APART;
    Hit { middle: head.place(0.0, EYES_ABOVE * side), side, angle: head.angle }
}

/// The median of an odd number of values.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Grey values with OpenCV's weights (ITU-R BT.601), as in the cascade's training pictures.
fn grey(picture: &Image<Encoded>) -> Image<Encoded> {
    const WEIGHTS: [f32; 3] = [0.299, 0.587, 0.114];
    match picture.channels() {
        Channels::Grey => picture.clone(),
        Channels::Rgb => {
            let planes: [_; 3] = std::array::from_fn(|c| picture.plane(c).samples());
            let mut grey = Image::filled(picture.size(), Channels::Grey, 0.0);
            for (i, v) in grey.samples_mut().iter_mut().enumerate() {
                *v = WEIGHTS.iter().zip(planes).map(|(weight, plane)| weight * plane[i]).sum();
            }
            grey
        }
    }
}
