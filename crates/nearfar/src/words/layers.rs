//! What is seen of a picture for many distances, in words.

use crate::layers::Seen;

/// A line for each distance.
#[must_use]
pub fn layers(seen: &[Seen]) -> Vec<String> {
    let line = |Seen { distance, against, .. }: &Seen| {
        let against: Vec<_> = against.iter().map(|p| format!("{p:+.2}")).collect();
        format!("  from {distance:.2}: percept {} against the others", against.join(", "))
    };
    seen.iter().map(line).collect()
}
