//! Which picture should be near, and which far.

use std::{path::Path, process::ExitCode};

use nearfar::{Trial, words};
use serde::Serialize;

use super::tell;
use crate::{args::SuggestCommand, console, failure::Failure, files};

/// One way round as JSON.
#[derive(Serialize)]
struct Way<'a> {
    near: &'a Path,
    far: &'a Path,
    merit: f64,
    percept_near: f64,
    percept_far: f64,
}

/// `nearfar suggest`.
pub(crate) fn run(command: &SuggestCommand) -> Result<ExitCode, Failure> {
    let (a, b) = (command.a.as_path(), command.b.as_path());
    let execution = command.run.execution()?;
    let (first, second) = files::read_both(a, b, &command.input.decode_options(), command.run.quiet)?;
    let trials = [
        (a, b, Trial::new(&first.image, &second.image, &execution)?),
        (b, a, Trial::new(&second.image, &first.image, &execution)?),
    ];
    let ways = trials.each_ref().map(|(near, far, trial)| Way {
        near,
        far,
        merit: trial.merit(),
        percept_near: trial.perception.near,
        percept_far: trial.perception.far,
    });
    let [best, other] = if ways[0].merit >= ways[1].merit { [0, 1] } else { [1, 0] };
    let why = words::suggestion(&trials[best].2, &trials[other].2);
    for Way { near, far, percept_near, percept_far, .. } in &ways {
        tell(
            &command.run,
            format_args!(
                "near {}, far {}:\n  percept up close {percept_near:+.2}, from afar {percept_far:+.2} (+1 NEAR, -1 FAR)",
                near.display(),
                far.display()
            ),
        );
    }
    let Way { near, far, .. } = &ways[best];
    tell(&command.run, format_args!("Take {} as NEAR and {} as FAR: {why}.", near.display(), far.display()));
    if command.run.json {
        let suggestion = serde_json::json!({ "near": near, "far": far, "why": why });
        console::json(&serde_json::json!({ "suggestion": suggestion, "ways": ways }));
    }
    Ok(ExitCode::SUCCESS)
}
