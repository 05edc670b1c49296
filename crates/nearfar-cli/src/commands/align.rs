//! `nearfar align`: two pictures in register, to look at.

use std::process::ExitCode;

use nearfar::{
    AlignSummary, Failure, Folder, Note, Recipe, Request, Work,
    look::{FITTED_FILES, fitted_files},
};

use crate::{args::AlignCommand, console, files, session::Session};

/// `nearfar align`.
pub(crate) fn run(command: &AlignCommand) -> Result<ExitCode, Failure> {
    let AlignCommand { pair, out, force, fit, input, run } = command;
    let request = Request::from(Recipe { align: fit.options(*force)?, ..Recipe::default() });
    let options = &request.recipe.align;
    let folder = Folder::new(out, &FITTED_FILES, *force, &pair.paths())?;
    let session = Session::new(run)?;
    let [near, far] = files::read_both(pair.paths(), &input.decode_options(Work::Mix), run.quiet)?;
    let aligned = request.fit(near.image, far.image, &session.execution, &mut session.observer())?;
    session.noted(std::iter::once(&Note::Fitted(aligned.fitted())).chain(&aligned.notes));
    folder.write(&fitted_files(&aligned, options)?)?;
    fit.save_points(&aligned, options, *force)?;
    session.tell(format_args!("{}: {}, {} pixels", out.display(), FITTED_FILES.join(", "), aligned.pair.size()));
    if run.json {
        let (align, points) = (AlignSummary::new(&aligned), aligned.points(options).points);
        console::json(&serde_json::json!({ "out": out, "files": FITTED_FILES, "align": align, "points": points }));
    }
    Ok(ExitCode::SUCCESS)
}
