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
use nearfar_vision::{PerceptStrengths, PixelsPerDegree, Viewing, VisionError};

use crate::{Method, Strength, Subject, draft::Draft, fit::Aligned};

/// What was chosen, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Where near and far picture have half each.
    pub crossover: Crossover,
    /// How much of the far picture comes through beside its shapes.
    pub share: Share,
    /// What the far picture must show from afar.
    pub subject: Subject,
    /// The cycles that the subject got, as a part of what such a subject gets of a near picture of middling strength: more
    /// under strong details, fewer under weak ones.
    pub times: f64,
}

/// Cycles across a face at which the optimiser's details take over, where both pictures are alike in strength: from about 4
/// to 5 nearly all faces flip.
pub const FACE_CYCLES: f64 = 4.5;

/// The same for filters, which spill over the near picture's edges and must leave the far one more to be seen.
pub const FILTER_FACE_CYCLES: f64 = 6.0;

/// A picture's shorter side is worth so many faces: without a face in it, it is known by as many cycles as that.
const FACES_ACROSS: f64 = 2.4;

/// Between these a percept up close is left as the usual cycles make it; below, the far picture gets fewer, and above, more.
/// How many it gets changes little how well it is seen from the distance that it is made for (docs/crossovers.md, means over
/// 32 pairs: p = -.49 with .65 times as many, -.55 with as many, -.55 with twice as many), but much where that is, and how
/// well the near one is seen up close (.67, .45, .03). With as many for all, that is from .77 down to .17, and 27 pairs flip;
/// with these 28 do.
const UP_CLOSE: [f64; 2] = [0.42, 0.47];

/// The same for a subtle far picture, and for a strong one: a step each that is seen at once.
const UP_CLOSE_SUBTLE: [f64; 2] = [0.64, 0.72];
const UP_CLOSE_STRONG: [f64; 2] = [0.16, 0.24];

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

/// The far picture gets more of its colours and its tone until a [draft](Draft) shows it so clearly from afar, as a percept; the
/// optimiser's hybrids are clearer there than the draft, which filters make, by .1 to .3. With .7 of its colours for all, half of
/// forty pairs drawn by lot were still named by the near picture's colours from afar, a raft by its yellow and an astronaut by
/// her orange suit.
const FROM_AFAR: f64 = -0.3;

/// The same if the far picture is subtle or strong.
const FROM_AFAR_SUBTLE: f64 = -0.15;
const FROM_AFAR_STRONG: f64 = -0.4;

/// So often is the way from its usual parts to the most of them halved for that.
const PART_HALVINGS: u32 = 6;

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

/// After so many halvings of its octaves the number of cycles is known to a part in a hundred thousand.
const HALVINGS: u32 = 16;

impl Strength {
    /// Between which a percept up close is left as the usual cycles make it, and by how much the limits of these are moved.
    fn up_close(self) -> ([f64; 2], f64) {
        match self {
            Self::Subtle => (UP_CLOSE_SUBTLE, SUBTLE_TIMES),
            Self::Even => (UP_CLOSE, 1.0),
            Self::Strong => (UP_CLOSE_STRONG, STRONG_TIMES),
        }
    }

