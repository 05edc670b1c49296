//! What is seen of a picture for many distances, in words.

use nearfar_image::Size;
use nearfar_kernels::Crossover;
#[cfg(feature = "codec")]
use nearfar_vision::PerceptSwitch;

use crate::layers::{Plan, Seen};
#[cfg(feature = "codec")]
use crate::look::metres;

/// A line for each distance: how much more of its picture is seen than of each other, from +1 (only it) to -1 (only the other);
/// and a warning where another is seen instead.
#[must_use]
pub fn layers(seen: &[Seen]) -> Vec<String> {
    let lines = seen.iter().enumerate().map(|(i, Seen { distance, against, .. })| {
        let others = (1..=seen.len()).filter(|other| *other != i + 1);
        let against: Vec<_> =
            others.zip(against).map(|(other, p)| format!("{p:+.2} against picture {other}")).collect();
        format!("  from {distance:.2}: picture {} is seen {}", i + 1, against.join(", "))
    });
    lines.chain(layer_warnings(seen)).collect()
}

/// A warning for each distance from which another picture is seen as well as the one for it.
pub(crate) fn layer_warnings(seen: &[Seen]) -> impl Iterator<Item = String> {
    seen.iter().enumerate().filter(|(_, layer)| layer.least() < LEAST_SEEN).map(|(i, layer)| {
        format!(
            "warning: from {:.2} picture {} is hardly seen; put the pictures farther apart in distance, or make the hybrid \
             larger on its screen (--print-width)",
            layer.distance,
            i + 1
        )
    })
}

/// From where which picture is seen, in a sentence; `names` are the pictures', near to far.
#[cfg(feature = "codec")]
pub(crate) fn layers_verdict(seen: &[Seen], names: &[String]) -> String {
    let part = |(seen, name): (&Seen, &String)| {
        let how = match seen.least() {
            p if p >= PerceptSwitch::CLEAR => "clearly seen",
            p if p >= LEAST_SEEN => "seen",
            _ => "hardly seen",
        };
        format!("{name} is {how} from {}", metres(seen.distance))
    };
    let parts: Vec<_> = seen.iter().zip(names).map(part).collect();
    format!("{}.", parts.join("; "))
}

/// Where the layers change places, a line each.
#[must_use]
pub fn layer_choices(plan: &Plan, size: Size) -> Vec<String> {
    let line = |(i, crossover): (usize, &Crossover)| {
        let cycles = crossover.cycles_per_pixel() * size.shorter_side() as f64;
        format!("pictures {} and {} change places at {cycles:.1} cycles across the shorter side", i + 1, i + 2)
    };
    plan.crossovers().iter().enumerate().map(line).collect()
}

/// Below this percept another picture is seen as well.
const LEAST_SEEN: f64 = 0.1;
