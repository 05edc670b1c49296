//! What nobody said: where near and far picture change places, and how much of the far one comes through beside its shapes.
//!
//! This is the one rule for every command, for [`Recipe`](crate::Recipe)s and for both mixers. Numbers of taste are here,
//! each with its reason, but for what a percept weighs (`nearfar_vision`), the default weights (the mixers' `Options`) and when
//! faces and contents are trusted ([`fit`](crate::fit)); they were chosen by looking at pairs of faces, animals, things, scenes and textures, large
//! and shrunk 5 and 10 times.

use nearfar_descent as descent;
use nearfar_fourier::{self as fourier, FrequencyResponse};
use nearfar_image::{Point, Size};
use nearfar_kernels::{Colors, Crossover, Focus, HALF_GAIN, Share};
use nearfar_vision::{PixelsPerDegree, Viewing, VisionError};

use crate::{Choice, Method, Strength, Subject, choice::MethodKind, draft::Drafts, fit::Aligned};

/// Cycles across a face at which the optimiser's details take over, where both pictures are alike in strength: from about 4
/// to 5 nearly all faces flip.
pub const FACE_CYCLES: f64 = 4.5;

/// The same for filters, which spill over the near picture's edges and must leave the far one more to be seen.
pub const FILTER_FACE_CYCLES: f64 = 6.0;

/// A picture's shorter side is worth so many faces: without a face in it, it is known by as many cycles as that.
const FACES_ACROSS: f64 = 2.4;

/// Between these the percept up close of a [draft](Drafts) is left as the usual cycles make it; below, the far picture gets fewer,
/// and above, more. With as many for all it is .18 to .76 (docs/crossovers.md); far pictures are seen from their distance about
/// as well with half and with twice as many, but that is twice and half as far.
const UP_CLOSE: [f64; 2] = [0.42, 0.5];

/// The same for a subtle far picture, and for a strong one: a step each that is seen at once.
const UP_CLOSE_SUBTLE: [f64; 2] = [0.62, 0.7];
const UP_CLOSE_STRONG: [f64; 2] = [0.27, 0.33];

/// By so much a percept up close falls when the far picture gets an octave more cycles (docs/crossovers.md).
const UP_CLOSE_PER_OCTAVE: f64 = 0.4;

/// Cycles are chosen in steps of an octave by this number: roundings of different processors hardly ever move them.
const STEPS_PER_OCTAVE: f64 = 32.0;

/// What comes through of a far picture beside its shapes, if that is subtle or strong, is the usual part to this power: none
/// stays none, and all stays all.
const SUBTLE_SHARE: f64 = 1.6;
const STRONG_SHARE: f64 = 0.6;

/// With fewer of its cycles than this a subject is hardly known, however weak the near picture is.
const FEWEST_TIMES: f64 = 0.65;

/// With more than so many times its cycles a face is known up close by its features, however strong the near picture is.
const MOST_TIMES_ON_FACE: f64 = 2.0;

/// Other pictures are known by less, and their outlines would stand in the near one.
const MOST_TIMES_IN_PICTURE: f64 = 1.25;

/// But where such a picture is not seen from afar by anything else, it may have so many: the moon over a motorcycle in a garage.
const MOST_TIMES_UNSEEN: f64 = 2.0;

/// These limits times so much for a subtle far picture, and for a strong one.
const SUBTLE_TIMES: f64 = 0.7;
const STRONG_TIMES: f64 = 1.5;

/// A face much smaller than the picture does not get more than so many times the cycles that a picture of this size would
/// get as a whole, or the near picture would have nothing left.
const MOST_OF_WHOLE: f64 = 1.6;

/// The highest crossover that is chosen, in cycles per pixel: a higher one leaves the near picture nothing.
pub(crate) const MOST_CROSSOVER: f64 = 0.25;

/// An eye sees the far picture from where its blur leaves half at the crossover divided by this: where it leaves half at
/// the crossover itself, half of the near picture is still there.
const FARTHER: f64 = std::f64::consts::SQRT_2;

/// Where nothing is said, up close is so many times nearer than afar: 60 cm and 2.94 m.
const NEARER: f64 = 4.9;

