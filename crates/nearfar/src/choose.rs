//! Choosing what nobody said: how much the far picture keeps.
//!
//! This is the one rule for every command and for [`Recipe`](crate::Recipe)s. It rests on the subject of the far picture:
//! [`FACE_CYCLES`] across a face, else [`PICTURE_CYCLES`] across the picture's shorter side.

use nearfar_align::{Aligned, Landmarks, Point};
use nearfar_descent::{self as descent, PICTURE_CYCLES};
use nearfar_fourier::{self as fourier, FrequencyResponse};
use nearfar_image::Size;
use nearfar_kernels::{Crossover, Execution, HALF_GAIN};
use nearfar_vision::{cycles_per_image, sigma_of_cycles_per_image};

use crate::Method;

/// What the far picture must show from afar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject {
    /// A face, so many pixels of the hybrid wide.
    Face {
        /// From ear to ear, in pixels.
        width: f64,
    },
    /// All that the picture shows; its shorter side is so many pixels.
    Picture {
        /// In pixels.
        side: usize,
    },
}

/// What was chosen, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Where near and far picture have equal shares, in cycles per pixel.
    pub crossover: f64,
    /// What the far picture must show from afar.
    pub subject: Subject,
}

/// A face is this many times as wide as its eyes are apart: 140 mm to 63 mm, the means of grown people. The heads of a
/// raccoon, three cats and a dog are 2.1 to 2.9 times as wide, and what makes them known is within this width.
const FACE_WIDTH: f64 = 2.2;
/// Cycles across a face at which near and far picture have equal shares. A face is recognised by 8 to 16; chosen by
/// looking at portraits, large and shrunk to a fifth and a sixth: at 8 the near face still shows in the small one, at 16
/// the far face smiles through the large one. Faces that fill the picture and faces that take a third of it agree.
pub const FACE_CYCLES: f64 = 10.0;
/// The highest crossover that is chosen, in cycles per pixel: a higher one leaves the near picture nothing.
const MOST_CROSSOVER: f64 = 0.25;

impl Subject {
    /// The subject of a far picture that fits its near one. A face that the alignment did not look for is looked for now.
    #[must_use]
    pub fn of(aligned: &Aligned, execution: &Execution) -> Self {
        let known = aligned.far_face.as_ref().map(|face| extent(face) * scale(aligned));
        match known.or_else(|| searched(aligned, execution)) {
            Some(extent) => Self::Face { width: FACE_WIDTH * extent },
            None => Self::Picture { side: aligned.pair.size().shorter_side() },
        }
    }

    /// The crossover, in cycles per pixel, that leaves the subject as many cycles as it takes to know it.
    ///
    /// A subject much smaller than the picture does not get more than twice the cycles that a picture of this size would
    /// get as a whole, or the near picture would have nothing left.
    fn crossover(self, size: Size) -> f64 {
        let whole = PICTURE_CYCLES / size.shorter_side() as f64;
        match self {
            Self::Face { width } => (FACE_CYCLES / width).min(2.0 * whole),
            Self::Picture { .. } => whole,
        }
    }
}

/// Chooses how to mix two pictures that fit: the far picture gets as many cycles as it takes to know its subject, the
/// near picture all that is finer.
#[must_use]
pub fn choose(aligned: &Aligned, execution: &Execution) -> Choice {
    let subject = Subject::of(aligned, execution);
    Choice { crossover: subject.crossover(aligned.pair.size()).min(MOST_CROSSOVER), subject }
}

impl Choice {
    /// The blur, in pixels, of an eye that is so far away that it leaves half at the crossover: from there on it sees the
    /// far picture.
    #[must_use]
    pub fn eye_sigma(&self) -> f64 {
        sigma_of_cycles_per_image(self.crossover, 1)
    }
}

impl Method {
    /// The method with a crossover in cycles per pixel. The Wiener response has widths of its own and stays, as do weights
    /// that have no crossover. There is none above half a cycle per pixel: a mix will say so.
    #[must_use]
    pub fn crossing_at(self, crossover: f64) -> Self {
        match self {
            Self::Descent(options) => {
                // Three decimals are finer than any eye.
                let sigma = options.sigma_at(crossover).map(|sigma| (1000.0 * sigma).round() / 1000.0);
                Self::Descent(descent::Options { sigma: sigma.or(options.sigma), ..options })
            }
            Self::Fourier(options) => {
                Self::Fourier(fourier::Options { crossover: Crossover::per_pixel(crossover).ok(), ..options })
            }
        }
    }

    /// The method for a distance from which the eye blurs by so many pixels: its crossover is where the eye's blur leaves
    /// half.
    #[must_use]
    pub fn seen_through(self, eye_sigma: f64) -> Self {
        match self {
            Self::Descent(_) => self.crossing_at(cycles_per_image(eye_sigma, 1)),
            Self::Fourier(mut options) => {
                // An eye sharper than pixels sees all of them.
                options.crossover = Crossover::per_pixel((HALF_GAIN / eye_sigma).min(0.5)).ok();
                if let FrequencyResponse::Wiener { sigma, .. } = &mut options.low {
                    *sigma = eye_sigma;
                }
                Self::Fourier(options)
            }
        }
    }
}

/// Distance of the eyes, or from the eyes to the mouth for a face that looks aside.
fn extent(face: &Landmarks) -> f64 {
    let [left, right] = face.eyes;
    left.distance(right).max(left.midpoint(right).distance(face.mouth))
}

/// Pixels of the hybrid in a pixel of the far picture, in the middle of the hybrid.
fn scale(aligned: &Aligned) -> f64 {
    let frame = aligned.frame;
    let (x, y) = (0.5 * frame.size.width() as f64, 0.5 * frame.size.height() as f64);
    let [[a, b], [c, d]] = aligned.transform.jacobian(Point::new(frame.x as f64 + x, frame.y as f64 + y));
    (a * d - b * c).abs().sqrt().recip()
}

/// The extent of the largest face of the far picture, in the hybrid's pixels, where none was looked for.
#[cfg(feature = "faces")]
fn searched(aligned: &Aligned, execution: &Execution) -> Option<f64> {
    if aligned.notes.iter().any(|note| matches!(note, nearfar_align::Note::Faces { .. })) {
        return None;
    }
    // A face too small for a glance would be given no more cycles than a picture without one.
    let face = nearfar_align::FaceFinder::new().ok()?.glance(aligned.pair.far(), execution)?;
    Some(extent(&face.landmarks))
}

/// This build cannot find any.
#[cfg(not(feature = "faces"))]
fn searched(_aligned: &Aligned, _execution: &Execution) -> Option<f64> {
    None
}
