//! The search, by drafts, for a crossover and a share with which both pictures are seen.

use nearfar_kernels::{Crossover, Share};

use super::{
    distance::far_eye_sigma,
    share::{self, More},
};
use crate::{
    Strength,
    draft::{Crossing, Drafts, Look},
    fit::Aligned,
};

/// While the percept up close of a [draft](Drafts) lies between these, the usual cycles stay; below, the far picture gets fewer, and
/// above, more. With the same cycles for every pair it is .08 to .74 (docs/crossovers.md); far pictures are seen from their
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

/// Where the most that the near picture bears leaves the percept above this, the far picture gets more, up to all, until it is
/// reached: a cat in the clothes of a president, or in the colours of a parrot.
const UNSEEN: f64 = -0.4;

/// The same for the percept of the whole picture, by which the far picture gets what is beside its face and its colours there: with its
/// face alone seen from afar, a portrait in the near picture's clothes is named by these. What judges named (docs/judges.md) has a
/// rank correlation of -.53 with the percept of the whole picture, and .00 with that of the face: below -.2 they named the far
/// picture in 23 of 26 (two of the others for a vivid orange suit), up to 0 in 25 of 32, above in 6 of 22; with these bounds, under
/// which orange suits fade, too, in 29 of 32.
const WHOLE: [f64; 2] = [-0.4, -0.3];

/// The same for a subtle far picture, and for a strong one.
const WHOLE_SUBTLE: [f64; 2] = [-0.1, 0.0];
const WHOLE_STRONG: [f64; 2] = [-0.5, -0.4];

/// The way from the usual parts to the most or the least of them has this many steps, for the same reason as an octave.
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

    /// The percept from afar above which the far picture gets more than the near one bears; a subtle one never does.
    fn unseen(self) -> f64 {
        match self {
            Self::Subtle => 1.0,
            Self::Even | Self::Strong => UNSEEN,
        }
    }

    /// The bounds of the whole picture's percept from afar within which the usual part beside a face stays.
    fn whole(self) -> [f64; 2] {
        match self {
            Self::Subtle => WHOLE_SUBTLE,
            Self::Even => WHOLE,
            Self::Strong => WHOLE_STRONG,
        }
    }
}

/// A search for a crossover and a share.
pub(super) struct Search<'a> {
    aligned: &'a Aligned,
    strength: Strength,
    /// The usual crossover and the highest, in cycles per pixel.
    cycles: [f64; 2],
}

/// What a search has found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    /// How many octaves more cycles than usual the subject gets, so that the near picture is seen up close neither worse nor
    /// better than it should be.
    pub(super) octaves: f64,
    /// How much more than usual of the far picture comes through beside its shapes, so that it is just seen from afar.
    pub(super) more: More,
}

impl<'a> Search<'a> {
    pub(super) fn new(aligned: &'a Aligned, strength: Strength, face_cycles: f64) -> Self {
        let cycles = aligned.subject().cycles(face_cycles, aligned.pair.size());
        Self { aligned, strength, cycles }
    }

    /// The crossover that many octaves above the usual one, up to the highest.
    pub(super) fn crossover(&self, octaves: f64) -> Crossover {
        let [usual, most] = self.cycles;
        Crossover::per_pixel(most.min(octaves.exp2() * usual)).expect("above 0 and below half a cycle per pixel")
    }

    pub(super) fn share(&self, more: More) -> Share {
        share::of(self.aligned, self.strength, more)
    }

    /// The octaves, within limits, that bring the percept `near`, which was seen at `octaves`, back between two bounds.
    fn moved(&self, octaves: f64, near: f64, [least, most]: [f64; 2], limits: [f64; 2]) -> f64 {
        let here = (self.crossover(octaves).cycles_per_pixel() / self.cycles[0]).log2();
        let moved = here + (near - near.clamp(least, most)) / UP_CLOSE_PER_OCTAVE;
        let [fewest, limit] = limits.map(f64::log2);
        ((moved * STEPS_PER_OCTAVE).round() / STEPS_PER_OCTAVE).clamp(fewest, limit)
    }

