//! How good a hybrid is.

use std::process::ExitCode;

use nearfar::{Recipe, Request, ScoreSummary, look::Study, words};

use crate::{args::ScoreCommand, console, failure::Failure, files, interrupt::Interrupt, progress::Bar};

/// `nearfar score`.
pub(crate) fn run(command: &ScoreCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let reading = command.input.decode_options();
    let hybrid = files::read(&command.hybrid, &reading, command.run.quiet)?;
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    let distance = &command.distance;
    let says_align = command.fit.says_anything();
    let align = if says_align { command.fit.options()? } else { Recipe::default().align };
    let recipe = Recipe { align, ..Recipe::default() };
    let (far_distance, near_distance, surface) = (distance.far, distance.near, distance.surface.surface());
    let request = Request { recipe, far: far_distance, near: near_distance, surface, ..Request::default() };
    let request = request.of_hybrid(&hybrid.info, says_align);
    let (interrupt, bar) = (Interrupt::listen(), Bar::new(command.run.quiet));
    let study = Study::new(&hybrid.image, near.image, far.image, &request, &execution, &mut |event| {
        bar.show(event);
        interrupt.go_on()
    })?;
    let scores = study.scores(&hybrid.image, &execution)?;
    drop(bar);
    if command.run.json {
        console::json(&ScoreSummary { scores, percept: study.percept() });
    } else {
        let (density, size) = (study.density, study.aligned.pair.size());
        let seen = words::perceived(&study.perception, &study.viewing, density, size);
        words::scores(&scores, density).into_iter().chain(seen).for_each(console::line);
    }
    Ok(ExitCode::SUCCESS)
}