/// A far face is known by its shapes: of its colours so much is enough, and more turns the near one's skin.
const FACE_COLOR: f64 = 0.3;

/// Things are known by their colours, too.
const PICTURE_COLOR: f64 = 0.7;

/// But where the near picture shows a face, they would give it another skin: green, under parrots among leaves, with .3 of
/// them.
const COLOR_ON_FACE: f64 = 0.15;

/// The far picture gets more of its colours and its tone until a [draft](Drafts) shows it so clearly from afar, as a percept, and
/// less if it is seen more clearly than the first: then it has more than it needs, a ghost in plain places. Judges who were told
/// nothing named the far picture of all of 29 hybrids below -.5, of 19 of 24 above, of 8 of 22 above -.4 (and the near one of 5),
/// and of 1 of 16 above -.3; of 30 others, chosen with -.52, of seven in ten at -.5 to -.55.
const FROM_AFAR: [f64; 2] = [-0.63, -0.55];

/// The same if the far picture is subtle or strong.
const FROM_AFAR_SUBTLE: [f64; 2] = [-0.5, -0.42];
const FROM_AFAR_STRONG: [f64; 2] = [-0.7, -0.6];

/// All that comes through beside its shapes is lessened down to so much of the usual parts: a ghost of a lighthouse in a sky is
/// then faint, and still there from afar.
const LEAST_PART: f64 = 0.4;

/// The way from its usual parts to the most or the least of them is gone in such steps, for the same reason.
const PART_STEPS: f64 = 64.0;

/// There it stops: all of a far picture's colours come untamed, and a red hat is a red fog about the girl with a pearl earring.
const MOST_FACE_COLOR: f64 = 0.75;

/// The same for other far pictures.
const MOST_PICTURE_COLOR: f64 = 0.95;

/// And for these where the near picture shows a face.
const MOST_COLOR_ON_FACE: f64 = 0.85;

/// And on the face itself here: with all of them a tower's sky makes it blue and a street grey. Judges who were told nothing
/// gave the skin of 24 near faces 1.32 of 3 without such a limit, 1.48 with this and 1.55 with .3; but with .3 four more of the
/// near pictures are named from afar, by their skin, and with this one. A face of another kind, an animal's on a person's,
/// gains nothing from more than a face usually gets.
const COLOR_ON_SKIN: f64 = 0.45;

/// Half axes of the ellipse where a face has its skin, in face widths.
const SKIN: [f64; 2] = [0.5, 0.65];

/// Of the far picture's overall tone: with all of it a bright sky turns grey and a navy uniform brown, without any of it
/// the far picture loses its weight.
const TONE: f64 = 0.6;

/// Of its shapes where the near picture is plain: up close, skies and walls show what busy places hide. With all of them ghosts
/// stand in skies twice as strong, and the far picture is seen from afar no better (the lightness of 32 pairs had p = -.69 with
/// aims that suit it, and -.75 with this); with .4 a cat under the girl with a pearl earring is not clear from afar.
const PLAIN: f64 = 0.5;

/// Around a face, in face widths: the ellipse that holds it with its hair, where half of the way to what is left beside it is
/// gone.
const HEAD: [f64; 2] = [0.87, 1.14];

/// The middle of a head is above that of its eyes and mouth, in face widths.
const HEAD_RAISED: f64 = 0.1;

/// How much of the far picture's shapes comes through beside the head where the near picture shows a face, too: enough for a
/// body to be guessed, little enough for clothes and background to be the near one's.
const BESIDE: f64 = 0.3;

/// And where it shows none: a scene looks less like a portrait than another portrait does, and without shoulders and
/// background the far picture is, from afar, a face in that scene.
const BESIDE_IN_SCENE: f64 = 0.6;

impl Strength {
    /// Between which a percept up close is left as the usual cycles make it.
    fn up_close(self) -> [f64; 2] {
        match self {
            Self::Subtle => UP_CLOSE_SUBTLE,
            Self::Even => UP_CLOSE,
            Self::Strong => UP_CLOSE_STRONG,
        }
    }

    /// What the limits of cycles are times.
    fn times(self) -> f64 {
        match self {
            Self::Subtle => SUBTLE_TIMES,
            Self::Even => 1.0,
            Self::Strong => STRONG_TIMES,
        }
    }

