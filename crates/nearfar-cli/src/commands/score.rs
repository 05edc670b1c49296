//! `nearfar score`: how good a hybrid is.

use std::process::ExitCode;

use nearfar::{
    Failure, Picture, Pictures, Recipe, Request, ScoreSummary, Target, Work,
    look::{Opened, Study},
    words,
};

use crate::{args::ScoreCommand, console, session::Session};

/// `nearfar score`.
pub(crate) fn run(command: &ScoreCommand) -> Result<ExitCode, Failure> {
    let ScoreCommand { hybrid, distance, fit, input, run } = command;
    Target::standard_output()?;
    let session = Session::new(run)?;
    let reading = input.decode_options(Work::Judge);
    let said = hybrid.pair().map(|pair| Pictures::load_both(pair, &reading)).transpose()?;
    let file = Picture::load(&hybrid.hybrid, &reading)?;
    let found = Opened::reading(&file, &reading);
    let opened = Opened::new(file, &hybrid.hybrid, said, &found);
    if opened.pair.is_some() {
        session.noted(&opened.notes());
    }
    let (hybrid, [near, far]) = opened.with_pair("score")?;
    let recipe = Recipe { align: fit.options(false)?, ..Recipe::default() };
    let request = Request { recipe, ..distance.request() }.of_hybrid(&hybrid.info, fit.says_anything());
    let observer = &mut session.observer();
    let study = Study::new(&hybrid.image, near.image, far.image, &request, &session.execution, observer)?;
    fit.save_points(&study.aligned, &request.recipe.align, false)?;
    let scores = study.scores(&hybrid.image, &session.execution, observer)?;
    session.bar.clear();
    if run.json {
        console::json(&ScoreSummary { scores, percept: study.percept() });
    } else {
        let (density, size) = (study.density, study.aligned.pair.size());
        let seen = words::perceived(&study.perception, &study.viewing, density, size);
        words::scores(&scores, density).into_iter().chain(seen).for_each(console::line);
    }
    Ok(ExitCode::SUCCESS)
}
