//! The best picture so far, for solvers whose loss may rise.

use nearfar_image::{Encoded, Image};

use crate::{Losses, Outcome, StopReason};

use super::problem::Problem;

pub(super) struct Best {
    picture: Image<Encoded>,
    losses: Losses,
}

impl Best {
    /// Nothing yet; `room` is overwritten by the first picture offered.
    pub(super) fn new(room: Image<Encoded>) -> Self {
        Self { picture: room, losses: Losses { total: f64::INFINITY, ..Losses::default() } }
    }

    /// Keeps `picture` if it is better than all before it.
    pub(super) fn offer(&mut self, picture: &Image<Encoded>, losses: Losses) {
        if losses.total < self.losses.total {
            self.picture.samples_mut().copy_from_slice(picture.samples());
            self.losses = losses;
        }
    }

    pub(super) fn outcome(self, problem: &Problem<'_>, stop_reason: StopReason) -> Outcome {
        problem.outcome(self.picture, self.losses, stop_reason)
    }
}