    /// Between which a percept from afar is left as the usual parts make it.
    fn afar(self) -> [f64; 2] {
        match self {
            Self::Subtle => FROM_AFAR_SUBTLE,
            Self::Even => FROM_AFAR,
            Self::Strong => FROM_AFAR_STRONG,
        }
    }

    /// What comes through of a share of the far picture.
    fn part(self, usual: f64) -> f64 {
        match self {
            Self::Subtle => usual.powf(SUBTLE_SHARE),
            Self::Even => usual,
            Self::Strong => usual.powf(STRONG_SHARE),
        }
    }
}

impl Subject {
    /// The usual crossover and the highest, in cycles per pixel.
    fn cycles(self, face_cycles: f64, size: Size) -> [f64; 2] {
        let whole = FACES_ACROSS * face_cycles / size.shorter_side() as f64;
        match self {
            Self::Face { width, .. } => [face_cycles / width, MOST_CROSSOVER.min(MOST_OF_WHOLE * whole)],
            Self::Picture { .. } => [whole, MOST_CROSSOVER],
        }
    }

    /// The fewest and the most times its usual cycles; the most where it is not seen from afar by anything else, too.
    fn limits(self, strength: Strength) -> [f64; 3] {
        let [most, unseen] = match self {
            Self::Face { .. } => [MOST_TIMES_ON_FACE; 2],
            Self::Picture { .. } => [MOST_TIMES_IN_PICTURE, MOST_TIMES_UNSEEN],
        };
        let times = strength.times();
        [(times * FEWEST_TIMES).min(1.0), (times * most).max(1.0), (times * unseen).max(1.0)]
    }

    /// What of the far picture is to come through beside its shapes: at `more` 0 the usual parts, at -1 the least of all of them,
    /// at 1 all of its colours and its tone that the near one bears. Where that shows a face, too, it keeps its clothes.
    fn share(self, near_face: bool, strength: Strength, more: f64) -> Share {
        let (color, most_color) = match self {
            Self::Face { .. } => (FACE_COLOR, MOST_FACE_COLOR),
            Self::Picture { .. } if near_face => (COLOR_ON_FACE, MOST_COLOR_ON_FACE),
            Self::Picture { .. } => (PICTURE_COLOR, MOST_PICTURE_COLOR),
        };
        let part = |usual: f64| (1.0 + more.min(0.0) * (1.0 - LEAST_PART)) * strength.part(usual);
        let part_to = |usual: f64, most: f64| {
            // A subtle one never takes more than usual.
            let most = if strength == Strength::Subtle { usual } else { most };
            part(usual) + more.max(0.0) * (most - strength.part(usual)).max(0.0)
        };
        let share = Share {
            color: part_to(color, most_color),
            tone: part_to(TONE, 1.0),
            plain: part(PLAIN),
            ..Share::default()
        };
        let Self::Face { middle: Point { x, y }, width } = self else { return share };
        let [half_width, half_height] = HEAD.map(|part| part * width);
        let rest = part(if near_face { BESIDE } else { BESIDE_IN_SCENE });
        let focus = Focus { x, y: y - HEAD_RAISED * width, half_width, half_height, inside: 1.0, rest };
        Share { focus: Some(focus), ..share }
    }
}

/// A search for a crossover and a share.
struct Search<'a> {
    aligned: &'a Aligned,
    strength: Strength,
    /// The usual crossover and the highest, in cycles per pixel.
    cycles: [f64; 2],
    skin: Option<Focus>,
}

