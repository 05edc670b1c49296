//! Where the near picture is plain and hides nothing: up close, the far one's shapes are ghosts there.

use nearfar_image::{Encoded, Image};

use crate::{Crossover, Execution, busyness, sums::update, wide::blurred};

/// What busy places have more, as a part of what plain ones have less.
const MAKE_UP: f64 = 0.3;

/// How much of the far picture's shapes comes through at each pixel of a near one, of which `near` are the tones; where it is
/// plain, `plain`.
pub(super) fn parts(near: &Image<Encoded>, plain: f64, crossover: Crossover, execution: &Execution) -> Image<Encoded> {
    let mut busy = busyness(near, crossover.sigma(), execution);
    let (plain, more) = (plain as f32, ((1.0 + MAKE_UP) * (1.0 - plain)) as f32);
    update(execution, busy.samples_mut(), [], |busy, []| plain + more * busy);
    blurred(&busy, crossover.sigma(), execution)
}
