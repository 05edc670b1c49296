//! What an eye makes of a picture for several distances.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{VisionError, percepts};
use serde::Serialize;

use super::{Fitted, Plan};

/// What is seen from the distance of one layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Seen {
    /// The distance.
    pub distance: nearfar_vision::Length,
    /// How much more of this layer is seen than of each other one, near to far, left out itself: from +1, only this one, to
    /// -1, only that one.
    pub against: Vec<f64>,
}

impl Seen {
    /// Against the strongest of the others.
    #[must_use]
    pub fn least(&self) -> f64 {
        self.against.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// Judges a hybrid from the distance of every layer, by the percept of two pictures: each layer against each other one.
///
/// # Errors
///
/// [`VisionError::HybridSize`] if the hybrid is not of the layers' size, [`VisionError::Image`] if it is not finite.
pub fn seen(
    hybrid: &Image<Encoded>,
    fitted: &Fitted,
    plan: &Plan,
    execution: &Execution,
) -> Result<Vec<Seen>, VisionError> {
    let count = fitted.layers.len();
    let mut all: Vec<_> = fitted
        .layers
        .iter()
        .map(|layer| Seen { distance: layer.distance, against: Vec::with_capacity(count - 1) })
        .collect();
    for near in 0..count {
        for far in near + 1..count {
            let face = fitted.layers[far].subject.face();
            let views = [plan.views[near], plan.views[far]];
            let found = percepts(hybrid, &fitted.pair(near, far), face.as_ref(), &views, execution)?;
            let p = |i: usize| found.iter().find(|percept| percept.ppd == views[i]).map_or(0.0, |percept| percept.p);
            all[near].against.push(p(0));
            all[far].against.push(-p(1));
        }
    }
    Ok(all)
}
