//! What is chosen where nobody said it.

use std::sync::OnceLock;

use nearfar_kernels::{Crossover, Share};

use crate::{Strength, Subject};

/// What was chosen, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Where near and far picture have half each.
    pub crossover: Crossover,
    /// How much of the far picture comes through beside its shapes.
    pub share: Share,
    /// What the far picture must show from afar.
    pub subject: Subject,
    /// The cycles that the subject got, as a part of what such a subject usually gets: more under strong details of the near
    /// picture, fewer under weak ones.
    pub times: f64,
}

/// Which of the two mixers a choice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MethodKind {
    Descent,
    Fourier,
}

/// What was chosen for a pair so far: it is asked for again at every turn of a knob.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices([[OnceLock<Choice>; 3]; 2]);

impl Choices {
    /// What was chosen before, or what is chosen now.
    pub(crate) fn of(&self, kind: MethodKind, strength: Strength, chosen: impl FnOnce() -> Choice) -> Choice {
        let row = match kind {
            MethodKind::Descent => 0,
            MethodKind::Fourier => 1,
        };
        let column = match strength {
            Strength::Subtle => 0,
            Strength::Even => 1,
            Strength::Strong => 2,
        };
        *self.0[row][column].get_or_init(chosen)
    }
}
