//! `nearfar sweep`: many hybrids of one pair on one sheet.

use std::process::ExitCode;

use nearfar::{
    Failure, Method, Recipe, Request, Target, Work,
    codec::encode,
    contact::{ContactSheet, Turns},
    input::{free_name_for, title},
    words,
};
use serde::Serialize;

use crate::{args::SweepCommand, console, files, session::Session};

/// The result as JSON.
#[derive(Serialize)]
struct Json {
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<String>,
    best: Option<(usize, usize)>,
    sheet: ContactSheet,
}

/// `nearfar sweep`.
pub(crate) fn run(command: &SweepCommand) -> Result<ExitCode, Failure> {
    let SweepCommand { pair, force, fit, input, run, .. } = command;
    let method = Method::Descent(command.preset.options());
    let turns = Turns::new(command.knob, command.values.clone(), usize::from(command.columns), &method)?;
    let inputs = pair.paths();
    let out = command.out.clone().unwrap_or_else(|| free_name_for(&pair.near, "-sweep.png"));
    let (target, options) = Target::picture(&out, *force, &inputs)?;
    let page = command.report.as_deref().map(|path| Target::page(path, *force, &inputs)).transpose()?;
    Target::check_apart([&target].into_iter().chain(&page), run.json, 0)?;
    let request = Request::from(Recipe { align: fit.options(*force)?, method });
    let session = Session::new(run)?;
    let pictures = files::read_both(inputs, &input.decode_options(Work::Judge), run.quiet)?;
    let pictures = pictures.map(|picture| picture.image);
    let (sheet, aligned) = ContactSheet::new(pictures, &request, &turns, &session.execution, &mut session.observer())?;
    let [near, far] = inputs.map(title);
    let heading = words::sheet_title(&sheet, [&near, &far]);
    target.write(&encode(&sheet.to_picture(&heading), &options)?)?;
    if let Some(page) = &page {
        let size = aligned.pair.size();
        let html = sheet.to_html([&near, &far], size.width(), request.density(size)?, &session.execution)?;
        page.write(html.as_bytes())?;
    }
    fit.save_points(&aligned, &request.recipe.align, *force)?;
    if run.json {
        let report = page.as_ref().map(Target::name);
        console::written(target.name(), Json { report, best: sheet.best(), sheet });
    } else if ![&target].into_iter().chain(&page).any(Target::is_stream) {
        [&target].into_iter().chain(&page).for_each(|target| session.tell(target.name()));
        words::sheet_best(&sheet).into_iter().for_each(|line| session.tell(line));
    }
    Ok(ExitCode::SUCCESS)
}
