//! What is chosen where nothing was said: the crossover, and how much of the far picture comes through beside its shapes.
//!
//! This is the one rule for every command, for [`Recipe`](crate::Recipe)s and for both mixers. All numbers of taste are here, each
//! with its reason, except the weights within a percept (`nearfar_vision`), the default weights of the terms (the mixers'
//! `Options`) and when faces and contents are trusted ([`fit`](crate::fit)). They were chosen by looking at pairs of faces,
//! animals, things, scenes and textures, at full size and shrunk 5 and 10 times.

mod cycles;
mod distance;
mod layers;
mod said;
mod search;
mod share;

use search::Search;

use crate::{Choice, Method, Strength, choice::MethodKind, draft::Drafts, fit::Aligned};

pub(crate) use cycles::MOST_CROSSOVER;
pub use cycles::{FACE_CYCLES, FILTER_FACE_CYCLES};
pub(crate) use distance::finest;
pub use distance::{crossover_seen_by, far_eye_sigma, views};
pub(crate) use layers::{
    LAYER_DETAILS, LAYER_MOST, LAYER_OUTLINES, LAYER_RELIGHT, LAYER_ROUNDS, LAYER_STEP, LAYER_YIELD, layer_crossovers,
    layer_shares,
};

impl MethodKind {
    fn chosen(self, aligned: &Aligned, strength: Strength) -> Choice {
        let face_cycles = match self {
            Self::Descent => FACE_CYCLES,
            Self::Fourier => FILTER_FACE_CYCLES,
        };
        let search = Search::new(aligned, strength, face_cycles);
        // Pictures of a few pixels have no drafts and get what is usual.
        let wanted = search.wanted(&Drafts::new(aligned, self)).unwrap_or_default();
        let [usual, crossover] = [0.0, wanted.octaves].map(|octaves| search.crossover(octaves));
        Choice {
            crossover,
            share: search.share(wanted.more),
            subject: aligned.subject(),
            relative_cycles: crossover.cycles_per_pixel() / usual.cycles_per_pixel(),
        }
    }
}

impl Method {
    /// What is chosen for this method and two pictures that fit, judged by drafts that the same mixer makes with its defaults. The far
    /// picture gets as many cycles as its subject needs to be recognised, fewer or more by how well the near picture is seen over
    /// them and by how strong it is to be; and as much of its colours and tone as it needs to be seen from afar.
    #[must_use]
    pub fn choose(&self, aligned: &Aligned, strength: Strength) -> Choice {
        let kind = match self {
            Self::Descent(_) => MethodKind::Descent,
            Self::Fourier(_) => MethodKind::Fourier,
        };
        aligned.choices.of(kind, strength, || kind.chosen(aligned, strength))
    }

    /// The method with all that it leaves open [chosen](Self::choose). One that leaves nothing open costs no drafts.
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
}
