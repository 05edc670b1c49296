//! How good a hybrid is, in words for newcomers.

use nearfar_image::Size;
use nearfar_vision::{Density, PerceptSwitch, PixelsPerDegree, Scores, Viewing};

use super::walk;
use crate::{
    Perception,
    look::{metres, place},
};

/// A view, as a distance with its pixels per degree.
#[must_use]
pub fn distance(ppd: PixelsPerDegree, density: Density) -> String {
    match ppd.distance(density) {
        Ok(distance) => format!("{} ({ppd:.0} ppd)", metres(distance)),
        Err(_) => format!("{ppd:.0} ppd"),
    }
}

/// Which picture of a hybrid of `size` is seen from where, one line each.
#[must_use]
pub fn perceived(perception: &Perception, viewing: &Viewing, density: Density, size: Size) -> Vec<String> {
    let Perception { face, near, far, switch, .. } = perception;
    let by = face.map_or("the whole picture".to_owned(), |face| format!("FAR's face, {:.0} pixels wide", face.width()));
    let word = |p: f64| match p {
        p if p >= PerceptSwitch::CLEAR => "NEAR is seen",
        p if p <= -PerceptSwitch::CLEAR => "FAR is seen",
        _ => "both are seen",
    };
    let row = |p: f64, ppd| format!("  {p:>+5.2}  {} from {}", word(p), distance(ppd, density));
    let walk = walk(switch.views(), [*near, *far], |ppd| place(ppd, density, size.width()));
    let octaves =
        switch.width_octaves().map_or_else(String::new, |octaves| format!(": {octaves:.1} octaves of distance"));
    vec![
        format!("which picture is seen, from +1 (NEAR) to -1 (FAR), by {by}"),
        row(*near, viewing.near_ppd),
        row(*far, viewing.far_ppd),
        format!("  {walk}{octaves}"),
    ]
}

/// The scores, in words for newcomers, one line each.
#[must_use]
pub fn scores(scores: &Scores, density: Density) -> Vec<String> {
    let Scores { viewing, .. } = scores;
    let distance = |ppd: PixelsPerDegree| distance(ppd, density);
    let row = |name: &str, value: String, meaning: &str| format!("  {name:<18} {value:>8}  {meaning}");
    let mut lines = vec![format!("up close, from {}", distance(viewing.near_ppd))];
    lines.push(row(
        "near fidelity",
        format!("{:.3}", scores.near_fidelity),
        "NEAR as it is seen; larger is better, 1 is NEAR itself",
    ));
    lines.push(row(
        "near leakage",
        format!("{:.3}", scores.near_leakage),
        "FAR that shows; smaller is better, but never 0",
    ));
    lines.push(format!("from afar, {}", distance(viewing.far_ppd)));
    lines.push(row(
        "far fidelity",
        format!("{:.3}", scores.far_fidelity),
        "FAR as it is seen; larger is better, 1 is FAR itself",
    ));
    lines.push(row("far leakage", format!("{:.3}", scores.far_leakage), "NEAR that shows; smaller is better"));
    lines.push(row(
        "lightness error",
        format!("{:.2}", scores.luminance_error),
        "mean |dL*| against FAR, of 100; smaller is better",
    ));
    lines.push("from other distances".to_owned());
    for view in &scores.far_sweep {
        lines.push(row("far fidelity", format!("{:.3}", view.far_fidelity), &format!("from {}", distance(view.ppd))));
    }
    lines.push("the picture itself".to_owned());
    let percent = |share: f64| format!("{:.2} %", 100.0 * share);
    lines.push(row(
        "at the bounds",
        percent(scores.clipped_share),
        "pixels with a channel at 0 or full, including any that the pictures had",
    ));
    lines.push(row(
        "unexplained",
        percent(scores.artefact_share()),
        "detail that is no fixed share of either picture; not all of it is an error",
    ));
    lines
}
