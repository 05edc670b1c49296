//! Which of two pictures should be near, in words.

use crate::{Suggestion, Trial, Way};

/// What speaks most for a trial, against the other way round.
#[must_use]
pub fn suggestion(best: &Trial, other: &Trial) -> String {
    /// Merits closer than this are the same to an eye.
    const ALIKE: f64 = 0.05;
    let near = best.perception.near - other.perception.near;
    let far = other.perception.far - best.perception.far;
    let why = if near + far < ALIKE {
        "both ways are about as good"
    } else if near >= far {
        "its fine details are seen better up close than the other one's would be"
    } else {
        "its far picture is seen better from afar than the other one would be"
    };
    format!("{why} (merit {:.2}, the other way round {:.2})", best.merit(), other.merit())
}

/// What each way round shows, and which to take. `names` are the pictures'.
#[must_use]
pub fn suggested(suggestion: &Suggestion, names: [&str; 2]) -> Vec<String> {
    let [a, b] = names;
    let ways = [[a, b], [b, a]];
    let shown = ways.iter().zip(&suggestion.ways).map(|([near, far], way)| {
        let Way { percept_near, percept_far, .. } = way;
        format!(
            "near {near}, far {far}:\n  percept up close {percept_near:+.2}, from afar {percept_far:+.2} (+1 NEAR, -1 FAR)"
        )
    });
    let [near, far] = ways[usize::from(suggestion.swap)];
    shown.chain([format!("Take {near} as NEAR and {far} as FAR: {}.", suggestion.why)]).collect()
}
