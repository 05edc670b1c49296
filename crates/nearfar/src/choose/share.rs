//! How much of the far picture comes through beside its shapes: its colours, its tone, its surroundings.

use nearfar_image::Point;
use nearfar_kernels::{Focus, Share};

use crate::{Strength, Subject, fit::Aligned};

/// A far face is recognised by its shapes: this much of its colours is enough, and more discolours the near picture's skin.
const FACE_COLOR: f64 = 0.3;

/// Things are recognised by their colours, too.
const PICTURE_COLOR: f64 = 0.7;

/// But where the near picture shows a face they would discolour its skin: with .3 of them it turned green under parrots among
/// leaves.
const COLOR_ON_FACE: f64 = 0.15;

/// The most of a far face's colours that a near picture bears, unless the far one would stay unseen (`search.rs`): with all of them, untamed, a red hat is a red fog around the girl with a pearl earring.
const MOST_FACE_COLOR: f64 = 0.75;

/// The same for other far pictures. 17 of 24 pairs by lot get much of them: judges (docs/judges.md) named 31 of 34 far views by the
/// far picture. With .8 at most, and .85 of its tone, they named 23, and found them no more natural up close.
const MOST_PICTURE_COLOR: f64 = 0.95;

/// The same for other far pictures where the near one shows a face.
const MOST_COLOR_ON_FACE: f64 = 0.85;

/// The most of them on the near picture's face itself: with all of them a tower's sky turns it blue and a street grey. Judges who
/// were told nothing gave the skin of 24 near faces 1.32 of 3 without this limit, 1.48 with it, and 1.55 with .3; but with .3,
/// four more of the near pictures are named from afar, by their skin, and with this limit one. A face of another kind, an
/// animal's on a person's, gains nothing from more than a face usually gets.
const COLOR_ON_SKIN: f64 = 0.45;

/// How much of their greens, which make skin look ill: a woman under parrots among leaves was green on one cheek. Judges
/// (docs/judges.md) found her skin more natural for it, and not one of nine was found less so by two of three. With fewer magentas,
/// too, some get redder.
const GREEN_ON_SKIN: f64 = 0.3;

/// Half axes, in face widths, of the ellipse that holds the skin of a face.
const SKIN: [f64; 2] = [0.5, 0.65];

/// How much of the far picture's overall tone comes through: with all of it a bright sky turns grey and a navy uniform brown; with
/// none of it the far picture loses its weight.
const TONE: f64 = 0.6;

/// How much of its shapes comes through where the near picture is plain: up close, skies and walls show what busy places hide. With
/// all of them, ghosts in skies are twice as strong and the far picture is no clearer from afar (the lightness of 32 pairs had
/// p = -.69 with goals that suit it, and -.75 with this); with .4 a cat under the girl with a pearl earring is unclear from afar.
const PLAIN: f64 = 0.5;

/// How far the near picture's details follow the light of the far one. Judges (docs/judges.md) gave 1.51 of 3 to portraits and 1.24
/// to pairs by lot, 1.41 and 1.15 to those without it, and named the far picture of 116 of 126 from afar instead of 112.
const RELIGHT: f64 = 1.0;

/// Half axes, in face widths, of the ellipse that holds a head with its hair; on it the share is half way between that of the head
/// and that of its surroundings.
const HEAD: [f64; 2] = [0.87, 1.14];

/// The middle of a head lies this far above the middle of its eyes and mouth, in face widths.
const HEAD_RAISED: f64 = 0.1;

/// How much of the far picture's shapes comes through beside its head: a middle, from which a draft chooses. Between two portraits it
/// is mostly more, up to all. Up close, the more the less natural: judges (docs/judges.md) gave 1.94 of
/// 3 with .3, 1.50 with .7 and 1.12 with all.
const BESIDE: f64 = 0.7;

/// The least of them, where the whole far picture is seen anyway.
const LEAST_BESIDE: f64 = 0.3;

/// A draft in which the far picture is clearer than it needs to be lessens all these parts, down to this factor: a ghost of a
/// lighthouse in a sky is then faint, and still visible from afar.
const LEAST_PART: f64 = 0.4;

