//! What a method did, in words.

use nearfar_descent::{Losses, StopReason};

#[cfg(feature = "codec")]
use crate::wanted::{Wanted, WantedPlan};
use crate::{Report, wanted::WantedMix};

/// The loss of a picture and its parts.
#[must_use]
pub fn losses(losses: &Losses) -> String {
    let parts = losses.terms.iter().map(|term| format!("{} {}", term.name, short(term.weight * term.value)));
    format!("loss {} ({})", short(losses.total), parts.collect::<Vec<_>>().join(", "))
}

/// A loss with two decimals if it has few digits before them.
fn short(loss: f64) -> String {
    if loss < 1e9 { format!("{loss:.2}") } else { format!("{loss:.3e}") }
}

/// What a method did, in `seconds`.
#[must_use]
pub fn report(report: &Report, seconds: f64) -> String {
    match report {
        Report::Descent { evaluations, stop_reason, losses: found, .. } => {
            descent(found, *evaluations, *stop_reason, seconds)
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

/// The result of mixing by an objective, in `seconds`.
#[must_use]
pub fn wanted(mixed: &WantedMix, seconds: f64) -> String {
    let WantedMix { picture, losses, evaluations, stop_reason } = mixed;
    format!("{}, {}", picture.size(), descent(losses, *evaluations, *stop_reason, seconds))
}

/// What an objective asks for, and the crossover of its start, one line each.
#[cfg(feature = "codec")]
#[must_use]
pub fn wanted_choices(wanted: &Wanted, plan: &WantedPlan) -> Vec<String> {
    let cycles = plan.crossover.cycles_per_pixel() * plan.aligned.pair.size().shorter_side() as f64;
    let places = format!("The start's pictures change places at {cycles:.1} cycles across the shorter side.");
    wanted.words().into_iter().chain([places]).collect()
}

/// The optimiser's result, and why it ended.
fn descent(found: &Losses, evaluations: usize, stop_reason: StopReason, seconds: f64) -> String {
    let why = match stop_reason {
        StopReason::Converged => "converged",
        StopReason::MaxIterations => "all iterations made",
        StopReason::NoProgress => "no step lowers it any more",
        StopReason::Cancelled => "interrupted",
        _ => "done",
    };
    format!("{} after {evaluations} evaluations in {seconds:.2} s ({why})", losses(found))
}
