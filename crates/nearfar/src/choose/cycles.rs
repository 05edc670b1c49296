//! How many cycles the far picture gets: by its subject, by the mixer, and by how strong it is to be.

use nearfar_image::Size;

use crate::{Strength, Subject};

/// Cycles across a face at which the optimiser's details take over, where both pictures are equally strong: with about 4 to 5
/// nearly all faces flip.
pub const FACE_CYCLES: f64 = 4.5;

/// The same for filters, which spill over the near picture's edges and so must leave more of the far one to be seen.
pub const FILTER_FACE_CYCLES: f64 = 6.0;

/// A picture without a face is recognised by as many cycles across its shorter side as this many faces have.
const FACES_ACROSS: f64 = 2.4;

/// The highest crossover that is ever chosen, in cycles per pixel: above it nothing is left of the near picture.
pub(crate) const MOST_CROSSOVER: f64 = 0.25;

/// A face much smaller than the picture gets at most this many times the cycles that the whole of a picture of that size would
/// get, or nothing would be left of the near picture.
const MOST_OF_WHOLE: f64 = 1.6;

/// With less than this part of its usual cycles a subject is hardly recognised, however weak the near picture is.
const FEWEST_TIMES: f64 = 0.65;

/// With more than this many times its usual cycles a face is recognised up close by its features, however strong the near
/// picture is.
const MOST_TIMES_ON_FACE: f64 = 2.0;

/// Other subjects are recognised from less, and their outlines would show in the near picture.
const MOST_TIMES_IN_PICTURE: f64 = 1.25;

/// Unless nothing else makes them visible from afar: the moon over a motorcycle in a garage.
const MOST_TIMES_UNSEEN: f64 = 2.0;

/// These limits are multiplied by this for a subtle far picture, and for a strong one.
const SUBTLE_TIMES: f64 = 0.7;
const STRONG_TIMES: f64 = 1.5;

impl Strength {
    /// The factor of the limits on cycles.
    fn times(self) -> f64 {
        match self {
            Self::Subtle => SUBTLE_TIMES,
            Self::Even => 1.0,
            Self::Strong => STRONG_TIMES,
        }
    }
}

impl Subject {
    /// The usual crossover and the highest, in cycles per pixel.
    pub(super) fn cycles(self, face_cycles: f64, size: Size) -> [f64; 2] {
        let whole = FACES_ACROSS * face_cycles / size.shorter_side() as f64;
        match self {
            Self::Face { width, .. } => [face_cycles / width, MOST_CROSSOVER.min(MOST_OF_WHOLE * whole)],
            Self::Picture { .. } => [whole, MOST_CROSSOVER],
        }
    }

    /// The least and the greatest factor of the usual cycles, and the greatest where nothing else makes the subject visible from
    /// afar.
    pub(super) fn limits(self, strength: Strength) -> [f64; 3] {
        let [most, unseen] = match self {
            Self::Face { .. } => [MOST_TIMES_ON_FACE; 2],
            Self::Picture { .. } => [MOST_TIMES_IN_PICTURE, MOST_TIMES_UNSEEN],
        };
        let times = strength.times();
        [(times * FEWEST_TIMES).min(1.0), (times * most).max(1.0), (times * unseen).max(1.0)]
    }
}
