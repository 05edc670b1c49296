//! Which picture should be near, and which far.

use std::{path::Path, process::ExitCode};

use nearfar::{Flip, Trial};
use serde::Serialize;

use super::tell;
use crate::{args::SuggestCommand, console, failure::Failure, files};

/// One way round as JSON.
#[derive(Serialize)]
struct Way<'a> {
    near: &'a Path,
    far: &'a Path,
    merit: f64,
    percept: &'a Flip,
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
    let [better, other] = if trials[0].2.merit() >= trials[1].2.merit() { [0, 1] } else { [1, 0] };
    for (near, far, trial) in &trials {
        let Flip { near: up_close, far: from_afar, .. } = trial.flip;
        tell(&command.run, format_args!("near {}, far {}:", near.display(), far.display()));
        tell(
            &command.run,
            format_args!("  percept up close {up_close:+.2}, from afar {from_afar:+.2} (+1 NEAR, -1 FAR)"),
        );
    }
    let (near, far, best) = &trials[better];
    tell(
        &command.run,
        format_args!(
            "Take {} as NEAR and {} as FAR: {}.",
            near.display(),
            far.display(),
            reason(best, &trials[other].2)
        ),
    );
    if command.run.json {
        let ways =
            trials.each_ref().map(|(near, far, trial)| Way { near, far, merit: trial.merit(), percept: &trial.flip });
        let suggestion = serde_json::json!({ "near": near, "far": far, "why": reason(best, &trials[other].2) });
        console::json(&serde_json::json!({ "suggestion": suggestion, "ways": ways }));
    }
    Ok(ExitCode::SUCCESS)
}

/// What speaks most for `best`.
fn reason(best: &Trial, other: &Trial) -> String {
    /// Merits closer than this are the same to an eye.
    const ALIKE: f64 = 0.05;
    let near = best.flip.near - other.flip.near;
    let far = other.flip.far - best.flip.far;
    let why = if near + far < ALIKE {
        "both ways are about as good"
    } else if near >= far {
        "its fine details are seen better up close than the other one's would be"
    } else {
        "its far picture is seen better from afar than the other one would be"
    };
    format!("{why} (merit {:.2}, the other way round {:.2})", best.merit(), other.merit())
}
