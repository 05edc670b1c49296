//! Objectives from files: mixed by, and explained.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use nearfar::{
    Failure, Target,
    codec::{DecodeOptions, Rounding},
    wanted::{Masks, Wanted},
    words,
};

use crate::{
    args::{ExplainCommand, RunCommand},
    console, files,
    session::Session,
};

/// `nearfar explain`.
pub(crate) fn explain(command: &ExplainCommand) -> Result<ExitCode, Failure> {
    Wanted::read(&command.recipe)?.words().into_iter().for_each(console::line);
    Ok(ExitCode::SUCCESS)
}

/// `nearfar run`.
pub(crate) fn run(command: &RunCommand) -> Result<ExitCode, Failure> {
    let RunCommand { recipe, pair, out, near_mask, far_mask, surface, fit, input, output, run } = command;
    let encoding = output.encode_options(out, Rounding::Nearest)?;
    let inputs = [recipe, &pair.near, &pair.far].into_iter().chain(near_mask).chain(far_mask);
    let target = Target::new(out, output.force, &inputs.map(PathBuf::as_path).collect::<Vec<_>>())?;
    Target::share_stdout([&target], run.json, 0)?;
    let wanted = Wanted::read(recipe)?;
    let reading = input.decode_options();
    let mut masks = masks(&wanted, recipe.parent().unwrap_or(Path::new("")), &reading)?;
    let name = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let wanted = wanted.masked(name(near_mask), name(far_mask));
    for path in near_mask.iter().chain(far_mask) {
        masks.insert(path.display().to_string(), files::load(path, &reading)?.image);
    }
    let options = fit.options()?;
    let session = Session::new(run)?;
    let [near, far] = files::read_both(&pair.near, &pair.far, &reading, run.quiet)?;
    let (pictures, surface, started) = ([near.image, far.image], surface.surface(), Instant::now());
    let observer = &mut session.observer();
    let (mixed, aligned) = wanted.mix_pictures(pictures, &options, &masks, surface, &session.execution, observer)?;
    let seconds = started.elapsed().as_secs_f64();
    let (bytes, notes) = mixed.encode(&encoding, &output.metadata(), &near.info)?;
    session.noted(&notes);
    target.write(&bytes)?;
    fit.save_points(&aligned, &options)?;
    if run.json {
        console::written(target.name(), mixed.summary(seconds));
    } else if !target.is_stream() {
        session.tell(format_args!("{}: {}", target.name(), words::wanted(&mixed, seconds)));
    }
    Ok(session.end(mixed.is_cancelled()))
}

/// The masks that terms name, from beside their recipe.
fn masks(wanted: &Wanted, folder: &Path, reading: &DecodeOptions) -> Result<Masks, Failure> {
    let load = |name: &str| Ok((name.to_owned(), files::load(&folder.join(name), reading)?.image));
    wanted.mask_files().into_iter().map(load).collect()
}
