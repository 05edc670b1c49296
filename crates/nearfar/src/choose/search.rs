//! The search, by drafts, for a crossover and a share with which both pictures are seen.

use nearfar_kernels::{Crossover, Focus, Share};

use super::{distance::far_eye_sigma, share::skin};
use crate::{Strength, draft::Drafts, fit::Aligned};

/// While the percept up close of a [draft](Drafts) lies between these, the usual cycles stay; below, the far picture gets fewer, and
/// above, more. With the same cycles for every pair it is .18 to .76 (docs/crossovers.md); far pictures are seen from their
/// distance about as well with half and with twice as many, but that distance is doubled or halved.
const UP_CLOSE: [f64; 2] = [0.42, 0.5];

/// The same for a subtle far picture, and for a strong one: each a step that is noticed at once.
const UP_CLOSE_SUBTLE: [f64; 2] = [0.62, 0.7];
const UP_CLOSE_STRONG: [f64; 2] = [0.27, 0.33];

/// The percept up close falls by this much when the far picture gets an octave more cycles (docs/crossovers.md).
const UP_CLOSE_PER_OCTAVE: f64 = 0.4;

/// Cycles are chosen in this many steps per octave, so that rounding differences between processors hardly ever change them.
const STEPS_PER_OCTAVE: f64 = 32.0;

/// The far picture gets more of its colours and its tone until its percept from afar in a [draft](Drafts) reaches the second of
/// these, and less if the percept is beyond the first: then it has more than it needs, and shows as a ghost in plain places. Judges
/// who were told nothing named the far picture of all of 29 hybrids below -.5, of 19 of 24 between -.5 and -.4, of 8 of 22 between
/// -.4 and -.3 (and the near one of 5), and of 1 of 16 above -.3; of 30 others, chosen with -.52, of seven in ten at -.5 to -.55.
const FROM_AFAR: [f64; 2] = [-0.63, -0.55];

/// The same for a subtle far picture, and for a strong one.
const FROM_AFAR_SUBTLE: [f64; 2] = [-0.5, -0.42];
const FROM_AFAR_STRONG: [f64; 2] = [-0.7, -0.6];

/// The way from the usual parts to the most or the least of them has this many steps, for the same reason.
const PART_STEPS: f64 = 64.0;

impl Strength {
    /// The bounds of a percept up close within which the usual cycles stay.
    fn up_close(self) -> [f64; 2] {
        match self {
            Self::Subtle => UP_CLOSE_SUBTLE,
            Self::Even => UP_CLOSE,
            Self::Strong => UP_CLOSE_STRONG,
        }
    }

    /// The bounds of a percept from afar within which the usual parts stay.
    fn afar(self) -> [f64; 2] {
        match self {
            Self::Subtle => FROM_AFAR_SUBTLE,
            Self::Even => FROM_AFAR,
            Self::Strong => FROM_AFAR_STRONG,
        }
    }
}

/// A search for a crossover and a share.
pub(super) struct Search<'a> {
    aligned: &'a Aligned,
    strength: Strength,
    /// The usual crossover and the highest, in cycles per pixel.
    cycles: [f64; 2],
    skin: Option<Focus>,
}

/// What a search has found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    /// How many octaves more cycles than usual the subject gets, so that the near picture is seen up close neither worse nor
    /// better than it should be.
    pub(super) octaves: f64,
    /// How much more than usual of the far picture comes through beside its shapes, from -1 (the least) to 1 (the most), so that it
    /// is just seen from afar.
    pub(super) more: f64,
}

impl<'a> Search<'a> {
    pub(super) fn new(aligned: &'a Aligned, strength: Strength, face_cycles: f64) -> Self {
        let cycles = aligned.subject().cycles(face_cycles, aligned.pair.size());
        Self { aligned, strength, cycles, skin: skin(aligned, strength) }
    }

    /// The crossover that many octaves above the usual one, up to the highest.
    pub(super) fn crossover(&self, octaves: f64) -> Crossover {
        let [usual, most] = self.cycles;
        Crossover::per_pixel(most.min(octaves.exp2() * usual)).expect("above 0 and below half a cycle per pixel")
    }

    pub(super) fn share(&self, more: f64) -> Share {
        let near_face = self.skin;
        Share { near_face, ..self.aligned.subject().share(self.aligned.near_face.is_some(), self.strength, more) }
    }

    /// The octaves, within limits, that bring the percept `near`, which was seen at `octaves`, back between two bounds.
    fn moved(&self, octaves: f64, near: f64, [least, most]: [f64; 2], limits: [f64; 2]) -> f64 {
        let here = (self.crossover(octaves).cycles_per_pixel() / self.cycles[0]).log2();
        let moved = here + (near - near.clamp(least, most)) / UP_CLOSE_PER_OCTAVE;
        let [fewest, limit] = limits.map(f64::log2);
        ((moved * STEPS_PER_OCTAVE).round() / STEPS_PER_OCTAVE).clamp(fewest, limit)
    }

    /// Looks at up to three drafts; none where the pictures are too small for drafts.
    pub(super) fn wanted(&self, drafts: &Drafts<'_>) -> Option<Wanted> {
        let (up_close, [clear, unclear]) = (self.strength.up_close(), self.strength.afar());
        let [fewest, most, most_unseen] = self.aligned.subject().limits(self.strength);
        let crossing_at = |octaves: f64| {
            let crossover = self.crossover(octaves);
            drafts.crossing_at(crossover, far_eye_sigma(crossover))
        };
        let mut crossing = crossing_at(0.0)?;
        let [mut near, mut far] = crossing.look(self.share(0.0))?;
        let octaves = self.moved(0.0, near, up_close, [fewest, most]);
        if octaves != 0.0 {
            crossing = crossing_at(octaves)?;
            [near, far] = crossing.look(self.share(0.0))?;
        }
        let (end, bound) = if far < clear {
            (-1.0, clear)
        } else if far > unclear {
            (1.0, unclear)
        } else {
            return Some(Wanted { octaves: self.moved(octaves, near, up_close, [fewest, most]), more: 0.0 });
        };
        let [near_at_end, far_at_end] = crossing.look(self.share(end))?;
        if end > 0.0 && far_at_end > unclear {
            // All that the near picture bears is too little: the far one gets every cycle that the near one can spare.
            let least = up_close[0];
            let octaves = self.moved(octaves, near_at_end, [least; 2], [fewest, most_unseen]);
            return Some(Wanted { octaves, more: end });
        }
        let way = ((far - bound) / (far - far_at_end)).clamp(0.0, 1.0);
        let way = (PART_STEPS * way).round() / PART_STEPS;
        // The far picture pays with cycles for what it takes beside its shapes. What it gives up is the near picture's gain: more
        // cycles in return would not make the far one clearer from afar.
        let near = if end > 0.0 { near + way * (near_at_end - near) } else { near };
        Some(Wanted { octaves: self.moved(octaves, near, up_close, [fewest, most]), more: end * way })
    }
}
