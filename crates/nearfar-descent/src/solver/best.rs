//! The best picture so far, for solvers whose loss may rise.

use nearfar_image::{Encoded, Image};

use crate::Losses;

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
    pub(super) fn offer(&mut self, picture: &Image<Encoded>, losses: &Losses) {
        if losses.total < self.losses.total {
            self.picture.samples_mut().copy_from_slice(picture.samples());
            self.losses = losses.clone();
        }
    }

    /// The best, or `start` if nothing was offered.
    pub(super) fn into_parts_or(self, start: Image<Encoded>) -> (Image<Encoded>, Option<Losses>) {
        if self.losses.total.is_finite() { (self.picture, Some(self.losses)) } else { (start, None) }
    }
}
