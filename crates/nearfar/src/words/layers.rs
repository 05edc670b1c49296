//! What is seen of a hybrid of layers, in words.

use std::fmt;

use nearfar_image::Size;
use nearfar_kernels::Crossover;

use crate::{
    layers::{Plan, Seen},
    look::metres,
    perception::Sight,
};

impl fmt::Display for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hardly => "hardly seen",
            Self::Weakly => "weakly seen",
            Self::Clearly => "clearly seen",
        })
    }
}

/// A line for each distance: how well its layer is seen, and its margin over each other layer, from +1 (only this one) to -1
/// (only the other).
#[must_use]
pub fn layers(seen: &[Seen]) -> Vec<String> {
    let line = |(i, layer): (usize, &Seen)| {
        let others = (1..=seen.len()).filter(|other| *other != i + 1);
        let against: Vec<_> =
            others.zip(&layer.against).map(|(other, p)| format!("{} against picture {other}", percept(*p))).collect();
        let (distance, sight) = (metres(layer.distance), layer.sight());
        format!("  from {distance}: picture {} is {sight}, {}", i + 1, against.join(", "))
    };
    seen.iter().enumerate().map(line).collect()
}

/// A percept with two decimals, and without a sign if it rounds to zero.
pub(super) fn percept(p: f64) -> String {
    format!("{:+.2}", (100.0 * p).round() / 100.0 + 0.0)
}

/// A sentence that says which layer is seen from where; `names` are those of the layers, near to far.
#[cfg(feature = "codec")]
pub(crate) fn layers_verdict(seen: &[Seen], names: &[String]) -> String {
    let part = |(seen, name): (&Seen, &String)| format!("{name} is {} from {}", seen.sight(), metres(seen.distance));
    let parts: Vec<_> = seen.iter().zip(names).map(part).collect();
    format!("{}.", parts.join("; "))
}

/// The crossovers of the layers, one line each.
#[must_use]
pub fn layer_choices(plan: &Plan, size: Size) -> Vec<String> {
    let line = |(i, crossover): (usize, &Crossover)| {
        let cycles = crossover.cycles_per_pixel() * size.shorter_side() as f64;
        format!("pictures {} and {} change places at {cycles:.1} cycles across the shorter side", i + 1, i + 2)
    };
    plan.crossovers().iter().enumerate().map(line).collect()
}
