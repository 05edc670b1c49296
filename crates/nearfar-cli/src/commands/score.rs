//! How good a hybrid is.

use std::process::ExitCode;

use nearfar::{
    fit::{self, fit},
    vision::{Density, PixelsPerDegree, Scores, score},
};

use crate::{args::ScoreCommand, console, failure::Failure, files};

/// `nearfar score`.
pub(crate) fn run(command: &ScoreCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let reading = command.input.decode_options();
    let hybrid = files::read(&command.hybrid, &reading, command.run.quiet)?.image;
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    let options = command.fit.options(fit::Method::None)?;
    let pair = fit(near.image, far.image, &options, &execution)?.pair;
    let (viewing, density) = command.view.viewing(pair.size())?;
    let scores = score(&hybrid, &pair, &viewing, &execution)?;
    if command.run.json {
        console::json(&scores);
    } else {
        table(&scores, density).into_iter().for_each(console::line);
    }
    Ok(ExitCode::SUCCESS)
}

/// The scores as a stranger can read them, a line each.
fn table(scores: &Scores, density: Density) -> Vec<String> {
    let Scores { viewing, .. } = scores;
    let distance = |ppd| distance(ppd, density);
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
        "pixels with a channel at 0 or full, also where the pictures were so",
    ));
    lines.push(row(
        "unexplained",
        percent(scores.artefact_share()),
        "detail that is no fixed share of either picture; not all of it is fault",
    ));
    lines.push("walking away".to_owned());
    let view = |ppd: Option<PixelsPerDegree>| ppd.map_or_else(|| "never".to_owned(), distance);
    lines.push(format!("  FAR takes over from {}, by a model of contrast sensitivity", switch(scores, density)));
    if let Some(octaves) = scores.switch.width_octaves() {
        let (from, to) = (view(scores.switch.quarter_ppd), view(scores.switch.three_quarters_ppd));
        lines.push(format!("  the change goes from {from} to {to}: {octaves:.1} octaves of distance"));
    }
    lines
}

/// Where the far picture takes over.
pub(super) fn switch(scores: &Scores, density: Density) -> String {
    scores.switch.half_ppd.map_or_else(|| "nowhere".to_owned(), |ppd| distance(ppd, density))
}

/// A view as a distance, with its pixels per degree.
fn distance(ppd: PixelsPerDegree, density: Density) -> String {
    match ppd.distance(density) {
        Ok(distance) => format!("{distance:.2} ({ppd:.0} ppd)"),
        Err(_) => format!("{ppd:.0} ppd"),
    }
}
