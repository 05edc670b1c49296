//! Which picture should be near, and which far.

use std::{path::Path, process::ExitCode};

use nearfar::{Suggestion, Way};
use serde::Serialize;

use super::tell;
use crate::{args::SuggestCommand, console, failure::Failure, files};

/// One way round as JSON.
#[derive(Serialize)]
struct Json<'a> {
    near: &'a Path,
    far: &'a Path,
    #[serde(flatten)]
    way: Way,
}

/// `nearfar suggest`.
pub(crate) fn run(command: &SuggestCommand) -> Result<ExitCode, Failure> {
    let (a, b) = (command.a.as_path(), command.b.as_path());
    let execution = command.run.execution()?;
    let (first, second) = files::read_both(a, b, &command.input.decode_options(), command.run.quiet)?;
    let Suggestion { swap, why, ways: [first, second], .. } =
        Suggestion::new([&first.image, &second.image], &execution)?;
    let ways = [Json { near: a, far: b, way: first }, Json { near: b, far: a, way: second }];
    for Json { near, far, way: Way { percept_near, percept_far, .. } } in &ways {
        tell(
            &command.run,
            format_args!(
                "near {}, far {}:\n  percept up close {percept_near:+.2}, from afar {percept_far:+.2} (+1 NEAR, -1 FAR)",
                near.display(),
                far.display()
            ),
        );
    }
    let Json { near, far, .. } = &ways[usize::from(swap)];
    tell(&command.run, format_args!("Take {} as NEAR and {} as FAR: {why}.", near.display(), far.display()));
    if command.run.json {
        let suggestion = serde_json::json!({ "near": near, "far": far, "why": why });
        console::json(&serde_json::json!({ "suggestion": suggestion, "ways": ways }));
    }
    Ok(ExitCode::SUCCESS)
}
