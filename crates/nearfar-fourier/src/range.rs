//! Bringing what was mixed into `[0, 1]`.

use nearfar_image::{Encoded, Image, TransferFunction};
use nearfar_kernels::Execution;

use crate::OutOfRange;

/// What clipping took away.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Clipping {
    pub(crate) share: f64,
    pub(crate) energy: f64,
}

/// Brings light into `[0, 1]` and encodes it.
pub(crate) fn fit(picture: &mut Image<Encoded>, rule: OutOfRange, transfer: TransferFunction, execution: &Execution) -> Clipping {
    let _ = (rule, execution);
    let mut out = 0;
    for v in picture.samples_mut() {
        if *v < 0.0 || *v > 1.0 { out += 1; }
        *v = transfer.encode(v.clamp(0.0, 1.0));
    }
    Clipping { share: f64::from(out) / picture.size().area() as f64, energy: 0.0 }
}