    /// Looks at up to five drafts; none where the pictures are too small for drafts.
    pub(super) fn wanted(&self, drafts: &Drafts<'_>) -> Option<Wanted> {
        let [fewest, most, _] = self.aligned.subject().limits(self.strength);
        let crossing_at = |octaves: f64| {
            let crossover = self.crossover(octaves);
            drafts.crossing_at(crossover, far_eye_sigma(crossover))
        };
        let mut crossing = crossing_at(0.0)?;
        let mut look = crossing.look(self.share(More::default()))?;
        let octaves = self.moved(0.0, look.near, self.strength.up_close(), [fewest, most]);
        if octaves != 0.0 {
            crossing = crossing_at(octaves)?;
            look = crossing.look(self.share(More::default()))?;
        }
        let (wanted, whole) = self.wanted_of_subject(&crossing, octaves, look)?;
        let Some(whole) = whole else { return Some(wanted) };
        let more = More { beside: self.more_beside(&crossing, wanted.more, whole)?, ..wanted.more };
        Some(Wanted { more, ..wanted })
    }

    /// The octaves and the parts with which the subject is seen, by a draft at `octaves` that looks like `look` and two others at
    /// most; and the percept of the whole picture that goes with them.
    fn wanted_of_subject(&self, crossing: &Crossing<'_>, octaves: f64, look: Look) -> Option<(Wanted, Option<f64>)> {
        let (up_close, goal) = (self.strength.up_close(), self.strength.afar());
        let [fewest, most, most_unseen] = self.aligned.subject().limits(self.strength);
        let Some((end, bound)) = beyond(look.far, goal) else {
            let octaves = self.moved(octaves, look.near, up_close, [fewest, most]);
            return Some((Wanted { octaves, more: More::default() }, look.whole));
        };
        let at_end = crossing.look(self.share(More { subject: end, beside: 0.0 }))?;
        let is_short = end > 0.0 && at_end.far > bound;
        let (ends, [from, to], bound) = if is_short && at_end.far > self.strength.unseen() {
            (
                [1.0, 2.0],
                [at_end, crossing.look(self.share(More { subject: 2.0, beside: 0.0 }))?],
                self.strength.unseen(),
            )
        } else {
            ([0.0, end], [look, at_end], bound)
        };
        let way = way(from.far, to.far, bound);
        let between = |[from, to]: [f64; 2]| from + way * (to - from);
        // The far picture pays with cycles for what it takes beside its shapes. What it gives up is the near picture's gain:
        // more cycles in return would not make the far one clearer from afar.
        let near = if end > 0.0 { between([from.near, to.near]) } else { look.near };
        let octaves = if is_short {
            // What it takes is too little: it gets every cycle that the near picture can spare.
            self.moved(octaves, near, [up_close[0]; 2], [fewest, most_unseen])
        } else {
            self.moved(octaves, near, up_close, [fewest, most])
        };
        let whole = from.whole.zip(to.whole).map(|(from, to)| between([from, to]));
        Some((Wanted { octaves, more: More { subject: between(ends), beside: 0.0 } }, whole))
    }

    /// How much more is wanted beside a face, where the percept of the whole picture is `whole` with the usual part.
    fn more_beside(&self, crossing: &Crossing<'_>, more: More, whole: f64) -> Option<f64> {
        let Some((end, bound)) = beyond(whole, self.strength.whole()) else { return Some(0.0) };
        let at_end = crossing.look(self.share(More { beside: end, ..more }))?.whole?;
        Some(end * way(whole, at_end, bound))
    }
}

/// Which way a percept from afar is to be moved (-1: less of the far picture, 1: more of it), and to which of two bounds; none
/// between them.
fn beyond(far: f64, [clear, unclear]: [f64; 2]) -> Option<(f64, f64)> {
    if far < clear {
        Some((-1.0, clear))
    } else if far > unclear {
        Some((1.0, unclear))
    } else {
        None
    }
}

/// The part of the way from one percept to another at which it reaches a bound, in steps.
fn way(from: f64, to: f64, bound: f64) -> f64 {
    let way = ((from - bound) / (from - to)).clamp(0.0, 1.0);
    // Where nothing changes on the way, all of it is as good as none of it.
    if way.is_nan() { 0.0 } else { (PART_STEPS * way).round() / PART_STEPS }
}