impl Search<'_> {
    /// At so many octaves more cycles than usual, as far as there are.
    fn crossover(&self, octaves: f64) -> Crossover {
        let [usual, most] = self.cycles;
        Crossover::per_pixel(most.min(octaves.exp2() * usual)).expect("above 0 and below half a cycle per pixel")
    }

    fn share(&self, more: f64) -> Share {
        let near_face = self.skin;
        Share { near_face, ..self.aligned.subject().share(self.aligned.near_face.is_some(), self.strength, more) }
    }

    /// The octaves that bring a percept `near`, seen at `octaves`, back between two bounds, within limits.
    fn moved(&self, octaves: f64, near: f64, [least, most]: [f64; 2], limits: [f64; 2]) -> f64 {
        let here = (self.crossover(octaves).cycles_per_pixel() / self.cycles[0]).log2();
        let moved = here + (near - near.clamp(least, most)) / UP_CLOSE_PER_OCTAVE;
        let [fewest, limit] = limits.map(f64::log2);
        ((moved * STEPS_PER_OCTAVE).round() / STEPS_PER_OCTAVE).clamp(fewest, limit)
    }

    /// By how many octaves the subject gets more cycles than usual, so that the near picture is seen up close neither worse nor
    /// better than it should, and how much more of the far one comes through beside its shapes, so that it is just seen from
    /// afar.
    fn found_by(&self, drafts: &Drafts<'_>) -> Option<(f64, f64)> {
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
            return Some((self.moved(octaves, near, up_close, [fewest, most]), 0.0));
        };
        let [near_at_end, far_at_end] = crossing.look(self.share(end))?;
        if end > 0.0 && far_at_end > unclear {
            // All that the near picture bears is too little: then the far one gets all the cycles that the near one can spare.
            let least = up_close[0];
            return Some((self.moved(octaves, near_at_end, [least; 2], [fewest, most_unseen]), end));
        }
        let way = ((far - bound) / (far - far_at_end)).clamp(0.0, 1.0);
        let way = (PART_STEPS * way).round() / PART_STEPS;
        // What the far picture takes beside its shapes is paid for with cycles. What it leaves is the near one's: for more cycles
        // it would be seen no better from afar.
        let near = if end > 0.0 { near + way * (near_at_end - near) } else { near };
        Some((self.moved(octaves, near, up_close, [fewest, most]), end * way))
    }
}

/// Where the near picture's face keeps its skin, if the far picture has none for it.
fn skin(aligned: &Aligned, strength: Strength) -> Option<Focus> {
    let near = aligned.near_face_in_pair()?;
    let most = match (aligned.subject(), aligned.far_face) {
        (Subject::Face { .. }, Some(far)) if far.animal == near.animal => return None,
        (Subject::Face { .. }, _) => FACE_COLOR,
        (Subject::Picture { .. }, _) => COLOR_ON_SKIN,
    };
    let Subject::Face { middle: Point { x, y }, width } = Subject::new(Some(near), aligned.pair.size()) else {
        return None;
    };
    let [half_width, half_height] = SKIN.map(|part| part * width);
    Some(Focus { x, y: y - HEAD_RAISED * width, half_width, half_height, inside: strength.part(most), rest: 1.0 })
}

/// The blur, in pixels, of an eye that is so far away that it sees the far picture of a hybrid with this crossover.
#[must_use]
pub fn far_eye_sigma(crossover: Crossover) -> f64 {
    FARTHER * crossover.sigma()
}

/// The views of a hybrid with this crossover: the far picture is seen from where [`far_eye_sigma`] is the eye's blur, the near
/// one in `near`, or from 4.9 times nearer if that is nearer still or nothing was said.
///
/// # Errors
///
/// [`VisionError::PixelsPerDegree`] if nobody can see so finely.
pub fn views(crossover: Crossover, near: Option<PixelsPerDegree>) -> Result<Viewing, VisionError> {
    let far_ppd = PixelsPerDegree::from_eye_sigma(far_eye_sigma(crossover))?;
    let nearest = PixelsPerDegree::new(far_ppd.get() / NEARER)?;
    let near_ppd = near.filter(|near| *near < far_ppd).unwrap_or(nearest);
    Ok(Viewing { near_ppd, far_ppd })
}

/// The crossover of a hybrid whose far picture an eye sees that blurs by `eye_sigma` pixels; none if that is finer than pixels.
#[must_use]
pub fn crossover_seen_by(eye_sigma: f64) -> Option<Crossover> {
    Crossover::per_pixel(FARTHER * HALF_GAIN / eye_sigma).ok()
}