    /// How clearly the far picture is to be seen from afar.
    fn seen_afar(self) -> f64 {
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
    /// The crossover at which the subject has `times` as many cycles as `face_cycles` across a face.
    fn crossover(self, face_cycles: f64, times: f64, size: Size) -> Crossover {
        let whole = FACES_ACROSS * face_cycles / size.shorter_side() as f64;
        let cycles = match self {
            Self::Face { width, .. } => (times * face_cycles / width).min(MOST_OF_WHOLE * whole),
            Self::Picture { .. } => times * whole,
        };
        Crossover::per_pixel(cycles.min(MOST_CROSSOVER)).expect("above 0 and below half a cycle per pixel")
    }

    /// Pixels across which percepts count cycles.
    fn unit(self) -> f64 {
        match self {
            Self::Face { width, .. } => width,
            Self::Picture { side } => side as f64 / FACES_ACROSS,
        }
    }

    /// How many times its cycles the subject gets, so that the near picture is seen up close neither worse nor better than it
    /// should: its `strengths` decide, and `far_share`, what a method leaves of the far picture at so many times the crossover.
    fn times(
        self,
        face_cycles: f64,
        size: Size,
        strengths: &PerceptStrengths,
        strength: Strength,
        far_share: impl Fn(f64) -> f64,
    ) -> f64 {
        let ([least, enough], limits) = strength.up_close();
        let most = match self {
            Self::Face { .. } => MOST_TIMES_ON_FACE,
            Self::Picture { .. } => MOST_TIMES_IN_PICTURE,
        };
        let (fewest, most) = ((limits * FEWEST_TIMES).min(1.0), (limits * most).max(1.0));
        let up_close = |times: f64| {
            let crossover = self.unit() * self.crossover(face_cycles, times, size).cycles_per_pixel();
            strengths.percept(|cycles| far_share(cycles / crossover))
        };
        let usual = up_close(1.0);
        let (wanted, mut fewer, mut more) = if usual < least {
            (least, fewest, 1.0)
        } else if usual > enough {
            (enough, 1.0, most)
        } else {
            return 1.0;
        };
        // The more cycles the far picture gets, the less is seen of the near one.
        for _ in 0..HALVINGS {
            let middle = f64::sqrt(fewer * more);
            *(if up_close(middle) >= wanted { &mut fewer } else { &mut more }) = middle;
        }
        if usual < least { fewer } else { more }
    }

    /// What of the far picture is to come through beside its shapes: at `more` 0 the usual parts of its colours and its tone, at 1
    /// all that the near one bears. Where that shows a face, too, it keeps its clothes.
    fn share(self, near_face: bool, strength: Strength, more: f64) -> Share {
        let (color, most_color) = match self {
            Self::Face { .. } => (FACE_COLOR, MOST_FACE_COLOR),
            Self::Picture { .. } if near_face => (COLOR_ON_FACE, MOST_COLOR_ON_FACE),
            Self::Picture { .. } => (PICTURE_COLOR, MOST_PICTURE_COLOR),
        };
        let part = |usual: f64, most: f64| {
            let usual = strength.part(usual);
            usual + more * (most - usual).max(0.0)
        };
        let share = Share {
            color: part(color, most_color),
            tone: part(TONE, 1.0),
            plain: strength.part(PLAIN),
            ..Share::default()
        };
        let Self::Face { middle: Point { x, y }, width } = self else { return share };
        let [half_width, half_height] = HEAD.map(|part| part * width);
        let rest = strength.part(if near_face { BESIDE } else { BESIDE_IN_SCENE });
        let focus = Focus { x, y: y - HEAD_RAISED * width, half_width, half_height, inside: 1.0, rest };
        Share { focus: Some(focus), ..share }
    }
}

/// What is to come through of the far picture beside its shapes: the least with which it is seen from afar at a crossover.
fn share(aligned: &Aligned, strength: Strength, crossover: Crossover) -> Share {
    let near_face = skin(aligned, strength);
    let with = |more: f64| Share { near_face, ..aligned.subject().share(aligned.near_face.is_some(), strength, more) };
    let Some(draft) = Draft::new(aligned, crossover, far_eye_sigma(crossover)) else { return with(0.0) };
    let is_enough = |more| draft.percept(with(more)).is_none_or(|p| p <= strength.seen_afar());
    if is_enough(0.0) {
        return with(0.0);
    }
    let (mut less, mut more) = (0.0, 1.0);
    for _ in 0..PART_HALVINGS {
        let middle = 0.5 * (less + more);
        *(if is_enough(middle) { &mut more } else { &mut less }) = middle;
    }
    with(more)
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
/// still see them from their distances (percept .1 to .8 against each other picture), and the nearest one up close. Two
/// pictures that change places at the eye's own limit show the farther one to all who come closer: by lightness a cat before a
/// portrait has a percept of -.69 up close and +.70 from afar, and with strengths that even this out both are seen in both views.
const MAKE_ROOM: [f64; 2] = [2.5, 1.75];

/// Of more than two pictures all but the nearest have so much of their contrast. Of two it makes both percepts larger by .03,
/// and the hybrid so much flatter that the eye prefers it with all of its contrast.
const LAYER_CONTRAST: f32 = 0.7;

/// How much their details are wanted: more than those of two pictures, since several share what two have each.
pub(crate) const LAYER_DETAILS: f64 = 2.0;

/// What details of one layer may take of the next farther one's band: with half of it the near picture is lost, with twice
/// as much those between.
pub(crate) const LAYER_YIELD: f64 = 0.2;

/// How often layers are mixed and looked at before they are mixed for good, to find how strong each must be for all to be seen
/// alike: after three times percepts of two differ by .03 at most (.13 in two of six pairs), and the weakest of four triples
/// of photographs has a percept of -.19 to .12; -.53 to -.05 before (docs/objectives.md).
pub(crate) const LAYER_ROUNDS: usize = 3;

/// How far such a round goes for a difference of percepts, as a natural logarithm: with 1 two pictures come half way in a
/// round, and with 2 some of them swing beyond.
pub(crate) const LAYER_STEP: f64 = 1.5;

/// The most, as a natural logarithm, that this makes a layer stronger or weaker.
pub(crate) const LAYER_MOST: f64 = 2.0;

/// How much of the farthest of several pictures comes through beside its shapes: the colours of a face, the tone of two
/// pictures.
pub(crate) const LAYER_SHARE: Share =
    Share { near_color: 1.0, color: FACE_COLOR, tone: TONE, plain: 1.0, focus: None, near_face: None };

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

/// The part of their contrast that all but the nearest of so many pictures have.
pub(crate) fn layer_contrast(count: usize) -> f32 {
    if count > 2 { LAYER_CONTRAST } else { 1.0 }
}

impl Method {
    /// What is chosen for this method and two pictures that fit: the far picture gets as many cycles as it takes to know its
    /// subject, and fewer or more by how well the near picture is seen over them, and by how strong it is to be.
    #[must_use]
    pub fn choose(&self, aligned: &Aligned, strength: Strength) -> Choice {
        let face_cycles = match self {
            Self::Descent(_) => FACE_CYCLES,
            Self::Fourier(_) => FILTER_FACE_CYCLES,
        };
        let (subject, size) = (aligned.subject(), aligned.pair.size());
        let times = subject.times(face_cycles, size, &aligned.strengths, strength, |x| self.far_share(x));
        let [usual, crossover] = [1.0, times].map(|times| subject.crossover(face_cycles, times, size));
        let times = crossover.cycles_per_pixel() / usual.cycles_per_pixel();
        let share = share(aligned, strength, crossover);
        Choice { crossover, share, subject, times }
    }

    /// How much of the far picture there is in a hybrid at so many times the crossover.
    fn far_share(&self, times: f64) -> f64 {
        match self {
            // Differences want to be the near picture's, all else the far one's: a screened Poisson equation.
            Self::Descent(_) => (1.0 + times * times).recip(),
            // A Gaussian that is half at the crossover.
            Self::Fourier(_) => (-times * times).exp2(),
        }
    }

    /// Whether it leaves open where the pictures change places.
    fn is_open(&self) -> bool {
        match self {
            Self::Descent(options) => options.crossover.is_none() && options.sigma.is_none(),
            Self::Fourier(options) => options.crossover.is_none(),
        }
    }

    /// The method with all that it leaves open [chosen](Self::choose), and what would be chosen for it.
    #[must_use]
    pub fn settled(self, aligned: &Aligned, strength: Strength) -> (Self, Choice) {
        let choice = self.choose(aligned, strength);
        let crossover = self.crossover().unwrap_or(choice.crossover);
        let method = if self.is_open() { self.crossing_at(crossover) } else { self };
        let share = method.share().unwrap_or(choice.share);
        (method.with_share(share), choice)
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

    /// The method with such a share of the far picture; where channels are mixed alike there is none, and it stays as it is.
    #[must_use]
    pub fn with_share(self, share: Share) -> Self {
        let share = Some(share);
        match self {
            Self::Descent(options) if options.colors == Colors::Luma => {
                Self::Descent(descent::Options { share, ..options })
            }
            Self::Fourier(options) if options.colors == Colors::Luma => {
                Self::Fourier(fourier::Options { share, ..options })
            }
            other => other,
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
