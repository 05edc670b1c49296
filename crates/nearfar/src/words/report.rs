//! What a method did, in a sentence.

use nearfar_descent::{Losses, StopReason};

use crate::{Report, wanted::WantedMix};

/// What a picture costs, and the parts that add up to it.
#[must_use]
pub fn losses(losses: &Losses) -> String {
    let parts = losses.terms.iter().map(|term| format!("{} {}", term.name, short(term.weight * term.value)));
    format!("loss {} ({})", short(losses.total), parts.collect::<Vec<_>>().join(", "))
}

/// Two decimals of what has few digits before them.
fn short(loss: f64) -> String {
    if loss < 1e9 { format!("{loss:.2}") } else { format!("{loss:.3e}") }
}

/// What the method did, in `seconds`.
#[must_use]
pub fn report(report: &Report, seconds: f64) -> String {
    match report {
        Report::Descent { evaluations, stop_reason, losses: found, .. } => {
            let why = match stop_reason {
                StopReason::Converged => "converged",
                StopReason::MaxIterations => "all iterations made",
                StopReason::NoProgress => "nothing more to gain",
                StopReason::Cancelled => "interrupted",
                _ => "done",
            };
            format!("{} after {evaluations} evaluations in {seconds:.2} s ({why})", losses(found))
        }
        Report::Fourier { clipped_share, clipping_energy_lost, weakened_share, .. } => {
            let percent = |share: &f64| 100.0 * share;
            let mut text = format!(
                "{:.2} % of the pixels clipped, {:.3} % of the energy lost",
                percent(clipped_share),
                percent(clipping_energy_lost)
            );
            if *weakened_share > 0.0 {
                text += &format!(", colours of {:.2} % weakened to fit", percent(weakened_share));
            }
            format!("{text}, in {seconds:.2} s")
        }
    }
}

/// What an objective of one's own came to, in `seconds`.
#[must_use]
pub fn wanted(mixed: &WantedMix, seconds: f64) -> String {
    let WantedMix { picture, losses: found, evaluations, .. } = mixed;
    format!("{}, {} after {evaluations} evaluations in {seconds:.2} s", picture.size(), losses(found))
}