/// Of several pictures in one, the nearest begins at its neighbour's crossover divided by the first number, and those
/// between at theirs divided by the second: the farther ones, which the eye sees under all nearer ones, must make room. Eyes
/// still see them from their distances (percept 0 to .5 against the strongest other one), and the nearest one up close. Two
/// pictures that change places at the eye's own limit show the farther one to all who come closer: by lightness a cat before a
/// portrait has a percept of -.69 up close and +.70 from afar, and with strengths that even this out both are seen in both views.
const MAKE_ROOM: [f64; 2] = [2.25, 1.75];

/// How much their details are wanted: more than those of two pictures, since several share what two have each.
pub(crate) const LAYER_DETAILS: f64 = 2.0;

/// What details of one layer may take of the next farther one's band: with half of it the near picture is lost, with twice
/// as much those between.
pub(crate) const LAYER_YIELD: f64 = 0.2;

/// How often layers are mixed and looked at before they are mixed for good, to find how strong each must be for all to be seen
/// alike: after three times the weakest of twelve triples has a percept of .09 on average, after five .12.
pub(crate) const LAYER_ROUNDS: usize = 5;

/// How far such a round goes for a difference of percepts, as a natural logarithm: with 1 two pictures come half way in a
/// round, and with 2 some of them swing beyond.
pub(crate) const LAYER_STEP: f64 = 1.5;

/// The most, as a natural logarithm, that this makes a layer stronger or weaker.
pub(crate) const LAYER_MOST: f64 = 2.0;

/// How much of the colours of what lies behind a picture takes the place of its own coarse ones, where several pictures are one
/// and as strong: with the .3 of a face the nearest one's colours stand before all others from every distance, and the weakest
/// picture of twelve triples has a percept of -.04 on average; with .6 it is .04, with this .09, and all of them are hardly more.
const LAYER_COLOR: f64 = 0.9;

/// What each of several layers but the farthest lets through of those behind it, near to far, by which of all layers have
/// colours of their own, and how strong each but the farthest is beside that one. Texts have none: their grey takes those of no
/// picture, and those behind them come through. What is made stronger than the next keeps more of its own: by light and dark
/// alone, a cat on a print 30 cm wide could not be made as strong as the portrait behind it (percepts of -.24 and .28).
pub(crate) fn layer_shares(are_colored: &[bool], strengths: &[f64]) -> Vec<Share> {
    let next = strengths.iter().skip(1).chain([&1.0]);
    let color = |(i, (strength, next)): (usize, (&f64, &f64))| match are_colored[i + 1..].contains(&true) {
        false => 0.0,
        true if are_colored[i] => LAYER_COLOR.powf((strength / next).max(1.0)),
        true => 1.0,
    };
    let colors = strengths.iter().zip(next).enumerate().map(color);
    colors.map(|color| Share { color, ..Share::default() }).collect()
}

/// Where each of several pictures but the farthest changes places with the next, for eyes at their distances, near to far.
/// Never so high that the nearer one has nothing left.
pub(crate) fn layer_crossovers(views: &[PixelsPerDegree]) -> Vec<Crossover> {
    let most = Crossover::per_pixel(MOST_CROSSOVER).expect("below half a cycle per pixel");
    let [first, others] = MAKE_ROOM;
    let room = std::iter::once(first).chain(std::iter::repeat(others));
    let of_view = |(view, room): (&PixelsPerDegree, f64)| {
        crossover_seen_by(room * view.eye_sigma()).map_or(most, |found| if found < most { found } else { most })
    };
    views[1..].iter().zip(room).map(of_view).collect()
}

impl MethodKind {
    fn chosen(self, aligned: &Aligned, strength: Strength) -> Choice {
        let face_cycles = match self {
            Self::Descent => FACE_CYCLES,
            Self::Fourier => FILTER_FACE_CYCLES,
        };
        let cycles = aligned.subject().cycles(face_cycles, aligned.pair.size());
        let search = Search { aligned, strength, cycles, skin: skin(aligned, strength) };
        // Of pictures of a few pixels there are no drafts.
        let (octaves, more) = search.found_by(&Drafts::new(aligned, self)).unwrap_or_default();
        let [usual, crossover] = [0.0, octaves].map(|octaves| search.crossover(octaves));
        Choice {
            crossover,
            share: search.share(more),
            subject: aligned.subject(),
            times: crossover.cycles_per_pixel() / usual.cycles_per_pixel(),
        }
    }
}

