//! How good a hybrid is.

use std::process::ExitCode;

use nearfar::{
    PerceptSummary, Perception, Request,
    fit::fit,
    vision::{Scores, score},
    words,
};
use serde::Serialize;

use crate::{args::ScoreCommand, console, failure::Failure, files};

/// The scores, with what is seen beside them.
#[derive(Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    scores: &'a Scores,
    percept: PerceptSummary,
}

/// `nearfar score`.
pub(crate) fn run(command: &ScoreCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let reading = command.input.decode_options();
    let hybrid = files::read(&command.hybrid, &reading, command.run.quiet)?;
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    // What the hybrid's file says of how it was made holds, but for what is said here.
    let made = nearfar::Provenance::of(&hybrid.info).ok().flatten();
    let mut recipe = made.map(|made| made.recipe).unwrap_or_default();
    if command.fit.says_anything() {
        recipe.align = command.fit.options()?;
    }
    let distance = &command.distance;
    let request = Request {
        recipe,
        far: distance.far,
        near: distance.near,
        surface: distance.surface.surface(),
        ..Request::default()
    };
    request.check()?;
    let aligned = fit(near.image, far.image, &request.recipe.align, &execution)?;
    let size = aligned.pair.size();
    let (viewing, density) = (request.viewing_of(&aligned)?, request.surface.density(size)?);
    let scores = score(&hybrid.image, &aligned.pair, &viewing, &execution)?;
    let perception = Perception::of(&hybrid.image, &aligned, &viewing, &execution)?;
    if command.run.json {
        let percept = PerceptSummary::new(&perception, Some(viewing.far_ppd), density, size);
        console::json(&Json { scores: &scores, percept });
    } else {
        let seen = words::perceived(&perception, &viewing, density, size);
        words::scores(&scores, density).into_iter().chain(seen).for_each(console::line);
    }
    Ok(ExitCode::SUCCESS)
}
