//! `nearfar compare`: both methods on one pair, in pictures and in numbers.

use std::process::ExitCode;

use nearfar::{
    Failure, Folder, Recipe, Request, Target, Work,
    compare::{Comparison, Settings, compare_pictures},
    input::title,
};

use crate::{args::CompareCommand, console, files, session::Session};

/// `nearfar compare`.
pub(crate) fn run(command: &CompareCommand) -> Result<ExitCode, Failure> {
    let CompareCommand { pair, out, force, distance, fit, input, run, .. } = command;
    let settings = Settings { points: command.points, p_far: command.p_far, ..Settings::default() };
    settings.check()?;
    let recipe = Recipe { align: fit.options(*force)?, ..Recipe::default() };
    let request = Request { recipe, ..distance.request() };
    request.check()?;
    let inputs = pair.paths();
    let folder = Folder::new(out, &Comparison::FILES, *force, &inputs)?;
    let page = command.report.as_deref().map(|path| Target::page(path, *force, &inputs)).transpose()?;
    Target::check_apart(&page, run.json, 0)?;
    let session = Session::new(run)?;
    let pictures = files::read_both(inputs, &input.decode_options(Work::Compare), run.quiet)?;
    let pictures = pictures.map(|picture| picture.image);
    let (comparison, aligned) =
        compare_pictures(pictures, &request, &settings, &session.execution, &mut session.observer())?;
    let density = request.density(aligned.pair.size())?;
    folder.write(&comparison.files(&aligned.pair, density)?)?;
    if let Some(target) = &page {
        let [near, far] = inputs.map(title);
        let html = comparison.to_html([&near, &far], &aligned.pair, density, &session.execution)?;
        target.write(html.as_bytes())?;
    }
    fit.save_points(&aligned, &request.recipe.align, *force)?;
    if page.as_ref().is_some_and(Target::is_stream) {
        return Ok(ExitCode::SUCCESS);
    }
    session.tell(comparison.summary(density));
    session.tell(format_args!("pictures, plots and scores: {}", out.display()));
    page.iter().for_each(|page| session.tell(page.name()));
    if run.json {
        console::json(&comparison);
    }
    Ok(ExitCode::SUCCESS)
}