impl Method {
    /// What is chosen for this method and two pictures that fit, by what is seen of drafts by the same mixer with its defaults: the
    /// far picture gets as many cycles as it takes to know its subject, and fewer or more by how well the near picture is seen
    /// over them, and by how strong it is to be; and as much of its colours and tone as it takes to be seen from afar.
    #[must_use]
    pub fn choose(&self, aligned: &Aligned, strength: Strength) -> Choice {
        let kind = match self {
            Self::Descent(_) => MethodKind::Descent,
            Self::Fourier(_) => MethodKind::Fourier,
        };
        aligned.choices.of(kind, strength, || kind.chosen(aligned, strength))
    }

    /// Whether it leaves open where the pictures change places.
    fn is_open(&self) -> bool {
        match self {
            Self::Descent(options) => options.crossover.is_none() && options.sigma.is_none(),
            Self::Fourier(options) => options.crossover.is_none(),
        }
    }

    /// The method with all that it leaves open [chosen](Self::choose); one that leaves nothing open costs no drafts.
    #[must_use]
    pub fn settled(self, aligned: &Aligned, strength: Strength) -> Self {
        let lacks_share = self.takes_share() && self.share().is_none();
        if !self.is_open() && !lacks_share {
            return self;
        }
        let choice = self.choose(aligned, strength);
        let crossover = self.crossover().unwrap_or(choice.crossover);
        let method = if self.is_open() { self.crossing_at(crossover) } else { self };
        if lacks_share { method.with_share(choice.share) } else { method }
    }

    /// Where the pictures change places, if that is said; none where weights leave no such place.
    #[must_use]
    pub fn crossover(&self) -> Option<Crossover> {
        match self {
            Self::Descent(options) => options.crossover_at(options.sigma().ok()?),
            Self::Fourier(options) => options.low.crossover(options.crossover),
        }
    }

    /// Sigma of the far view's blur in pixels, if the method has one and it is said.
    #[must_use]
    pub fn sigma(&self) -> Option<f64> {
        match self {
            Self::Descent(options) => options.sigma().ok(),
            Self::Fourier(_) => None,
        }
    }

    /// How much of the far picture comes through beside its shapes, if that is said.
    #[must_use]
    pub fn share(&self) -> Option<Share> {
        match self {
            Self::Descent(options) => options.share,
            Self::Fourier(options) => options.share,
        }
    }

    /// Whether light and colours are mixed apart; where channels are mixed alike there is no share.
    fn takes_share(&self) -> bool {
        let colors = match self {
            Self::Descent(options) => options.colors,
            Self::Fourier(options) => options.colors,
        };
        colors == Colors::Luma
    }

    /// The method with such a share of the far picture; where channels are mixed alike there is none, and it stays as it is.
    #[must_use]
    pub fn with_share(self, share: Share) -> Self {
        if !self.takes_share() {
            return self;
        }
        let share = Some(share);
        match self {
            Self::Descent(options) => Self::Descent(descent::Options { share, ..options }),
            Self::Fourier(options) => Self::Fourier(fourier::Options { share, ..options }),
        }
    }

    /// The method with a crossover. The Wiener response has widths of its own and stays.
    #[must_use]
    pub fn crossing_at(self, crossover: Crossover) -> Self {
        let crossover = Some(crossover);
        match self {
            Self::Descent(options) => Self::Descent(descent::Options { crossover, sigma: None, ..options }),
            Self::Fourier(options) => Self::Fourier(fourier::Options { crossover, ..options }),
        }
    }

    /// The method for a distance from which the eye blurs by so many pixels, and sees the far picture.
    #[must_use]
    pub fn seen_through(self, eye_sigma: f64) -> Self {
        // An eye sharper than pixels sees all of them.
        let finest = Crossover::per_pixel(0.5).expect("what pixels hold");
        let crossover = crossover_seen_by(eye_sigma).unwrap_or(finest);
        let mut method = self.crossing_at(crossover);
        if let Self::Fourier(fourier::Options { low: FrequencyResponse::Wiener { sigma, .. }, .. }) = &mut method {
            *sigma = crossover.sigma();
        }
        method
    }
}
