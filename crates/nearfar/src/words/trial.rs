//! What speaks for one way round of two pictures, in words.

use crate::Trial;

/// What speaks most for a trial, against the other way round.
#[must_use]
pub fn suggestion(best: &Trial, other: &Trial) -> String {
    let near = best.perception.near - other.perception.near;
    let far = other.perception.far - best.perception.far;
    let why = if near + far < Trial::ALIKE {
        "both ways are about as good"
    } else if near >= far {
        "its fine details are seen better up close than the other one's would be"
    } else {
        "its far picture is seen better from afar than the other one would be"
    };
    format!("{why} (merit {:.2}, the other way round {:.2})", best.merit(), other.merit())
}
