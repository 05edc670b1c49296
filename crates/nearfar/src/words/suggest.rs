//! Which of two pictures should be near, in words.

use crate::{Suggestion, Way};

/// What each order of the pictures shows, and which order to choose. `names` are those of the pictures.
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
