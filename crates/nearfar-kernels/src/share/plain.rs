//! Plain places of the near picture, which mask nothing: up close the far picture's shapes would show there as ghosts.

use nearfar_image::{Encoded, Image};

use crate::{Crossover, Execution, busyness, sums::update, wide::blurred};

/// What busy places get in addition, as a fraction of what plain places lose.
const COMPENSATION: f64 = 0.3;

/// The share of the far picture's shapes at each pixel, given the tones of the near picture; `plain` where it is plain.
pub(super) fn parts(near: &Image<Encoded>, plain: f64, crossover: Crossover, execution: &Execution) -> Image<Encoded> {
    let mut busy = busyness(near, crossover.sigma(), execution);
    let (plain, more) = (plain as f32, ((1.0 + COMPENSATION) * (1.0 - plain)) as f32);
    update(execution, busy.samples_mut(), [], |busy, []| plain + more * busy);
    blurred(&busy, crossover.sigma(), execution)
}
