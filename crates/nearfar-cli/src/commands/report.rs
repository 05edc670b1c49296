//! A hybrid explained, in one HTML file.

use std::process::ExitCode;

use nearfar::{
    Request,
    codec::{EncodeOptions, Format},
    look::Study,
    no_observer,
    report::ReportPage,
};

use super::{
    open::{Opened, open},
    tell,
};
use crate::{
    args::ReportCommand,
    console,
    failure::Failure,
    files::{self, Target},
};

/// `nearfar report`.
pub(crate) fn run(command: &ReportCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let out = command.out.clone().unwrap_or_else(|| files::free_name(&command.hybrid, "-report.html"));
    let inputs = [Some(&command.hybrid), command.near.as_ref(), command.far.as_ref()];
    let inputs: Vec<_> = inputs.into_iter().flatten().map(|path| path.as_path()).collect();
    let target = Target::new(&out, &EncodeOptions::new(Format::Png), command.force, &inputs)?;
    if target.is_stream() && command.run.json {
        return Err(Failure::json_and_picture());
    }
    let said = command.near.as_deref().zip(command.far.as_deref());
    let Opened { hybrid, made, pair } = open(&command.hybrid, said, &command.limits, command.run.quiet)?;
    let Some((near, far)) = pair else {
        return Err(Failure::new(format_args!(
            "{} does not lead to the pictures that it was made of",
            hybrid.source.file
        ))
        .fix("say where they are: nearfar report HYBRID NEAR FAR"));
    };
    let recipe = made.as_ref().map(|made| made.recipe.clone()).unwrap_or_default();
    let distance = &command.distance;
    let (far_distance, near_distance, surface) = (distance.far, distance.near, distance.surface.surface());
    let request = Request { far: far_distance, near: near_distance, surface, ..Request::from(recipe) };
    let study = Study::new(&hybrid.image, near.image, far.image, &request, &execution, &mut no_observer)?;
    let scores = study.scores(&hybrid.image, &execution)?;
    let title = command.hybrid.file_name().map_or_else(|| "hybrid".into(), |name| name.to_string_lossy());
    let page = ReportPage {
        title: &title,
        hybrid: &hybrid.image,
        study: &study,
        scores: &scores,
        method: &request.recipe.method,
        provenance: made.as_ref(),
        trace: &[],
        seconds: &[],
        notes: &[],
    };
    target.write(page.to_html(&execution)?.as_bytes())?;
    if command.run.json {
        console::json(&serde_json::json!({ "out": target.name() }));
    } else if !target.is_stream() {
        tell(&command.run, target.name());
    }
    Ok(ExitCode::SUCCESS)
}
