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

/// The most of a far face's colours: with all of them, untamed, a red hat is a red fog around the girl with a pearl earring.
const MOST_FACE_COLOR: f64 = 0.75;

/// The same for other far pictures.
const MOST_PICTURE_COLOR: f64 = 0.95;

/// The same for other far pictures where the near one shows a face.
const MOST_COLOR_ON_FACE: f64 = 0.85;

/// The most of them on the near picture's face itself: with all of them a tower's sky turns it blue and a street grey. Judges who
/// were told nothing gave the skin of 24 near faces 1.32 of 3 without this limit, 1.48 with it, and 1.55 with .3; but with .3,
/// four more of the near pictures are named from afar, by their skin, and with this limit one. A face of another kind, an
/// animal's on a person's, gains nothing from more than a face usually gets.
const COLOR_ON_SKIN: f64 = 0.45;

/// Half axes, in face widths, of the ellipse that holds the skin of a face.
const SKIN: [f64; 2] = [0.5, 0.65];

/// How much of the far picture's overall tone comes through: with all of it a bright sky turns grey and a navy uniform brown; with
/// none of it the far picture loses its weight.
const TONE: f64 = 0.6;

/// How much of its shapes comes through where the near picture is plain: up close, skies and walls show what busy places hide. With
/// all of them, ghosts in skies are twice as strong and the far picture is no clearer from afar (the lightness of 32 pairs had
/// p = -.69 with goals that suit it, and -.75 with this); with .4 a cat under the girl with a pearl earring is unclear from afar.
const PLAIN: f64 = 0.5;

/// Half axes, in face widths, of the ellipse that holds a head with its hair; on it the share is half way between that of the head
/// and that of its surroundings.
const HEAD: [f64; 2] = [0.87, 1.14];

/// The middle of a head lies this far above the middle of its eyes and mouth, in face widths.
const HEAD_RAISED: f64 = 0.1;

/// How much of the far picture's shapes comes through beside its head. With less, a person's clothes and hat outweigh the far face from
/// afar: of 16 far views with faces in both pictures, judges who were told nothing named 7 by the far picture with .3, 10 and 12 with
/// this, and 13 with all of it. They named the near picture rightly in all of them, and found it as natural as 1.94, 1.66 and 1.12 of 3.
const BESIDE: f64 = 0.7;

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

impl Subject {
    /// What comes through of the far picture beside its shapes. `more` is 0 for the usual parts, -1 for the least of each, and 1 for
    /// all the colours and tone that the near picture bears.
    pub(super) fn share(self, near_face: bool, strength: Strength, more: f64) -> Share {
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
        let focus = Focus { x, y: y - HEAD_RAISED * width, half_width, half_height, inside: 1.0, rest: part(BESIDE) };
        Share { focus: Some(focus), ..share }
    }
}

/// The part of the near picture's face that keeps its own skin; none where the far picture has a face of the same kind to give.
pub(super) fn skin(aligned: &Aligned, strength: Strength) -> Option<Focus> {
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
