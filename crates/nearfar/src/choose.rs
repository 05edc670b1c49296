//! Choosing what nobody said: how wide a blur stands for the distance.

use nearfar_align::{Aligned, Landmarks, Point};
use nearfar_descent as descent;
use nearfar_image::Size;

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
    /// Whatever it is: the width of the blur was given.
    Given,
}

/// What was chosen, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// How to mix.
    pub options: descent::Options,
    /// Width of the blur, in pixels.
    pub sigma: f64,
    /// What the far picture must show from afar.
    pub subject: Subject,
}

/// A face is this many times as wide as its eyes are apart: 140 mm to 63 mm, the means of grown people. The heads of a
/// raccoon, three cats and a dog are 2.1 to 2.9 times as wide, and what makes them known is within this width.
const FACE_WIDTH: f64 = 2.2;
/// Cycles across a face at which near and far picture have equal shares. A face is recognised by 8 to 16; chosen by
/// looking at two portraits, large and shrunk to a sixth: at 8 the near face still shows in the small one, at 16 the far
/// face smiles through the large one.
const FACE_CYCLES: f64 = 10.0;
/// Likewise across the shorter side of a picture. Oliva, Torralba and Schyns ("Hybrid images", SIGGRAPH 2006) end the far
/// picture at about 16 and begin the near one at about 24; at 16 a raccoon does not turn into a cat at a sixth of the size.
const PICTURE_CYCLES: f64 = 24.0;
/// The narrowest blur that is chosen, in pixels: a narrower one leaves the near picture nothing.
const LEAST_SIGMA: f64 = 1.0;

impl Subject {
    /// The subject of a far picture that fits its near one.
    #[must_use]
    pub fn of(aligned: &Aligned) -> Self {
        match &aligned.far_face {
            Some(face) => Self::Face { width: FACE_WIDTH * extent(face) * scale(aligned) },
            None => Self::Picture { side: aligned.pair.size().shorter_side() },
        }
    }

    /// Width of the blur in pixels that leaves the subject as many cycles as it takes to know it.
    ///
    /// A subject much smaller than the picture does not get more than twice the cycles that a picture of this size would
    /// get as a whole, or the near picture would have nothing left.
    fn sigma(self, size: Size) -> f64 {
        let whole = PICTURE_CYCLES / size.shorter_side() as f64;
        let cutoff = match self {
            Self::Face { width } => (FACE_CYCLES / width).min(2.0 * whole),
            _ => whole,
        };
        // Two decimals are finer than any eye.
        let sigma = (100.0 * descent::Options::sigma_of_cutoff(cutoff)).round() / 100.0;
        sigma.max(LEAST_SIGMA)
    }
}

/// Chooses how to mix two pictures that fit: the far picture gets as many cycles as it takes to know its subject, the
/// near picture all that is finer. A `sigma` that is given stays.
#[must_use]
pub fn choose(aligned: &Aligned, sigma: Option<f64>) -> Choice {
    let (sigma, subject) = match sigma {
        Some(sigma) => (sigma, Subject::Given),
        None => {
            let subject = Subject::of(aligned);
            (subject.sigma(aligned.pair.size()), subject)
        }
    };
    let options = descent::Options { sigma: Some(sigma), ..descent::Options::default() };
    Choice { options, sigma, subject }
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
