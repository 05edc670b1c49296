//! Objectives from files: mixed by, and explained.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use nearfar::{
    Event, Failure, Picture, Target,
    codec::{DecodeOptions, Rounding},
    look::Making,
    wanted::{Wanted, WantedJob, WantedPictures, WantedPlan},
    words,
};

use super::check_targets;
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
    let RunCommand { recipe, pair, out, near_mask, far_mask, surface, fit, input, output, show, run, plan } = command;
    let reading = input.decode_options();
    let writing = output.writing(out, Rounding::Nearest, &reading)?;
    let inputs = [recipe, &pair.near, &pair.far].into_iter().chain(near_mask).chain(far_mask);
    let inputs: Vec<_> = inputs.map(PathBuf::as_path).collect();
    let target = Target::new(out, output.force, &inputs)?;
    let shows = show.shows(output.force, &inputs)?;
    check_targets(&target, &shows, run.json)?;
    let mut job = WantedJob::read(recipe)?;
    (job.align, job.surface, job.writing) = (fit.options()?, surface.surface(), writing);
    let session = Session::new(run)?;
    let explain = |made: &WantedPlan| {
        session.bar.clear();
        words::wanted_choices(job.wanted(), made).into_iter().filter(|_| plan.verbose).for_each(console::note);
    };

    let started = Instant::now();
    let masks = masks(job.wanted(), recipe.parent().unwrap_or(Path::new("")), &reading)?;
    let mask = |path: &Option<PathBuf>| path.as_deref().map(|path| files::load(path, &reading)).transpose();
    let (near_mask, far_mask) = (mask(near_mask)?, mask(far_mask)?);
    let [near, far] = files::load_both(&pair.near, &pair.far, &reading)?;
    let pictures = WantedPictures { near, far, masks, near_mask, far_mask };
    if plan.dry_run {
        let planned = job.plan(pictures, &session.execution, &mut session.observer())?;
        explain(&planned);
        session.planned(&target, planned.size, planned.summary());
        return Ok(session.end(false));
    }
    let read = started.elapsed().as_secs_f64();

    let started = Instant::now();
    let mut steps = shows.trace();
    let made = job.mix(pictures, &session.execution, &mut |event: &Event<'_>| {
        steps.hear(event);
        session.see(event)
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let (bytes, notes) = job.encode(&made)?;
    session.noted(&notes);
    target.write(&bytes)?;
    explain(&made.plan);
    fit.save_points(&made.plan.aligned, &job.align)?;
    if shows.places().next().is_some() {
        let study = job.study(&made, &session.execution)?;
        let (request, provenance) = (&job.request(), made.provenance.as_ref());
        let making =
            Making { request, provenance, trace: steps.lines(), seconds: &[("read", read), ("fit and mix", seconds)] };
        let (hybrid, notes, title) = (&made.mixed.picture, &made.plan.notes, files::title(out));
        for (target, bytes) in shows.of_study(hybrid, &study, notes, &title, &making, &session.execution)? {
            target.write(&bytes)?;
        }
    }
    if run.json {
        console::written(target.name(), made.mixed.summary(seconds));
    } else if !target.is_stream() {
        session.tell(format_args!("{}: {}", target.name(), words::wanted(&made.mixed, seconds)));
    }
    Ok(session.end(made.mixed.is_cancelled()))
}

/// The masks that terms name, from beside their recipe.
fn masks(wanted: &Wanted, folder: &Path, reading: &DecodeOptions) -> Result<BTreeMap<String, Picture>, Failure> {
    let load = |name: &str| Ok((name.to_owned(), files::load(&folder.join(name), reading)?));
    wanted.mask_files().into_iter().map(load).collect()
}