/// For a subtle or a strong far picture each part is raised to this power: nothing stays nothing, and all stays all.
const SUBTLE_SHARE: f64 = 1.6;
const STRONG_SHARE: f64 = 0.6;

impl Strength {
    /// A part of the far picture, where `usual` comes through of an even one.
    fn part(self, usual: f64) -> f64 {
        match self {
            Self::Subtle => usual.powf(SUBTLE_SHARE),
            Self::Even => usual,
            Self::Strong => usual.powf(STRONG_SHARE),
        }
    }
}

/// How much more than usual of the far picture comes through, from -1 (the least) to 1 (the most), and 2 (all).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct More {
    /// Of its subject's colours, its tone, and its shapes where the near picture is plain.
    pub(super) subject: f64,
    /// Of what is beside a face, and of the colours there.
    pub(super) beside: f64,
}

/// How much of something of the far picture comes through; beyond the most that a near picture bears there is all of it.
#[derive(Clone, Copy)]
struct Parts {
    least: f64,
    usual: f64,
    most: f64,
}

impl Parts {
    /// The part that is `more` than usual.
    fn at(self, more: f64) -> f64 {
        if more > 1.0 {
            return self.most + (more - 1.0) * (1.0 - self.most);
        }
        let end = if more < 0.0 { self.least } else { self.most };
        self.usual + more.abs() * (end - self.usual)
    }
}

impl Strength {
    /// Parts with these of an even far picture. A subtle one never takes more than usual.
    fn parts(self, usual: f64, most: f64) -> Parts {
        let part = self.part(usual);
        let most = if self == Self::Subtle { usual } else { most };
        Parts { least: LEAST_PART * part, usual: part, most: part.max(most) }
    }
}

/// What comes through of the far picture beside its shapes.
pub(super) fn of(aligned: &Aligned, strength: Strength, more: More) -> Share {
    let subject = aligned.subject();
    let (color, most_color) = match subject {
        Subject::Face { .. } => (FACE_COLOR, MOST_FACE_COLOR),
        Subject::Picture { .. } if aligned.near_face.is_some() => (COLOR_ON_FACE, MOST_COLOR_ON_FACE),
        Subject::Picture { .. } => (PICTURE_COLOR, MOST_PICTURE_COLOR),
    };
    let colors = strength.parts(color, most_color);
    let share = Share {
        color: colors.at(if more.beside > 0.0 { more.subject.max(more.beside) } else { more.subject }),
        tone: strength.parts(TONE, 1.0).at(more.subject),
        plain: Parts { most: strength.part(PLAIN), ..strength.parts(PLAIN, 1.0) }.at(more.subject),
        relight: RELIGHT,
        near_face: skin(aligned, strength, colors.at(more.subject)),
        face_green: GREEN_ON_SKIN,
        ..Share::default()
    };
    let Subject::Face { middle: Point { x, y }, width } = subject else { return share };
    let [half_width, half_height] = HEAD.map(|part| part * width);
    let beside = Parts { least: strength.part(LEAST_BESIDE), ..strength.parts(BESIDE, 1.0) };
    let focus =
        Focus { x, y: y - HEAD_RAISED * width, half_width, half_height, inside: 1.0, rest: beside.at(more.beside) };
    Share { focus: Some(focus), ..share }
}

/// The part of the near picture's face that keeps its own skin, where a far face of the same kind gives `color`; none where the near
/// picture shows no face.
fn skin(aligned: &Aligned, strength: Strength, color: f64) -> Option<Focus> {
    let near = aligned.near_face_in_pair()?;
    let inside = match (aligned.subject(), aligned.far_face) {
        (Subject::Face { .. }, Some(far)) if far.animal == near.animal => color,
        (Subject::Face { .. }, _) => strength.part(FACE_COLOR),
        (Subject::Picture { .. }, _) => strength.part(COLOR_ON_SKIN),
    };
    let Subject::Face { middle: Point { x, y }, width } = Subject::new(Some(near), aligned.pair.size()) else {
        return None;
    };
    let [half_width, half_height] = SKIN.map(|part| part * width);
    Some(Focus { x, y: y - HEAD_RAISED * width, half_width, half_height, inside, rest: 1.0 })
}
